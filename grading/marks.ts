/**
 * What a cell is in an assignment: nbgrader's cell metadata, schema 3, read and
 * written. Pure.
 *
 * Source: nbgrader 0.9, "nbgrader metadata format".
 * @module
 */
import * as z from "zod/mini";
import type { Cell } from "../nbformat/mod.ts";

/** nbgrader's metadata of a cell. */
export interface Marks {
  /** Whether it is worth points. */
  readonly grade: boolean;
  /** Whether the student writes it. */
  readonly solution: boolean;
  /** Whether nobody but the teacher changes it. */
  readonly locked: boolean;
  /** Whether it describes work that a person grades. */
  readonly task: boolean;
  /** Names the cell within its notebook. */
  readonly gradeId: string;
  /** What it is worth, if it is worth something. */
  readonly points: number;
  /** Checksum of the cell as it was handed out; `null` before that. */
  readonly checksum: string | null;
}

/**
 * What a cell is for: `check` runs and gives points; `answer` is code that
 * the student writes; `essay` is written by the student and graded by a person,
 * as is a `task`; `given` is locked; `free` has no marks.
 */
export type CellRole =
  | "check"
  | "answer"
  | "essay"
  | "task"
  | "given"
  | "free";

const flag = z._default(z.boolean(), false);
const schema = z.object({
  schema_version: z.optional(z.number()),
  grade: flag,
  solution: flag,
  locked: flag,
  task: flag,
  grade_id: z.optional(z.string()),
  points: z.optional(z.union([z.number(), z.string()])),
  checksum: z.optional(z.nullable(z.string())),
});

/**
 * Reads the marks of a cell.
 *
 * @param cell The cell.
 * @returns The marks; `null` if it has none that say something.
 * @throws {TypeError} If they can not be understood.
 */
export function readMarks(cell: Cell): Marks | null {
  const raw = cell.metadata.nbgrader;
  if (raw === undefined) return null;
  const refuse = (found: string): never => {
    throw new TypeError(`Cannot read nbgrader metadata: ${found}`);
  };
  const result = z.safeParse(schema, raw);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    return refuse(`"${path.join(".") || "nbgrader"}" is wrong, ${message}`);
  }
  const { grade, solution, task, grade_id, points = 0, checksum = null } =
    result.data;
  // As nbgrader has it: who writes a cell can change it, who grades it can not.
  const locked = !solution && (grade || result.data.locked);
  if (!grade && !solution && !locked && !task) return null;
  if (grade_id === undefined || !GRADE_ID.test(grade_id)) {
    return refuse(
      `"grade_id" is ${
        JSON.stringify(grade_id ?? null)
      }, expected letters, digits, - and _`,
    );
  }
  const worth = Number(points);
  if (!(worth >= 0) || !Number.isFinite(worth) || points === "") {
    return refuse(
      `"points" of ${grade_id} is ${
        JSON.stringify(points)
      }, expected a number from 0`,
    );
  }
  return {
    grade,
    solution,
    locked,
    task,
    gradeId: grade_id,
    points: grade || task ? worth : 0,
    checksum,
  };
}

/**
 * Reads the marks of a cell that may say anything: a student's.
 *
 * @param cell The cell.
 * @returns The marks; `null` if it has none that can be understood.
 */
export function readMarksLoosely(cell: Cell): Marks | null {
  try {
    return readMarks(cell);
  } catch {
    // What it is worth to be told follows from the cell that is missing then.
    return null;
  }
}

/**
 * Tells what a cell is for.
 *
 * @param cell The cell.
 * @param marks Its marks.
 */
export function roleOf(
  cell: Pick<Cell, "cell_type">,
  marks: Marks | null,
): CellRole {
  if (marks === null) return "free";
  if (marks.task) return "task";
  if (marks.grade && marks.solution) return "essay";
  if (marks.grade) return cell.cell_type === "code" ? "check" : "essay";
  return marks.solution ? "answer" : "given";
}

/**
 * Writes marks into a cell as nbgrader does: its keys and no others.
 *
 * @param cell The cell.
 * @param marks The marks.
 */
export function withMarks<C extends Cell>(cell: C, marks: Marks): C {
  const { grade, solution, locked, task, gradeId, points, checksum } = marks;
  return {
    ...cell,
    metadata: {
      ...cell.metadata,
      nbgrader: {
        cell_type: cell.cell_type,
        ...checksum === null ? {} : { checksum },
        grade,
        grade_id: gradeId,
        locked,
        ...grade || task ? { points } : {},
        schema_version: SCHEMA_VERSION,
        solution,
        task,
      },
    },
  };
}

const SCHEMA_VERSION = 3;
const GRADE_ID = /^[A-Za-z0-9_-]+$/;
