/**
 * A notebook for this folder's tests: evaluates cells in the test's process.
 *
 * What cells declare is taken off the global object again at the end.
 * @module
 */
import assert from "node:assert/strict";
import { createBindings } from "../session/host/bindings.ts";
import { type CellScript, transformCell } from "./transform.ts";

/** A notebook whose cells are really evaluated. */
export interface TestNotebook extends Disposable {
  /** Evaluates a cell, and gives its value (`undefined` if it has none). */
  run(source: string): Promise<unknown>;
  /** Evaluates a cell, and gives what its function gives. */
  runToResult(source: string): Promise<CellResult | undefined>;
  /** Evaluates a cell, and gives what it throws. */
  runToError(source: string): Promise<Error>;
  /** Transforms a cell under the name it will have when it is run next. */
  transform(source: string): CellScript;
}

/** What a cell's function gives. */
export interface CellResult {
  readonly value: unknown;
}

/**
 * Starts a notebook.
 *
 * @param folderUrl The folder, a `file:` URL that ends in `/`.
 * @returns The notebook; to be disposed of.
 */
export function startNotebook(
  folderUrl: string = new URL("./", import.meta.url).href,
): TestNotebook {
  const declared = new Set<string>();
  const meta = { url: new URL("notebook.ipynb", folderUrl).href };
  const given = [globalThis, meta, createBindings(globalThis)];
  const transform = (source: string): CellScript => {
    const script = transformCell(source, { name: "cell.ts", folderUrl });
    assert.equal(script.type, "script", JSON.stringify(script));
    if (script.type !== "script") throw new TypeError("Cannot run the cell");
    return script;
  };
  const runToResult: TestNotebook["runToResult"] = (source) => {
    const { hoisted, body, declares } = transform(source);
    for (const name of declares) declared.add(name);
    if (hoisted !== null) evaluate(hoisted)(...given);
    return evaluate(body)(...given);
  };
  return {
    run: async (source) => (await runToResult(source))?.value,
    runToResult,
    transform,
    async runToError(source) {
      try {
        await runToResult(source);
      } catch (error) {
        if (error instanceof Error) return error;
        throw error;
      }
      throw new TypeError(`Cannot find the error of the cell: ${source}`);
    },
    [Symbol.dispose]() {
      for (const name of declared) Reflect.deleteProperty(globalThis, name);
    },
  };
}

function evaluate(
  script: string,
): (...given: readonly unknown[]) => Promise<CellResult | undefined> {
  const indirectEval = globalThis.eval;
  return indirectEval(script);
}
