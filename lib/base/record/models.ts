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

/** Tells which model a model's speed-up is against: one after another, in its own language. */
export function baselineOf(model: Model): "sequential" | "python-sequential" {
  return isPythonModel(model) ? "python-sequential" : "sequential";
}

/** Tells whether a model runs Python. */
export function isPythonModel(model: Model): model is PythonModel {
  return (PYTHON_MODELS as readonly Model[]).includes(model);
}
