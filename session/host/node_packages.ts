/**
 * Packages in a `node_modules` folder, for imports that no import map knows: of
 * cells, of files that they import, and of other packages.
 *
 * Those that are CommonJS are required, beside the notebook, and given to a cell
 * as a module whose exports are what they export at that moment.
 * @module
 */
import {
  createRequire,
  findPackageJSON,
  isBuiltin,
  type ResolveFnOutput,
} from "node:module";
import { pathToFileURL } from "node:url";
import {
  bare,
  findPattern,
  fromJson,
  hrefOf,
  isObject,
  keysOf,
  textSlice,
  textStartsWith,
  TheObject,
  TheURL,
  toJson,
} from "./intrinsics.ts";
import { addHooks, withoutHooks } from "./module_hooks.ts";

/**
 * Finds a package beside the notebook or above.
 *
 * @param name What the cell imports.
 * @param notebookUrl Where the notebook is.
 * @returns The address of a module that gives it; `null` if there is none.
 */
export function findPackage(name: string, notebookUrl: string): string | null {
  const path = locatePackage(name, notebookUrl);
  if (path === null) return null;
  const url = hrefOf(pathToFileURL(path));
  if (isEsModule(url)) {
    joinPackages();
    return url;
  }
  const require = createRequire(notebookUrl);
  const value: unknown = withoutHooks(() => require(name));
  let source = `import{createRequire}from"node:module";` +
    `const m=createRequire(${toJson(notebookUrl)})(${toJson(name)});` +
    `export default m;`;
  const names = isObject(value) ? keysOf(value) : [];
  for (let i = 0; i < names.length; i++) {
    if (names[i] === "default") continue;
    const text = toJson(names[i]);
    source += `const e${i}=m[${text}];export{e${i} as ${text}};`;
  }
  return `data:text/javascript,${encode(source)}`;
}

/**
 * Lets files and packages find packages beside them: Deno looks for them only
 * where a `package.json` of the notebook is its own. Not before it is needed, as
 * Deno reads files in another way then.
 */
export function joinPackages(): void {
  if (isJoined) return;
  isJoined = true;
  addHooks({
    resolve: (specifier, context, next) =>
      orPackage(() => next(specifier, context), specifier, context),
    // With this Deno asks the one above for whatever a module imports: else it
    // looks itself first, and gives up where it knows no such package.
    load(url, context, next) {
      const loaded = next(url, context);
      // Deno does not say it, and then takes what is required for code.
      return findPattern(/\.json$/, url) === null
        ? loaded
        : { ...loaded, format: "json" };
    },
  });
}

let isJoined = false;

/** Deno takes such a name for a file, when there are hooks, or throws. */
function orPackage(
  resolve: () => ResolveFnOutput,
  specifier: string,
  { parentURL }: { readonly parentURL?: string | undefined },
): ResolveFnOutput {
  const parent = withoutVersion(parentURL ?? "");
  const mayBe = !isLocating && textStartsWith(parent, "file:") &&
    findPattern(/^[\w@][^:]*$/, specifier) !== null;
  if (!mayBe) return resolve();
  let found: ResolveFnOutput | undefined;
  let problem: unknown;
  try {
    found = resolve();
    if (found.url !== hrefOf(new TheURL(specifier, parent))) return found;
  } catch (error) {
    problem = error;
  }
  const path = locatePackage(specifier, parent);
  if (path !== null) {
    const url = isBuiltin(path) ? `node:${path}` : hrefOf(pathToFileURL(path));
    return bare({ url, shortCircuit: true });
  }
  if (found === undefined) throw problem;
  return found;
}

/** The file that a package begins with; `null` if there is no such package. */
function locatePackage(name: string, parentUrl: string): string | null {
  if (findPattern(/^(@[^/:]+\/)?[^@./:][^:]*$/, name) === null) return null;
  isLocating = true;
  try {
    return createRequire(parentUrl).resolve(name);
  } catch {
    return locateImportOnly(name, parentUrl);
  } finally {
    isLocating = false;
  }
}

/** Node's own search asks the hooks, too, which are not to search in turn. */
let isLocating = false;

/**
 * The file of a package that can be imported, but not required.
 *
 * Source: Node.js, "Packages", "Conditional exports".
 */
function locateImportOnly(name: string, parentUrl: string): string | null {
  try {
    const [, own, rest] = findPattern(/^((?:@[^/]+\/)?[^/]+)(.*)$/s, name)!;
    const file = findPackageJSON(own!, parentUrl);
    if (file === undefined) return null;
    const { exports } = readObject(file);
    const isTable = isObject(exports) && hasOwn(exports, `.${rest}`);
    const target = isTable ? exports[`.${rest}`] : rest === "" ? exports : null;
    const path = pickImport(target);
    return path === null ? null : textSlice(file, 0, -NAME_LENGTH) + path;
  } catch {
    // There is none, or it can not be read: Deno says what it misses.
    return null;
  }
}

/** What a package gives to an import, below its folder. */
function pickImport(target: unknown): string | null {
  if (typeof target === "string") return textSlice(target, 2);
  const ways = isObject(target) ? keysOf(target) : [];
  for (let i = 0; i < ways.length; i++) {
    const isTaken = findPattern(
      /^(node|import|module-sync|default)$/,
      ways[i]!,
    );
    const path = isTaken && pickImport((target as Fields)[ways[i]!]);
    if (path) return path;
  }
  return null;
}

/** Whether Node would take a file for an ES module. */
function isEsModule(url: string): boolean {
  const [, ending] = findPattern(/\.([^./]*)$/, url) ?? [];
  if (ending !== "js") return ending === "mjs";
  try {
    const file = findPackageJSON(url);
    return file !== undefined && readObject(file).type === "module";
  } catch {
    return false;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readObject(path: string): Fields {
  return fromJson(readTextFileSync(path)) as Fields;
}

/** An address without what tells it from earlier modules of the same file. */
export function withoutVersion(url: string): string {
  return findPattern(/^[^?]*/, url)![0];
}

const encode = encodeURIComponent;
const { hasOwn } = TheObject;
const { readTextFileSync } = Deno;
const NAME_LENGTH = "package.json".length;
