/**
 * Settings of the user's `deno.json`, and words in comments, that decide what
 * code JSX and decorators become.
 *
 * All else about emitting is ours: cells are scripts. Plain values, so that they
 * can be sent to a Worker. Pure.
 * @module
 */
import { ts } from "./typescript.ts";

/** What JSX and decorators become; named as in `compilerOptions`. */
export interface EmitSettings {
  /** How JSX is called; `precompile` counts as `react-jsx`, which shows the same. */
  readonly jsx?: string | undefined;
  /** The module whose functions automatic JSX calls. */
  readonly jsxImportSource?: string | undefined;
  /** What classic JSX calls, such as `h`. */
  readonly jsxFactory?: string | undefined;
  /** What classic JSX calls for a fragment. */
  readonly jsxFragmentFactory?: string | undefined;
  /** Whether decorators are those that TypeScript had before the standard. */
  readonly experimentalDecorators?: boolean | undefined;
  /** Whether those are told the types of what they decorate. */
  readonly emitDecoratorMetadata?: boolean | undefined;
}

/**
 * Reads the settings of a configuration file.
 *
 * @param text What `deno.json` or `deno.jsonc` says; comments may be in it.
 * @param defaults Compiler options where it says nothing.
 * @returns The settings; none if it can not be read, which Deno reports.
 */
export function readEmitSettings(
  text: string,
  defaults: Readonly<Record<string, unknown>> = {},
): EmitSettings {
  const { config } = ts.parseConfigFileTextToJson("deno.jsonc", text);
  const said: unknown = config?.compilerOptions;
  const own = typeof said === "object" && said !== null ? said : {};
  const entries = Object.entries({ ...defaults, ...own }).filter((
    [key, value],
  ) =>
    STRINGS.has(key) && typeof value === "string" ||
    FLAGS.has(key) && typeof value === "boolean"
  );
  return Object.fromEntries(entries);
}

/**
 * Adds what a cell's first comments say of JSX; it holds for the cells after it
 * too, since a notebook says once which library it uses.
 *
 * @param settings The settings until now.
 * @param source The cell.
 */
export function addPragmas(
  settings: EmitSettings,
  source: string,
): EmitSettings {
  if (!source.includes("@jsx")) return settings;
  const comments = (ts.getLeadingCommentRanges(source, 0) ?? [])
    .map(({ pos, end }) => source.slice(pos, end))
    .filter((comment) => comment.startsWith("/*"));
  const words = comments.flatMap((comment) => [...comment.matchAll(PRAGMA)]);
  return words.reduce<EmitSettings>((all, [, name, value]) => {
    switch (name) {
      case "":
        return { ...all, jsx: "react", jsxFactory: value };
      case "Frag":
        return { ...all, jsxFragmentFactory: value };
      case "ImportSource":
        return { ...all, jsx: "react-jsx", jsxImportSource: value };
      default:
        return { ...all, jsx: value === "classic" ? "react" : "react-jsx" };
    }
  }, settings);
}

/**
 * Gives the compiler's options for settings.
 *
 * @param settings The settings.
 */
export function toCompilerOptions(
  { jsx = "react", jsxImportSource, jsxFactory, jsxFragmentFactory, ...others }:
    EmitSettings,
): ts.CompilerOptions {
  const isAutomatic = AUTOMATIC.has(jsx);
  const all = {
    ...others,
    jsx: jsx === "react-jsxdev"
      ? ts.JsxEmit.ReactJSXDev
      : isAutomatic
      ? ts.JsxEmit.ReactJSX
      : ts.JsxEmit.React,
    // A source would make it automatic, and a factory has no meaning then.
    ...(isAutomatic ? { jsxImportSource } : { jsxFactory, jsxFragmentFactory }),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  );
}

/** `@jsx` alone, before another tag, only says that there is JSX. */
const PRAGMA =
  /@jsx(Frag|ImportSource|Runtime|)\s+(?!@(?:module|browser|node|jsx)\b)([^\s*]+)/g;
const AUTOMATIC: ReadonlySet<string> = new Set([
  "react-jsx",
  "react-jsxdev",
  "precompile",
]);
const STRINGS: ReadonlySet<string> = new Set([
  "jsx",
  "jsxImportSource",
  "jsxFactory",
  "jsxFragmentFactory",
]);
const FLAGS: ReadonlySet<string> = new Set([
  "experimentalDecorators",
  "emitDecoratorMetadata",
]);
