/**
 * Decides which Python models take part in a comparison, and starts Python.
 *
 * What cannot take part is told in a sentence, and the rest goes on. How rounds
 * are run is in `arms.ts`.
 * @module
 */

import type { StampStart } from "../../base/stamp/mod.ts";
import {
  type Model,
  PYTHON_MODELS,
  type PythonModel,
} from "../../base/record/mod.ts";
import { type PythonArms, startArms } from "./python_arms.ts";
import { describePython, findPython } from "../../run/python/mod.ts";

/** Python code beside the work of a comparison. */
export interface PythonWork {
  /** Code that defines the function. */
  readonly code: string;
  /**
   * Name or path of the interpreter, such as `python3.13t`.
   * @default the first of the usual names that is CPython 3.9 or newer
   */
  readonly python?: string;
}

/** What Python is asked to take part in. */
export interface JoinOptions {
  /** All models that were asked for. */
  readonly wanted: readonly Model[];
  /** The function's name. */
  readonly name: string;
  /** What errors call the comparison. */
  readonly title: string;
  /** Ends Python. */
  readonly signal: AbortSignal;
}

/** Python's part; disposing of it ends the interpreter. */
export interface PythonPart extends AsyncDisposable {
  /** The models that can run. */
  readonly models: readonly PythonModel[];
  /** Sentences: what cannot, and why. */
  readonly notes: readonly string[];
  /** What runs them; `null` if there are none. */
  readonly arms: PythonArms | null;
  /** Reads how much processor time Python has taken; the first reading is the zero. */
  readProcessor(): Promise<void>;
  /** Counts what it took since as our own in a stamp, see {@link countAsOwn}. */
  correctStamp(start: StampStart): StampStart;
}

/** Starts Python's part. */
export async function joinPython(
  work: string | PythonWork | undefined,
  options: JoinOptions,
): Promise<PythonPart> {
  const { wanted, name, title, signal } = options;
  const models = PYTHON_MODELS.filter((model) => wanted.includes(model));
  if (models.length === 0) return leaveOut([]);
  if (work === undefined) {
    throw new TypeError(
      `Cannot compare "${title}": "${
        models[0]
      }" is asked for without Python code, ` +
        `expected the option "python"`,
    );
  }
  const { code, python } = typeof work === "string"
    ? { code: work, python: undefined }
    : work;
  const found = await findPython(python);
  if (found.type === "missing") {
    return leaveOut([`Python was left out. ${found.reason}.`]);
  }
  const canApart = found.python.subinterpreters !== null;
  const able = models.filter((model) =>
    model !== "python-subinterpreters" || canApart
  );
  const notes = able.length === models.length ? [] : [
    `Python subinterpreters were left out: ${describePython(found.python)} ` +
    `found, 3.12 or newer expected.`,
  ];
  if (able.length === 0) return leaveOut(notes);
  const arms = await startArms(found.python, { code, name, signal });
  const readingsMs: number[] = [];
  return {
    models: able,
    notes,
    arms,
    async readProcessor() {
      readingsMs.push(await arms.readProcessorMs());
    },
    correctStamp(start) {
      const firstMs = readingsMs[0] ?? 0;
      // Once it has ended, the system counts all it ever took as ours.
      const usedMs = signal.aborted
        ? -firstMs
        : (readingsMs.at(-1) ?? 0) - firstMs;
      return countAsOwn(start, usedMs);
    },
    [Symbol.asyncDispose]: () => arms[Symbol.asyncDispose](),
  };
}

/** Counts processor time as this process's own, which a stamp took for that of others. */
export function countAsOwn(start: StampStart, usedMs: number): StampStart {
  const { cpu } = start;
  if (typeof cpu === "string") return start;
  return { cpu: { ...cpu, ownTicks: cpu.ownTicks - usedMs / TICK_MS } };
}

function leaveOut(notes: readonly string[]): PythonPart {
  return {
    models: [],
    notes,
    arms: null,
    readProcessor: () => Promise.resolve(),
    correctStamp: (start) => start,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

const TICK_MS = 10;
