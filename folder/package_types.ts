/**
 * Where the types of packages in a `node_modules` folder are, by the names that
 * cells import.
 *
 * Source: TypeScript's handbook on publishing declaration files, and Node's on
 * `exports` of packages.
 * @module
 */
import type { ImportTable } from "./config.ts";
import { isFile, readJson } from "./find.ts";
import { dirname, join, resolve, toFileUrl } from "./paths.ts";

/**
 * Lists the types of the packages beside a notebook, or in the nearest folder
 * above that has some.
 *
 * @param folder The notebook's folder, an absolute path.
 * @returns Addresses of declaration files. Packages that have no types, of
 * their own or in `@types`, are left out.
 */
export function listPackageTypes(folder: string): ImportTable {
  const modules = join(folder, "node_modules");
  const names = listNames(modules);
  if (names.length === 0) {
    const above = dirname(folder);
    return above === folder ? {} : listPackageTypes(above);
  }
  const typed = names.map((name) =>
    readTypes(join(modules, name), importedName(name))
  );
  // Its own types go over those that others have written for it.
  const isForOthers = (i: number) => names[i]!.startsWith(OTHERS);
  return Object.assign(
    {},
    ...typed.filter((_, i) => isForOthers(i)),
    ...typed.filter((_, i) => !isForOthers(i)),
  );
}

function listNames(modules: string): readonly string[] {
  const all = listFolder(modules).flatMap((name) =>
    name.startsWith("@")
      ? listFolder(join(modules, name)).map((own) => `${name}/${own}`)
      : [name]
  );
  // Types of Node are Deno's own.
  return all.filter((name) => name !== `${OTHERS}node`).slice(0, MAX_PACKAGES);
}

function listFolder(path: string): readonly string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name)
      .filter((name) => !name.startsWith(".")).sort();
  } catch {
    return [];
  }
}

/** The package whose types a package has: `@types/a__b` is for `@a/b`. */
function importedName(name: string): string {
  return name.startsWith(OTHERS)
    ? name.slice(OTHERS.length).replace(/^(.+)__/, "@$1/")
    : name;
}

function readTypes(folder: string, name: string): ImportTable {
  try {
    const { exports, types, typings, main } = readJson(
      join(folder, "package.json"),
    ) as Readonly<Record<string, unknown>>;
    const table: Record<string, string> = {};
    const add = (path: string, target: unknown) => {
      const file = findTypes(folder, target);
      if (file !== undefined && !path.includes("*")) {
        table[name + path] ??= toFileUrl(file);
      }
    };
    if (
      isTable(exports) && Object.keys(exports).some((key) => key[0] === ".")
    ) {
      for (const [path, target] of Object.entries(exports)) {
        add(path.slice(1), target);
      }
    } else {
      add("", exports);
    }
    for (const target of [types, typings, main, "index"]) add("", target);
    return table;
  } catch {
    return {};
  }
}

/** The declarations of what a package exports, whichever way it is loaded. */
function findTypes(folder: string, target: unknown): string | undefined {
  if (isTable(target)) {
    const ways = Object.keys(target).filter((key) => CONDITIONS.has(key));
    for (const way of ways) {
      const found = findTypes(folder, target[way]);
      if (found !== undefined) return found;
    }
  }
  if (typeof target !== "string") return undefined;
  const path = resolve(folder, target);
  if (DECLARATION.test(path)) return isFile(path) ? path : undefined;
  const base = path.replace(/\.([cm]?)js$/, ".d.$1ts");
  return [base, `${path}.d.ts`, join(path, "index.d.ts")].find((one) =>
    DECLARATION.test(one) && isFile(one)
  );
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const OTHERS = "@types/";
const MAX_PACKAGES = 2000;
const DECLARATION = /\.d\.[cm]?ts$/;
const CONDITIONS: ReadonlySet<string> = new Set([
  ...["types", "deno", "node", "require", "import", "module", "default"],
]);
