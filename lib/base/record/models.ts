/**
 * The models that run Python, by name.
 *
 * Pure. What they mean is in `lib/base/record/comparison.ts`.
 * @module
 */

import type { Model, PythonModel } from "./comparison.ts";

/** All models of Python, in the order in which they are shown. */
export const PYTHON_MODELS: readonly PythonModel[] = [
  "python-sequential",
  "python-threads",
  "python-asyncio",
  "python-processes",
  "python-subinterpreters",
];

/**
 * Tells which model a model's speed-up is against: one after another, in its own language.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(baselineOf("python-threads"), "python-sequential");
 * assert.equal(baselineOf("workers"), "sequential");
 * ```
 *
 * @param model The model.
 * @returns `sequential` or `python-sequential`.
 */
export function baselineOf(model: Model): "sequential" | "python-sequential" {
  return isPythonModel(model) ? "python-sequential" : "sequential";
}

/**
 * Tells whether a model runs Python.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([isPythonModel("python-threads"), isPythonModel("workers")], [true, false]);
 * ```
 *
 * @param model The model.
 * @returns Whether it does.
 */
export function isPythonModel(model: Model): model is PythonModel {
  return (PYTHON_MODELS as readonly Model[]).includes(model);
}
