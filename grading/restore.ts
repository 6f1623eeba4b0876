/**
 * Puts a submission in order: what is graded comes from the teacher's notebook,
 * whatever the submission says of it. Pure.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";
import { checksum } from "./checksum.ts";
import { type Marks, readMarksLoosely } from "./marks.ts";
import { isStudents, type SourceCell } from "./plan.ts";

/** What is done with a cell, in order. */
export type Step =
  /** The submission's, or a given one: it runs in the submission's session. */
  | {
    readonly type: "run";
    readonly source: string;
    /** How a person knows it. */
    readonly label: string;
  }
  /** A check, by its index in the teacher's notebook. */
  | { readonly type: "check"; readonly index: number };

/** A submission in order. */
export interface Restored {
  /** What is to be done. */
  readonly steps: readonly Step[];
  /** What was changed, is missing or stands there twice, in words. */
  readonly findings: readonly string[];
  /** Answers by id: whether they differ from what was handed out. */
  readonly answers: ReadonlyMap<string, "changed" | "unchanged">;
}

/**
 * Puts a submission in order.
 *
 * @param submission The notebook as it was handed in.
 * @param source The teacher's cells.
 * @param release What was handed out, for its checksums.
 */
export function restore(
  submission: Notebook,
  source: readonly SourceCell[],
  release: Notebook,
): Restored {
  const released = new Map<string, Cell>(
    release.cells.flatMap((cell) => {
      const marks = readMarksLoosely(cell);
      return marks === null ? [] : [[marks.gradeId, cell] as const];
    }),
  );
  const index = new Map(
    source.flatMap(({ marks }, at) =>
      marks === null ? [] : [[marks.gradeId, at] as const]
    ),
  );
  const found = submission.cells.map(readMarksLoosely);
  const last = new Map(
    found.flatMap((marks, at) => marks ? [[marks.gradeId, at] as const] : []),
  );
  const findings: string[] = [];
  const answers = new Map<string, "changed" | "unchanged">();
  const placed: { step: Step | null; origin: number | null }[] = [];
  for (const [at, cell] of submission.cells.entries()) {
    const marks = found[at] ?? null;
    const origin = marks === null ? undefined : index.get(marks.gradeId);
    const run: Step | null = cell.cell_type === "code" &&
        readDirectives(cell).runs
      ? { type: "run", source: cell.source, label: `cell ${at + 1}` }
      : null;
    if (marks === null || origin === undefined) {
      if (marks !== null) {
        findings.push(`${name(marks)} is not part of the assignment`);
      }
      placed.push({ step: run, origin: null });
      continue;
    }
    const isFixed = !isStudents(source[origin]!.role);
    if (last.get(marks.gradeId) !== at) {
      findings.push(`${name(marks)} stands there twice; the last one counts`);
      if (!isFixed) placed.push({ step: run, origin: null });
      continue;
    }
    findings.push(...differences(cell, marks, {
      released: released.get(marks.gradeId)!,
      original: source[origin]!,
    }));
    if (!isFixed) {
      answers.set(
        marks.gradeId,
        sum(cell, released.get(marks.gradeId)!) === null
          ? "unchanged"
          : "changed",
      );
    }
    placed.push({
      step: isFixed ? stepOf(source[origin]!, origin) : run,
      origin,
    });
  }
  addMissing(placed, source, findings);
  const steps = placed.flatMap(({ step }) => step === null ? [] : [step]);
  return { steps, findings, answers };
}

/** Cells that were removed come back behind what stood before them. */
function addMissing(
  placed: { step: Step | null; origin: number | null }[],
  source: readonly SourceCell[],
  findings: string[],
): void {
  for (const [origin, { marks, role }] of source.entries()) {
    if (marks === null || placed.some((one) => one.origin === origin)) continue;
    findings.push(`${name(marks)} is missing`);
    if (isStudents(role)) continue;
    const before = placed.findLastIndex((one) =>
      one.origin !== null && one.origin < origin
    );
    placed.splice(before + 1, 0, {
      step: stepOf(source[origin]!, origin),
      origin,
    });
  }
}

function stepOf({ cell, marks, role }: SourceCell, index: number): Step | null {
  if (cell.cell_type !== "code") return null;
  return role === "check"
    ? { type: "check", index }
    : { type: "run", source: cell.source, label: `given cell ${name(marks!)}` };
}

function differences(
  cell: Cell,
  marks: Marks,
  { released, original }: {
    readonly released: Cell;
    readonly original: SourceCell;
  },
): string[] {
  const { role } = original;
  const expected = original.marks!;
  return [
    ...cell.cell_type === released.cell_type
      ? []
      : [`${name(marks)} is ${cell.cell_type}, was ${released.cell_type}`],
    ...marks.points === expected.points ? [] : [
      `${name(marks)} claims ${marks.points} points, has ${expected.points}`,
    ],
    ...!isStudents(role) && sum(cell, released) !== null
      ? [`${name(marks)} was changed; the original is used`]
      : [],
  ];
}

/** The checksum of a cell, if it is not that of what was handed out. */
function sum(cell: Cell, released: Cell): string | null {
  const marks = readMarksLoosely(released)!;
  const now = checksum(cell, marks);
  return now === (marks.checksum ?? checksum(released, marks)) ? null : now;
}

function name({ gradeId }: Marks): string {
  // A student's may be of any length.
  return gradeId.length <= MAX_NAME
    ? `"${gradeId}"`
    : `"${gradeId.slice(0, MAX_NAME)}…"`;
}

const MAX_NAME = 200;
