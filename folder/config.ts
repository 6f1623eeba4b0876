/**
 * What of a user's `deno.json` holds for cells: names of modules, and how types
 * are checked.
 *
 * A folder can come from anybody, and Deno would also take from its
 * configuration where packages come from, which scripts of theirs run, and
 * where a lock file is written. So sessions and language servers of notebooks
 * that are not trusted get a configuration of ours, made of what is picked
 * here. Pure; reading the file is in `find.ts`.
 * @module
 */
import * as z from "zod/mini";

/** Specifiers and what they stand for; `null` for what must not be imported. */
export type ImportTable = Readonly<Record<string, string | null>>;

/** What of a `deno.json` holds for cells. Addresses are absolute. */
export interface CellConfig {
  /** What bare names stand for. */
  readonly imports: ImportTable;
  /** The same for what lies below an address. */
  readonly scopes: Readonly<Record<string, ImportTable>>;
  /** How types are checked, and how JSX and decorators are translated. */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** Unstable features that give a cell no access to anything. */
  readonly unstable: readonly string[];
}

/** The configuration of a folder that has none. */
export const NO_CONFIG: CellConfig = {
  imports: {},
  scopes: {},
  compilerOptions: {},
  unstable: [],
};

const tableSchema = z.record(z.string(), z.nullable(z.string()));
const flag = z.optional(z.boolean());
const text = z.optional(z.string());

/** Names of files are left out: nothing but imports leads to a file. */
const compilerOptionsSchema = z.object({
  allowJs: flag,
  allowUnreachableCode: flag,
  allowUnusedLabels: flag,
  checkJs: flag,
  emitDecoratorMetadata: flag,
  erasableSyntaxOnly: flag,
  exactOptionalPropertyTypes: flag,
  experimentalDecorators: flag,
  isolatedDeclarations: flag,
  jsx: z.optional(
    z.enum(["preserve", "react", "react-jsx", "react-jsxdev", "precompile"]),
  ),
  jsxFactory: text,
  jsxFragmentFactory: text,
  jsxImportSource: text,
  jsxImportSourceTypes: text,
  lib: z.optional(z.array(z.string())),
  noErrorTruncation: flag,
  noFallthroughCasesInSwitch: flag,
  noImplicitAny: flag,
  noImplicitOverride: flag,
  noImplicitReturns: flag,
  noImplicitThis: flag,
  noImplicitUseStrict: flag,
  noPropertyAccessFromIndexSignature: flag,
  noUncheckedIndexedAccess: flag,
  noUncheckedSideEffectImports: flag,
  noUnusedLocals: flag,
  noUnusedParameters: flag,
  skipLibCheck: flag,
  strict: flag,
  strictBindCallApply: flag,
  strictBuiltinIteratorReturn: flag,
  strictFunctionTypes: flag,
  strictNullChecks: flag,
  strictPropertyInitialization: flag,
  useDefineForClassFields: flag,
  useUnknownInCatchVariables: flag,
  verbatimModuleSyntax: flag,
});

const configSchema = z.object({
  imports: z.optional(tableSchema),
  scopes: z.optional(z.record(z.string(), tableSchema)),
  importMap: text,
  compilerOptions: z.optional(
    // Deno would end at its start, which is the session's.
    compilerOptionsSchema.check(z.superRefine((options, context) => {
      if (options.jsx !== undefined && options.jsx !== "react") return;
      for (const name of ["jsxImportSource", "jsxImportSourceTypes"] as const) {
        if (options[name] === undefined) continue;
        context.addIssue({
          code: "custom",
          path: [name],
          message: `it needs "jsx" to be "react-jsx" or "react-jsxdev"`,
        });
      }
    })),
  ),
  unstable: z.optional(z.union([z.boolean(), z.array(z.string())])),
});

/**
 * Picks compiler options one by one: what is unknown or wrong is left out.
 *
 * @param value What a file says.
 */
export function pickCompilerOptions(
  value: unknown,
): Readonly<Record<string, unknown>> {
  const options = typeof value === "object" && value !== null ? value : {};
  const { shape } = compilerOptionsSchema;
  return Object.fromEntries(
    Object.entries(options).filter(([name, option]) =>
      Object.hasOwn(shape, name) &&
      z.safeParse(shape[name as keyof typeof shape], option).success
    ),
  );
}

/**
 * Picks what holds for cells.
 *
 * @param value What the file says, as JSON.
 * @param file Its address, which relative ones start from, and its name for errors.
 * @returns The configuration, and the address of the import map it names.
 * @throws {TypeError} If it has another shape.
 */
export function pickConfig(
  value: unknown,
  { url, name }: { readonly url: string; readonly name: string },
): { readonly config: CellConfig; readonly importMapUrl: string | null } {
  const result = z.safeParse(configSchema, value);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    const place = path.length === 0 ? "it" : path.join(".");
    throw new TypeError(
      `Cannot read configuration ${JSON.stringify(name)}: ${place} is wrong: ${
        message.replace(/^Invalid input: /, "").replaceAll(/\s+/g, " ")
      }`,
    );
  }
  const { imports = {}, scopes = {}, unstable, ...rest } = result.data;
  return {
    config: {
      imports: absoluteTable(imports, url),
      scopes: Object.fromEntries(
        Object.entries(scopes).map(([scope, table]) => [
          absolute(scope, url),
          absoluteTable(table, url),
        ]),
      ),
      compilerOptions: rest.compilerOptions ?? {},
      unstable: Array.isArray(unstable)
        ? unstable.filter((feature) => HARMLESS_FEATURES.has(feature))
        : [],
    },
    importMapUrl: rest.importMap === undefined
      ? null
      : new URL(rest.importMap, url).href,
  };
}

/**
 * Writes a configuration as the text of a `deno.json`.
 *
 * @param config What holds for cells.
 */
export function writeConfig(config: CellConfig): string {
  return JSON.stringify({
    ...config,
    // Names of files without an ending and CommonJS, as other tools take them.
    unstable: [
      ...new Set([...config.unstable, "sloppy-imports", "detect-cjs"]),
    ],
    // Without it, one in a folder above could count this folder as its own.
    workspace: [],
    nodeModulesDir: "none",
    lock: false,
  });
}

/**
 * Lets what a scope says of a notebook hold for its cells, whose imports are
 * made by a module of ours.
 *
 * @param config What holds for cells.
 * @param notebookUrl The notebook.
 * @param hostUrl Where the modules of ours lie, an address that ends in `/`.
 */
export function scopeCells(
  config: CellConfig,
  { notebookUrl, hostUrl }: {
    readonly notebookUrl: string;
    readonly hostUrl: string;
  },
): CellConfig {
  const tables = scopesOf(config, notebookUrl);
  if (tables.length === 0) return config;
  // The narrowest scope comes first, and wins.
  const table = Object.assign({}, ...tables.toReversed());
  return { ...config, scopes: { ...config.scopes, [hostUrl]: table } };
}

/**
 * Resolves what a module imports.
 *
 * Source: HTML, "Resolve a module specifier".
 *
 * @param specifier What it says.
 * @param referrer Address of the module.
 * @param config What holds for it.
 * @returns An address; `null` when the name stands for nothing.
 */
export function resolveImport(
  specifier: string,
  referrer: string,
  config: Pick<CellConfig, "imports" | "scopes">,
): string | null {
  const isRelative = RELATIVE.test(specifier);
  if (!isRelative && !URL.canParse(specifier)) {
    return lookUp(specifier, referrer, config) ?? null;
  }
  const url = isRelative && !URL.canParse(specifier, referrer)
    ? null
    : new URL(specifier, isRelative ? referrer : undefined).href;
  if (url === null) return null;
  const found = lookUp(url, referrer, config);
  return found === undefined ? url : found;
}

/** What a name stands for; `undefined` if nothing is said of it. */
function lookUp(
  name: string,
  referrer: string,
  config: Pick<CellConfig, "imports" | "scopes">,
): string | null | undefined {
  for (const table of [...scopesOf(config, referrer), config.imports]) {
    if (Object.hasOwn(table, name)) return table[name];
    const prefix = Object.keys(table)
      .filter((key) => key.endsWith("/") && name.startsWith(key))
      .reduce(
        (longest, key) => key.length > longest.length ? key : longest,
        "",
      );
    const target = table[prefix];
    if (prefix === "" || target === undefined) continue;
    return target === null ? null : target + name.slice(prefix.length);
  }
  return undefined;
}

/** What is said of a module by scopes, the narrowest first. */
function scopesOf(
  { scopes }: Pick<CellConfig, "scopes">,
  url: string,
): readonly ImportTable[] {
  return Object.entries(scopes)
    .filter(([scope]) =>
      scope === url || scope.endsWith("/") && url.startsWith(scope)
    )
    .toSorted(([one], [other]) => other.length - one.length)
    .map(([, table]) => table);
}

function absoluteTable(table: ImportTable, base: string): ImportTable {
  return Object.fromEntries(
    Object.entries(table).map(([key, target]) => [
      absolute(key, base),
      target === null ? null : absolute(target, base),
    ]),
  );
}

/** Resolves what is relative; a bare name stays. */
function absolute(specifier: string, base: string): string {
  return RELATIVE.test(specifier) && URL.canParse(specifier, base)
    ? new URL(specifier, base).href
    : specifier;
}

const RELATIVE = /^\.{0,2}\//;
/** None of them reaches a file, a host, a program, or another notebook. */
const HARMLESS_FEATURES: ReadonlySet<string> = new Set([
  "bare-node-builtins",
  "detect-cjs",
  "node-globals",
  "raw-imports",
  "sloppy-imports",
  "temporal",
]);
