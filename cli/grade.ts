/**
 * `skein grade`: points for notebooks that students hand in.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import {
  complete,
  examine,
  type ExamOptions,
  type Exercise,
  exerciseOf,
  type Graded,
  Lanes,
  parseAssignment,
  readExercise,
  scores,
  studentOf,
  withoutResults,
} from "../grading/mod.ts";
import { Translator } from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import { inParallel } from "../runner/mod.ts";
import { bar } from "./bar.ts";
import { EXAM_OPTIONS, readExamOptions } from "./exam_options.ts";
import { REPORTS, writeFeedback } from "./grade_reports.ts";
import { findConfig, isFile, readNotebook, readText } from "./files.ts";
import { quote } from "./quote.ts";
import { takeSignals } from "./signals.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";
import { checkWritable, writeFile } from "./write_file.ts";

/** What `skein grade` takes. */
export const GRADE_USAGE: Usage = {
  verb: "grade",
  operand: "NOTEBOOK…",
  help:
    "Grade notebooks of students. Their code runs without network and programs,\nwhatever they ask for; the checks come from the assignment and run apart.",
  options: {
    assignment: {
      kind: "value",
      short: "a",
      value: "FOLDER",
      help: "What skein assign wrote. Default: this folder.",
    },
    csv: {
      kind: "value",
      value: "PATH",
      help: "Write points, one row per student, with nbgrader's columns.",
    },
    checks: {
      kind: "value",
      value: "PATH",
      help: "Write results as CSV, one row per check.",
    },
    json: { kind: "value", value: "PATH", help: "Write all results as JSON." },
    junit: { kind: "value", value: "PATH", help: "Write JUnit XML." },
    html: {
      kind: "value",
      value: "PATH",
      help: "Write a page for the teacher; it may show hidden tests.",
    },
    feedback: {
      kind: "value",
      value: "FOLDER",
      help: "Write a page per student, without what hidden tests say.",
    },
    ...EXAM_OPTIONS,
  },
};

/** An assignment that is ready. */
interface Prepared {
  readonly name: string;
  readonly exercises: readonly Exercise[];
  readonly options: ExamOptions & { readonly jobs: number };
}

/**
 * Grades submissions.
 *
 * @param args What was typed.
 * @param terminal Where to say how far it is.
 * @returns The exit code: 0, 1 if a file could not be graded, 130 if the user
 *   stopped it.
 * @throws {UsageError} If something typed or read is wrong, or the solution does
 *   not pass on this machine.
 */
export async function grade(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const targets = REPORTS.flatMap(({ option, write }) => {
    const path = args.values[option];
    return path === undefined ? [] : [{ path, write }];
  });
  for (const { path } of targets) await checkWritable(path);
  const stop = new AbortController();
  using _signals = takeSignals(() => stop.abort());
  await using lanes = new Lanes();
  const prepared = await prepare(args, { signal: stop.signal, lanes });
  const { name, exercises, options } = prepared;
  await proveHere(prepared, terminal);
  let done = 0;
  const files = namesOf(args.operands, prepared);
  const graded = await inParallel(files, options.jobs, async (file) => {
    const one = await gradeFile(file, prepared);
    const { length: total } = files;
    terminal.print(`${bar(++done, total)}  ${quote(file.student)}`, false);
    return one;
  });
  if (stop.signal.aborted) return EXIT_STOPPED;
  const all = complete(graded, exercises);
  for (const { path, write } of targets) {
    await writeFile(path, write(name, all));
  }
  const { feedback } = args.values;
  if (feedback !== undefined) await writeFeedback(feedback, all, prepared);
  for (const line of summary(all)) terminal.print(line);
  for (const { path } of targets) terminal.print(`  ${path}`);
  return all.some(({ failure }) => failure !== null) ? 1 : 0;
}

async function prepare(
  args: Arguments,
  how: Pick<ExamOptions, "signal" | "lanes">,
): Promise<Prepared> {
  const folder = resolve(args.values.assignment ?? ".");
  const path = join(folder, "instructor.json");
  if (!await isFile(path)) {
    throw new UsageError(
      `Cannot grade: found no ${
        quote(path)
      }, expected the folder that skein assign wrote (--assignment)`,
    );
  }
  await using translator = new Translator();
  try {
    const assignment = parseAssignment(await readText(path), path);
    const { name, notebooks, files } = assignment;
    const solution = join(folder, "solution");
    const exercises: Exercise[] = [];
    for (const [at, source] of Object.entries(notebooks)) {
      exercises.push(await readExercise(at, source, translator));
    }
    const usual = { verb: "grade", folder: solution, files };
    const configPath = await findConfig(solution);
    const options = { ...readExamOptions(args, usual), configPath, ...how };
    return { name, exercises, options };
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError((error as Error).message);
  }
}

/** What fails on the solution here says nothing about a student. */
async function proveHere(
  { exercises, options }: Prepared,
  terminal: Terminal,
): Promise<void> {
  for (const exercise of exercises) {
    terminal.print(`${exercise.path}: solution …`, false);
    const { results } = await examine(exercise.source, exercise, {
      ...options,
      // This once, what students may use is loaded, too.
      mayLoad: true,
    });
    const wrong = results.find(({ id, state }) =>
      state !== "passed" &&
      exercise.cells.some(({ marks, role }) =>
        role === "check" && marks?.gradeId === id
      )
    );
    if (wrong === undefined || options.signal?.aborted) continue;
    throw new UsageError(
      `Cannot grade ${
        quote(exercise.path)
      }: check "${wrong.id}" does not pass on the solution on this machine: ${wrong.state}, ${wrong.reason}`,
    );
  }
}

/** A file, and who handed it in. */
interface File {
  readonly path: string;
  readonly student: string;
}

function namesOf(
  paths: readonly string[],
  { name, exercises }: Prepared,
): readonly File[] {
  const notebooks = exercises.map(({ path }) => path);
  const files = paths.map((path) => ({
    path,
    student: studentOf(resolve(path), { name, notebooks }),
  }));
  // Two files of one notebook under one name are of two students.
  const seen = new Set<string>();
  return files.map((file) => {
    const key = `${file.student}/${basename(file.path)}`;
    const isTaken = seen.has(key);
    seen.add(key);
    return isTaken
      ? { ...file, student: `${dirname(file.path)}/${file.student}` }
      : file;
  });
}

async function gradeFile(
  { path, student }: File,
  { exercises, options }: Prepared,
): Promise<Graded> {
  let notebook: Notebook | null = null;
  let failure: string | null = null;
  try {
    await checkSize(path);
    notebook = await readNotebook(path);
  } catch (error) {
    failure = (error as Error).message;
  }
  const exercise = exerciseOf(notebook, path, exercises);
  const about = { student, file: path, notebook: exercise?.path ?? null };
  if (exercise === null) {
    failure ??= "it is not clear which notebook of the assignment it is";
    return { ...about, failure, results: [], findings: [], cellErrors: [] };
  }
  if (notebook !== null) {
    try {
      return {
        ...about,
        failure,
        ...await examine(notebook, exercise, options),
      };
    } catch (error) {
      // One bad file never stops the rest.
      failure = (error as Error).message;
    }
  }
  return {
    ...about,
    failure,
    ...withoutResults(exercise, "error", failure ?? ""),
  };
}

/** Many are read at the same time, and code has no such size. */
async function checkSize(path: string): Promise<void> {
  const { size, isFile } = await Deno.stat(path)
    .catch(() => ({ size: 0, isFile: true }));
  // A pipe gives nothing for ever, and a device more than there is memory.
  if (!isFile) throw new UsageError("it is no file");
  if (size <= MAX_BYTES) return;
  throw new UsageError(
    `it has ${Math.round(size / 1024 / 1024)} MiB, expected at most ${
      MAX_BYTES / 1024 / 1024
    }`,
  );
}

function summary(graded: readonly Graded[]): string[] {
  const students = scores(graded);
  const width = Math.max(...students.map(({ student }) => student.length));
  return [
    ...students.map(({ student, score, maxScore, toGrade }) =>
      `${student.padEnd(width)}  ${score} of ${maxScore} points${
        toGrade === 0 ? "" : `, ${toGrade} for a person to grade`
      }`
    ),
    ...graded.flatMap(({ file, failure }) =>
      failure === null ? [] : [`Not graded: ${file}: ${failure}`]
    ),
  ];
}

const EXIT_STOPPED = 130;
const MAX_BYTES = 50 * 1024 * 1024;
