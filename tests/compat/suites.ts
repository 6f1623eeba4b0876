/**
 * All cases, by the kernel whose notebooks they stand for.
 * @module
 */
import type { Group } from "./case.ts";
import { CELLS, DATA, MESSAGES } from "./deno/data.ts";
import { DISPLAYS, FORMATS, VALUES as DENO_VALUES } from "./deno/display.ts";
import { GPU } from "./deno/gpu.ts";
import { NOTEBOOKS as DENO_NOTEBOOKS } from "./deno/notebooks.ts";
import { COMPLETENESS, COMPLETION, INSPECTION } from "./tslab/answers.ts";
import { COMPILING, JSLAB } from "./tslab/dialects.ts";
import { DISPLAY } from "./tslab/display.ts";
import { IMPORTS, MODULE_CELLS } from "./tslab/modules.ts";
import { NAMES, REDECLARATION } from "./tslab/names.ts";
import { NODE } from "./tslab/node.ts";
import { NOTEBOOKS } from "./tslab/notebooks.ts";
import { DIAGNOSTICS } from "./tslab/types.ts";
import { RUNNING, VALUES } from "./tslab/values.ts";

/** Kernels whose notebooks are to run here. */
export type Compared = "tslab" | "deno";

/** Whether this machine can show what objects of WebGPU hold. */
export const hasGpu =
  (await navigator.gpu?.requestAdapter().catch(() => null) ?? null) !== null;

/** The cases of each. */
export const SUITES: Readonly<Record<Compared, readonly Group[]>> = {
  tslab: [
    ...[VALUES, RUNNING, REDECLARATION, NAMES, MODULE_CELLS, IMPORTS, NODE],
    ...[DISPLAY, COMPILING, DIAGNOSTICS, COMPLETION, INSPECTION, COMPLETENESS],
    ...[JSLAB, NOTEBOOKS],
  ],
  deno: [
    ...[DENO_VALUES, FORMATS, DISPLAYS, DATA, MESSAGES, CELLS],
    DENO_NOTEBOOKS,
    ...hasGpu ? [GPU] : [],
  ],
};
