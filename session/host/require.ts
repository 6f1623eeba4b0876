/**
 * What a CommonJS module finds around it, for cells: `require`, `module`,
 * `exports`, `__dirname` and `__filename`, as beside the notebook.
 * @module
 */
import { createRequire } from "node:module";
import {
  bare,
  defineProperty,
  findPattern,
  TheObject,
  TheString,
} from "./intrinsics.ts";
import type { CellMeta } from "./modules.ts";
import { withoutHooks } from "./module_hooks.ts";

/**
 * Defines them. Cells may declare each of these names as they like.
 *
 * @param meta Where the notebook is.
 * @param modules Paths of modules that have a name of their own.
 */
export function installRequire(
  meta: CellMeta,
  modules: Readonly<Record<string, string>>,
): void {
  let made: ReturnType<typeof createRequire> | undefined;
  const node = () => made ??= createRequire(meta.url);
  const pathOf = (id: unknown) => {
    const name = TheString(id);
    return hasOwn(modules, name) ? modules[name]! : name;
  };
  const require = (id: unknown): unknown => {
    const path = pathOf(id);
    // Files beside the notebook may be cells that are modules.
    return findPattern(/^\.{1,2}\//, path) === null
      ? withoutHooks(() => node()(path))
      : node()(path);
  };
  const resolve = (id: unknown, options?: { paths?: string[] }) =>
    node().resolve(pathOf(id), options);
  define(require, "resolve", resolve);
  for (const name of ["cache", "main", "extensions"] as const) {
    defineProperty(require, name, bare({ get: () => node()[name] }));
  }
  const exports = {};
  const module = {
    id: ".",
    path: meta.dirname,
    exports,
    filename: meta.filename,
    loaded: false,
    children: [],
    paths: [],
    require,
  };
  define(globalThis, "require", require);
  define(globalThis, "module", module);
  define(globalThis, "exports", exports);
  define(globalThis, "__dirname", meta.dirname);
  define(globalThis, "__filename", meta.filename);
}

function define(holder: object, name: string, value: unknown): void {
  defineProperty(
    holder,
    name,
    bare({ value, writable: true, configurable: true, enumerable: false }),
  );
}

const { hasOwn } = TheObject;
