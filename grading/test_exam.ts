/**
 * Small assignments for tests.
 * @module
 */
import { Translator } from "../kernel/mod.ts";
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { type Examination, examine, type ExamOptions } from "./exam.ts";
import { readExercise } from "./exercise.ts";
import type { CheckResult } from "./verdict.ts";

/** A cell in short: its marks, then its source. */
export type Short = readonly [kind: ShortKind, source: string];
type ShortKind =
  | "code"
  | "text"
  | `answer ${string}`
  | `given ${string}`
  | `essay ${string}`
  | `check ${string}`;

/** Makes a notebook out of cells in short. */
export function notebookOf(cells: readonly Short[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: {
        display_name: "TypeScript (Skein)",
        language: "typescript",
        name: "skein",
      },
    },
    cells: cells.map(([kind, source], index) => cellOf(kind, source, index)),
  };
}

function cellOf(kind: ShortKind, source: string, index: number): Cell {
  const [role, grade_id, points = "1"] = kind.split(" ");
  const marks = grade_id === undefined ? {} : {
    nbgrader: {
      schema_version: 3,
      grade: role === "check" || role === "essay",
      solution: role === "answer" || role === "essay",
      locked: role === "check" || role === "given",
      task: false,
      grade_id,
      ...role === "check" || role === "essay" ? { points: Number(points) } : {},
    },
  };
  const common = { id: `c${index}`, metadata: marks, source };
  return role === "text" || role === "essay"
    ? { cell_type: "markdown", ...common }
    : { cell_type: "code", ...common, execution_count: null, outputs: [] };
}

/** Limits that keep tests short and the machine usable. */
export const TEST_OPTIONS: ExamOptions = {
  fill: async () => {},
  timeoutMs: 5_000,
  totalMs: 60_000,
  limits: {
    maxMemoryMb: 400,
    maxProcesses: 4,
    maxThreads: 120,
    maxOpenFiles: 200,
    maxDiskMb: 32,
  },
  maxHeapMb: 200,
};

/** Examines a submission of an assignment. */
export async function examineShort(
  source: readonly Short[],
  submission: readonly Short[],
  options: Partial<ExamOptions> = {},
  metadata: Record<string, unknown> = {},
): Promise<Examination> {
  const handedIn = notebookOf(submission);
  return await examineNotebook(
    source,
    { ...handedIn, metadata: { ...handedIn.metadata, ...metadata } },
    options,
  );
}

/** Examines a submission of an assignment, whatever its cells are. */
export async function examineNotebook(
  source: readonly Short[],
  submission: Notebook,
  options: Partial<ExamOptions> = {},
): Promise<Examination> {
  await using translator = new Translator();
  const exercise = await readExercise(
    "a.ipynb",
    notebookOf(source),
    translator,
  );
  return await examine(submission, exercise, { ...TEST_OPTIONS, ...options });
}

/** What a result comes to, in short. */
export function inShort({ results }: Examination): string[] {
  return results.map(({ id, state, score }: CheckResult) =>
    `${id} ${state} ${score}`
  );
}
