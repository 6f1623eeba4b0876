/**
 * The student's version of a teacher's notebook: solutions replaced by stubs,
 * hidden tests removed, outputs cleared, cells locked, checksums written. Pure.
 *
 * That nothing of a solution is left is looked for again in `leaks.ts`.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { checksum } from "./checksum.ts";
import { type CellRole, type Marks, readMarks, roleOf } from "./marks.ts";
import { withMarks } from "./marks.ts";
import { clearRegions } from "./regions.ts";
import { languageOf, stubFor } from "./stubs.ts";

/** A student's version, and what was taken out. */
export interface Release {
  /** What students get. */
  readonly notebook: Notebook;
  /** Lines of solutions, hidden tests and mark schemes. */
  readonly secrets: readonly string[];
}

/**
 * Makes the student's version of a notebook.
 *
 * @param source The teacher's notebook.
 * @returns The version.
 * @throws {TypeError} If its marks can not be understood.
 * @throws {SyntaxError} If regions are marked wrongly.
 * @throws {RangeError} If cells have the same id, or a region stands in a cell
 *   of another kind.
 */
export function makeRelease(source: Notebook): Release {
  const language = languageOf(source);
  const seen = new Map<string, number>();
  const secrets: string[] = [];
  const cells = source.cells.map((cell, index) => {
    const place = `cell ${index + 1}`;
    try {
      const marks = readMarks(cell);
      if (marks !== null) checkId(marks, { seen, index, cell });
      const made = releaseCell(cell, { marks, language });
      secrets.push(...made.secrets);
      return made.cell;
    } catch (error) {
      const { constructor, message } = error as Error;
      throw new (constructor as ErrorConstructor)(`${place}: ${message}`);
    }
  });
  const { celltoolbar: _, ...metadata } = source.metadata;
  return {
    notebook: { ...source, metadata: withoutOurs(metadata), cells },
    secrets,
  };
}

function checkId(
  { gradeId, grade, solution, task }: Marks,
  { seen, index, cell }: {
    readonly seen: Map<string, number>;
    readonly index: number;
    readonly cell: Cell;
  },
): void {
  const earlier = seen.get(gradeId);
  if (earlier !== undefined) {
    throw new RangeError(
      `grade_id "${gradeId}" is that of cell ${earlier} too, expected another`,
    );
  }
  seen.set(gradeId, index + 1);
  if (task && cell.cell_type !== "markdown") {
    throw new RangeError(`task "${gradeId}" is code, expected Markdown`);
  }
  if (!task && cell.cell_type === "markdown" && grade !== solution) {
    throw new RangeError(
      `"${gradeId}" is Markdown that ${
        grade ? "nobody answers" : "nobody grades"
      }, expected both grade and solution, or neither`,
    );
  }
}

function releaseCell(
  cell: Cell,
  { marks, language }: {
    readonly marks: Marks | null;
    readonly language: string;
  },
): { readonly cell: Cell; readonly secrets: readonly string[] } {
  const role = roleOf(cell, marks);
  const stub = stubFor(cell, language);
  const solution = clearRegions(cell.source, "SOLUTION", stub);
  const tests = clearRegions(solution.text, "HIDDEN TESTS");
  const scheme = clearRegions(tests.text, "MARK SCHEME");
  const isWritten = marks?.solution === true;
  need(!solution.hasRegion || isWritten, "a solution", "a solution cell");
  need(!tests.hasRegion || role === "check", "hidden tests", "a check");
  need(!scheme.hasRegion || role === "task", "a mark scheme", "a task");
  const isWhole = isWritten && !solution.hasRegion;
  const text = isWhole ? stub.join("\n") : scheme.text;
  const secrets = [
    ...isWhole ? cell.source.split("\n") : solution.removed,
    ...tests.removed,
    ...scheme.removed,
  ];
  return { cell: dress({ ...cell, source: text }, { role, marks }), secrets };
}

/** Locked, without outputs, with the checksum of what it now is. */
function dress(
  cell: Cell,
  { role, marks }: { readonly role: CellRole; readonly marks: Marks | null },
): Cell {
  const bare = {
    ...withoutOutputs(withoutAttachments(cell)),
    metadata: withoutOurs(cell.metadata),
  };
  if (marks === null) return bare;
  const isFixed = ["check", "given", "task"].includes(role);
  const locked = {
    ...bare,
    metadata: {
      ...bare.metadata,
      deletable: false,
      ...isFixed ? { editable: false } : {},
    },
  };
  return withMarks(locked, { ...marks, checksum: checksum(cell, marks) });
}

function withoutOutputs(cell: Cell): Cell {
  if (cell.cell_type !== "code") return cell;
  const { execution: _, ...metadata } = cell.metadata;
  return { ...cell, metadata, outputs: [], execution_count: null };
}

/** What the text does not name any more was part of what was taken out. */
function withoutAttachments(cell: Cell): Cell {
  if (!("attachments" in cell) || cell.attachments === undefined) return cell;
  const { attachments, ...rest } = cell;
  const named = Object.entries(attachments).filter(([name]) =>
    [name, encodeURI(name)].some((text) =>
      cell.source.includes(`attachment:${text}`)
    )
  );
  return named.length === 0
    ? rest
    : { ...rest, attachments: Object.fromEntries(named) };
}

/** What the teacher tells Skein is not for students. */
function withoutOurs(metadata: Cell["metadata"]): Cell["metadata"] {
  const { skein, ...rest } = metadata;
  if (typeof skein !== "object" || skein === null) return rest;
  const kept = Object.entries(skein).filter(([key]) =>
    !INSTRUCTOR_KEYS.includes(key)
  );
  return kept.length === 0
    ? rest
    : { ...rest, skein: Object.fromEntries(kept) };
}

function need(isRight: boolean, what: string, where: string): void {
  if (isRight) return;
  throw new RangeError(`found ${what} marked here, expected it in ${where}`);
}

const INSTRUCTOR_KEYS = ["grading", "solution", "flaky", "compare"];
