/**
 * What is refused before models are compared.
 *
 * Pure. The checks that all of the library has are in `lib/base/checks.ts`.
 * @module
 */
import {
  checkChoice,
  checkChoices,
  checkName,
  checkNumber,
  checkObject,
  checkOptions,
  checkSome,
  checkText,
} from "../../base/mod.ts";
import type { PythonWork } from "./python_join.ts";
import { PYTHON_MODELS } from "../../base/record/mod.ts";
import type { CompareOptions } from "./compare.ts";
import { OWN_MODELS } from "./models.ts";
import { checkRounds } from "../round_checks.ts";

/**
 * Checks how jobs are compared.
 *
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {RangeError} If one is out of range.
 * @throws {unknown} The signal's reason, if it has aborted.
 */
export function checkCompareOptions<Args extends unknown[]>(
  options: CompareOptions<Args>,
): void {
  checkOptions(WHAT, options);
  const { inputs, models = MODELS, python, prediction = {} } = options;
  checkSome([WHAT, "inputs"], inputs, "inputs, one a job");
  checkChoices([WHAT, "models"], models, MODELS);
  if (python !== undefined) checkPythonWork(python);
  checkObject([WHAT, "prediction"], prediction, "speed-ups");
  for (const [model, ratio] of Object.entries(prediction)) {
    checkChoice([WHAT, "a model of prediction"], model, MODELS);
    checkNumber([WHAT, `prediction.${model}`], ratio, { above: 0 });
  }
  checkRounds(WHAT, options, NAMES);
}

function checkPythonWork(python: string | PythonWork): void {
  if (typeof python === "string") return;
  checkObject([WHAT, "python"], python, "code, or the code itself as text");
  checkText([WHAT, "python.code"], python.code);
  if (python.python === undefined) return;
  checkName([WHAT, "python.python"], python.python);
}

const WHAT = "compare";
const MODELS = [...OWN_MODELS, ...PYTHON_MODELS];
const NAMES = ["inputs", "models", "python", "prediction", "seed"];
