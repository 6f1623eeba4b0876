/**
 * `skein assign`: the student version of a folder of notebooks, once it is
 * proven.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import {
  type Assignment,
  type Exercise,
  findLeaks,
  Lanes,
  type Proof,
  prove,
  readExercise,
  serializeAssignment,
  tellingLines,
} from "../grading/mod.ts";
import { Translator } from "../kernel/mod.ts";
import { serializeNotebook } from "../nbformat/mod.ts";
import { checkLanguage } from "../runner/mod.ts";
import { EXAM_OPTIONS, readExamOptions } from "./exam_options.ts";
import { findConfig, readNotebook } from "./files.ts";
import { type FolderFiles, listFolder } from "./folder_files.ts";
import { quote } from "./quote.ts";
import { takeSignals } from "./signals.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein assign` takes. */
export const ASSIGN_USAGE: Usage = {
  verb: "assign",
  operand: "FOLDER",
  help:
    "Make the student version of a folder of notebooks. Nothing is written\nunless it is proven: the solution gets every point, the student version\nnone, and each check fails on a faulty solution.",
  options: {
    output: {
      kind: "value",
      short: "o",
      value: "FOLDER",
      help: "Where student/, solution/ and instructor.json go.",
    },
    "accept-line": {
      kind: "values",
      value: "TEXT",
      help: "A line of a solution that students may see. Repeatable.",
    },
    ...EXAM_OPTIONS,
  },
};

/**
 * Proves an assignment and writes its student version.
 *
 * @param args What was typed.
 * @param terminal Where to say what was found.
 * @returns The exit code: 0, or 1 if it is not proven; then nothing is written.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function assign(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const folder = resolve(args.operand);
  const output = await chooseOutput(args, folder);
  const listed = await listFolder(folder);
  const files = listed.others;
  await using translator = new Translator();
  const exercises = await readExercises(folder, listed, translator);
  const stop = new AbortController();
  using _signals = takeSignals(() => stop.abort());
  await using lanes = new Lanes();
  const options = {
    lanes,
    ...readExamOptions(args, { verb: "assign", folder, files }),
    configPath: await findConfig(folder),
    translator,
    signal: stop.signal,
  };
  const problems: string[] = [];
  for (const exercise of exercises) {
    const proof = await prove(exercise, {
      ...options,
      onProgress: (what) =>
        terminal.print(`${exercise.path}: ${what} …`, false),
    });
    if (stop.signal.aborted) return EXIT_STOPPED;
    terminal.print(summary(exercise, proof));
    for (const note of proof.notes) terminal.print(`  note: ${note}`);
    problems.push(...proof.problems.map((one) => `${exercise.path}: ${one}`));
  }
  const assignment: Assignment = {
    name: basename(folder),
    files,
    notebooks: Object.fromEntries(
      exercises.map(({ path, source }) => [path, source]),
    ),
  };
  problems.push(...await leaks(args, { exercises, folder, files }));
  if (problems.length > 0) {
    terminal.print("The assignment is not proven, and nothing is written:");
    for (const problem of problems) terminal.print(`  ${problem}`);
    return 1;
  }
  await writeAssignment(output, { assignment, exercises, folder });
  terminal.print(`student version  ${join(output, "student")}`);
  terminal.print(`for the teacher  ${join(output, "instructor.json")}`);
  return 0;
}

async function chooseOutput(
  { values }: Arguments,
  folder: string,
): Promise<string> {
  const { output } = values;
  if (output === undefined) {
    throw new UsageError(
      "Cannot assign: found no --output, expected the folder to write to",
    );
  }
  const path = resolve(output);
  if (path === folder || path.startsWith(`${folder}/`)) {
    throw new UsageError(
      `Cannot assign: --output ${
        quote(output)
      } is in the folder of the assignment, expected another place`,
    );
  }
  const names = await listNames(path);
  if (names.length > 0 && !names.includes("instructor.json")) {
    throw new UsageError(
      `Cannot assign: ${
        quote(output)
      } holds other files, expected an empty folder or one that skein assign wrote`,
    );
  }
  return path;
}

async function listNames(folder: string): Promise<readonly string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function readExercises(
  folder: string,
  { notebooks }: FolderFiles,
  translator: Translator,
): Promise<Exercise[]> {
  const exercises: Exercise[] = [];
  for (const path of notebooks) {
    const notebook = await readNotebook(join(folder, path));
    try {
      checkLanguage(notebook);
      exercises.push(await readExercise(path, notebook, translator));
    } catch (error) {
      throw new UsageError(
        `Cannot assign notebook ${quote(path)}: ${(error as Error).message}`,
      );
    }
  }
  const isGraded = exercises.some(({ cells }) =>
    cells.some(({ marks }) => marks !== null && (marks.grade || marks.task))
  );
  if (isGraded) return exercises;
  throw new UsageError(
    `Cannot assign ${
      quote(folder)
    }: no notebook in it has a cell with points, expected nbgrader metadata`,
  );
}

function summary(
  { path }: Exercise,
  { checks, points, mutants, problems }: Proof,
): string {
  if (checks === 0) return `${path}: no checks, ${points} points by a person`;
  return `${path}: ${checks} checks, ${points} points, ${mutants} faulty solutions tried${
    problems.length === 0 ? "" : `, ${problems.length} problems`
  }`;
}

/** Lines of solutions in any file that students get. */
async function leaks(
  { lists }: Arguments,
  { exercises, folder, files }: {
    readonly exercises: readonly Exercise[];
    readonly folder: string;
    readonly files: readonly string[];
  },
): Promise<string[]> {
  const secrets = tellingLines(
    exercises.flatMap(({ secrets }) => secrets),
    lists["accept-line"],
  );
  const given: Record<string, unknown> = {};
  for (const { path, release } of exercises) given[path] = release;
  for (const path of files) {
    const bytes = await Deno.readFile(join(folder, path));
    given[path] = new TextDecoder().decode(bytes);
  }
  return findLeaks(secrets, given).map(({ path, line }) =>
    `${path}: students would get a line of a solution: ${
      quote(line.slice(0, MAX_SHOWN))
    } (if they may, --accept-line)`
  );
}

/** All of it, or nothing: it is made beside its place, and then takes it. */
async function writeAssignment(
  output: string,
  { assignment, exercises, folder }: {
    readonly assignment: Assignment;
    readonly exercises: readonly Exercise[];
    readonly folder: string;
  },
): Promise<void> {
  await Deno.mkdir(dirname(output), { recursive: true });
  const made = await Deno.makeTempDir({
    dir: dirname(output),
    prefix: `.${basename(output)}-`,
  });
  try {
    const put = async (path: string, text: string) => {
      await Deno.mkdir(dirname(join(made, path)), { recursive: true });
      await Deno.writeTextFile(join(made, path), text);
    };
    for (const { path, release, source } of exercises) {
      await put(`student/${path}`, serializeNotebook(release));
      await put(`solution/${path}`, serializeNotebook(source));
    }
    for (const path of assignment.files) {
      for (const part of ["student", "solution"]) {
        await Deno.mkdir(dirname(join(made, part, path)), { recursive: true });
        await Deno.copyFile(join(folder, path), join(made, part, path));
      }
    }
    await Deno.writeTextFile(
      join(made, "instructor.json"),
      serializeAssignment(assignment),
      { mode: 0o600 },
    );
    if (Deno.build.os !== "windows") {
      await Deno.chmod(made, 0o755);
      // Solutions are the teacher's alone.
      await Deno.chmod(join(made, "solution"), 0o700);
    }
    await takePlace(made, output);
  } catch (error) {
    await Deno.remove(made, { recursive: true }).catch(() => {});
    throw error;
  }
}

async function takePlace(made: string, output: string): Promise<void> {
  const old = `${made}-old`;
  const had = await Deno.rename(output, old).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
  try {
    await Deno.rename(made, output);
  } catch (error) {
    if (had) await Deno.rename(old, output);
    throw error;
  }
  if (had) await Deno.remove(old, { recursive: true });
}

const EXIT_STOPPED = 130;
const MAX_SHOWN = 60;
