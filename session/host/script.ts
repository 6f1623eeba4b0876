/**
 * Loads a cell's script. A script, not `eval`: stack traces then name the cell
 * and nothing of ours, and imports resolve against the notebook.
 * @module
 */
import { Script } from "node:vm";
import {
  bare,
  free,
  isPrototypeOf,
  own,
  TheRangeError,
  TheSyntaxError,
} from "./intrinsics.ts";
import { type CellMeta, importAs, resolveImport } from "./modules.ts";

/** What a script imports by. */
export interface ScriptSurroundings {
  /** What cells see as `import.meta`. */
  readonly meta: CellMeta;
  /** Called before a cell imports a module. */
  readonly prepareImport: (url: string) => Promise<void>;
}

/**
 * Loads a script.
 *
 * @param source Its text.
 * @param filename What stack traces call it.
 * @param surroundings What it imports by.
 * @returns Its value, such as a function.
 * @throws {SyntaxError} If V8 can not parse it.
 */
export function loadScript<T>(
  source: string,
  filename: string,
  { meta, prepareImport }: ScriptSurroundings,
): T {
  try {
    const script = new TheScript(
      source,
      bare({
        filename,
        importModuleDynamically: async (
          specifier: string,
          _: unknown,
          attributes: unknown,
        ) => {
          const { url, isData } = resolveImport(specifier, meta);
          await own(prepareImport(url));
          return await importAs(
            { url, isData },
            attributes as ImportAttributes,
          ) as never;
        },
      }),
    );
    return runInThisContext(script) as T;
  } catch (error) {
    // Nothing has run yet: it was V8's parser that used up the stack.
    if (!isPrototypeOf(TheRangeError.prototype, error)) throw error;
    throw new TheSyntaxError("the cell is nested too deeply for V8");
  }
}

const TheScript = Script;
const runInThisContext = free<Script, [], unknown>(
  Script.prototype.runInThisContext,
);
