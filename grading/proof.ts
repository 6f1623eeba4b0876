/**
 * Proves an assignment before students get it: the solution gets every point,
 * the student version none, and each check notices a faulty solution.
 * @module
 */
import type { Translator } from "../kernel/mod.ts";
import type { Mutant } from "../language/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import { inParallel } from "../runner/mod.ts";
import { examine, type ExamOptions } from "./exam.ts";
import type { Exercise } from "./exercise.ts";
import { isStudents } from "./plan.ts";
import { solutionLines, withPlainMarks } from "./regions.ts";

/** What a proof has found. */
export interface Proof {
  /** What keeps the assignment from being handed out. */
  readonly problems: readonly string[];
  /** What a teacher should know. */
  readonly notes: readonly string[];
  /** How many checks there are. */
  readonly checks: number;
  /** What they can give altogether. */
  readonly points: number;
  /** How many faulty solutions were tried. */
  readonly mutants: number;
}

/** A cell with a fault. */
interface Faulty extends Mutant {
  /** Index of the cell. */
  readonly cell: number;
}

/** How a proof is made. */
export interface ProofOptions extends ExamOptions {
  /** Reads cells. */
  readonly translator: Translator;
  /** How many examinations at a time. */
  readonly jobs: number;
  /** Told what is done now. */
  readonly onProgress?: (what: string) => void;
}

/**
 * Proves a notebook of an assignment.
 *
 * @param exercise The notebook.
 * @param options How.
 */
export async function prove(
  exercise: Exercise,
  options: ProofOptions,
): Promise<Proof> {
  const { onProgress = () => {} } = options;
  const graded = exercise.cells.filter(({ role }) => role === "check");
  const points = exercise.cells.reduce(
    (sum, { marks }) => sum + (marks?.points ?? 0),
    0,
  );
  const base = { checks: graded.length, points, mutants: 0, notes: [] };
  if (graded.length === 0) return { ...base, problems: [] };
  const proving = { ...options, mayLoad: true };
  onProgress("solution");
  const solution = await examine(exercise.source, exercise, proving);
  const ids = new Set(graded.map(({ marks }) => marks!.gradeId));
  const unsolved = solution.results
    .filter(({ id, state }) => ids.has(id) && state !== "passed")
    .map(({ id, state, reason }) =>
      `check "${id}" does not pass on the solution: ${state}, ${reason}`
    );
  // What the solution does not pass says nothing about anything else.
  if (unsolved.length > 0) {
    return { ...base, problems: [...unsolved, ...solution.cellErrors] };
  }
  onProgress("student version");
  const handedOut = await examine(exercise.release, exercise, proving);
  const given = handedOut.results.filter(({ score, state, maxScore }) =>
    score > 0 || state === "passed" && maxScore === 0
  ).map(({ id, score }) =>
    `check "${id}" gives ${score} points to the student version`
  );
  const { unnoticed, tried } = await tryMutants(exercise, proving);
  const blind = [...unnoticed].map((id) =>
    `check "${id}" passes on ${
      tried.length === 0
        ? "every faulty solution: none could be made"
        : `each of ${tried.length} faulty solutions, such as: ${
          describe(tried[0]!)
        }`
    }`
  );
  const weak: string[] = [];
  for (const [what, code] of Object.entries(LIARS)) {
    onProgress(`an answer that ${what}`);
    const { results } = await examine(
      withLiar(exercise, code),
      exercise,
      proving,
    );
    weak.push(
      ...results.filter(({ score }) => score > 0).map(({ id }) =>
        `check "${id}" gives points to an answer that ${what} (see docs/grading.md)`
      ),
    );
  }
  return {
    ...base,
    problems: [...given, ...blind],
    notes: weak,
    mutants: tried.length,
  };
}

/** Tries faulty solutions until each check has noticed one. */
async function tryMutants(
  exercise: Exercise,
  options: ProofOptions,
): Promise<
  { readonly unnoticed: Set<string>; readonly tried: readonly Faulty[] }
> {
  const unnoticed = new Set(
    exercise.cells.flatMap(({ role, marks }) =>
      role === "check" ? [marks!.gradeId] : []
    ),
  );
  const faults = await listFaults(exercise, options.translator);
  const tried: Faulty[] = [];
  await inParallel(
    faults.slice(0, MAX_MUTANTS),
    options.jobs,
    async (fault) => {
      if (unnoticed.size === 0 || options.signal?.aborted) return;
      tried.push(fault);
      options.onProgress?.(`faulty solution: ${describe(fault)}`);
      const { results } = await examine(
        withCell(exercise.source, fault.cell, fault.source),
        exercise,
        { ...options, timeoutMs: Math.min(options.timeoutMs, MUTANT_MS) },
      );
      for (const { id, state } of results) {
        if (state !== "passed") unnoticed.delete(id);
      }
    },
  );
  return { unnoticed, tried };
}

/** Faults of all cells in turns, coarse ones first. */
async function listFaults(
  { cells }: Exercise,
  translator: Translator,
): Promise<Faulty[]> {
  const perCell: Faulty[][] = [];
  for (const [index, { cell, role }] of cells.entries()) {
    if (!isStudents(role) || cell.cell_type !== "code") continue;
    const source = withPlainMarks(cell.source);
    const lines = solutionLines(source);
    const mutants = await translator.mutate(source) ?? [];
    perCell.push(
      mutants.filter(({ line }) => lines === null || lines.has(line))
        .map((mutant) => ({ ...mutant, cell: index })),
    );
  }
  const longest = Math.max(0, ...perCell.map(({ length }) => length));
  return Array.from(
    { length: longest },
    (_, i) => perCell.flatMap((mutants) => mutants[i] ?? []),
  ).flat();
}

function describe({ what, line, cell }: Faulty): string {
  return `${what} (cell ${cell + 1}, line ${line})`;
}

/** A submission whose names all are one value. */
function withLiar(
  { source, cells, names }: Exercise,
  code: string,
): Notebook {
  return cells.reduce((notebook, { cell, role }, index) => {
    if (!isStudents(role) || cell.cell_type !== "code") return notebook;
    const lies = names[index]!.declared.map((name) => `var ${name} = liar;`);
    return withCell(notebook, index, [code, ...lies].join("\n"));
  }, source);
}

function withCell(notebook: Notebook, at: number, source: string): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell, index) =>
      index === at ? { ...cell, source } : cell
    ),
  };
}

/** Answers that did no work, by what they do instead. */
const LIARS: Readonly<Record<string, string>> = {
  "agrees with everything": `var liar = new Proxy(function () {}, {
  get: (_, key) =>
    key === "then" ? undefined : key === Symbol.toPrimitive ? () => 1 : liar,
  apply: () => liar,
  construct: () => liar,
  has: () => true,
});`,
  "empties what it is given": `var liar = (...args) => {
  for (const one of args) if (Array.isArray(one)) one.length = 0;
  return args[0];
};`,
};
const MAX_MUTANTS = 60;
const MUTANT_MS = 10_000;
