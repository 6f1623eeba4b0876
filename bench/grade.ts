/**
 * Forty small submissions, graded by `skein grade` on two cores and by nbgrader,
 * which works on one at a time.
 *
 * Both are given the same work in their own language: a notebook with two
 * answers and two checks. They take turns, half of the submissions each time.
 * @module
 */
import { delimiter as DELIMITER, dirname, join } from "node:path";
import {
  type Environment,
  prepareEnvironment,
} from "../tests/jupyter/environment.ts";
import { notebookOf } from "../grading/test_exam.ts";
import { type Notebook, serializeNotebook } from "../nbformat/mod.ts";
import { fromFileUrl } from "../session/mod.ts";
import { printRows, summarize } from "./report.ts";

/** Grades, and prints how long both took. */
export async function benchGrade(): Promise<void> {
  const environment = await prepareEnvironment();
  const root = await Deno.makeTempDir({ prefix: "skein-bench-grade-" });
  try {
    const ours = join(root, "ours");
    const theirs = join(root, "theirs");
    await prepareOurs(ours);
    await prepareTheirs(theirs, environment);
    const times: Record<"ours" | "theirs", number> = { ours: 0, theirs: 0 };
    for (let half = 0; half < 2; half++) {
      const students = STUDENTS.filter((_, at) => at % 2 === half);
      times.theirs += await timed(() =>
        gradeTheirs(theirs, environment, students)
      );
      times.ours += await timed(() => gradeOurs(ours, students));
    }
    const than = summarize([times.theirs]);
    printRows([
      {
        name: `nbgrader autograde, ${STUDENTS.length} submissions`,
        summary: than,
      },
      {
        name: `skein grade --jobs 2, ${STUDENTS.length} submissions`,
        summary: summarize([times.ours]),
        goal: "under a quarter",
        than,
      },
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** The teacher's notebook. */
function oursSource(): Notebook {
  return notebookOf([
    ["code", 'import assert from "node:assert/strict";'],
    [
      "answer square",
      "// BEGIN SOLUTION\nfunction square(x: number) { return x * x; }\n// END SOLUTION",
    ],
    [
      "check c1 2",
      "assert.equal(square(3), 9);\nassert.equal(square(-4), 16);",
    ],
    [
      "answer total",
      "// BEGIN SOLUTION\nfunction total(list: number[]) { return list.reduce((a, b) => a + b, 0); }\n// END SOLUTION",
    ],
    [
      "check c2 3",
      "assert.equal(total([1, 2, 3]), 6);\nassert.equal(total([]), 0);",
    ],
  ]);
}

function theirsSource(): Notebook {
  const { cells, ...rest } = oursSource();
  const sources = [
    "import math",
    "### BEGIN SOLUTION\ndef square(x):\n    return x * x\n### END SOLUTION",
    "assert square(3) == 9\nassert square(-4) == 16",
    "### BEGIN SOLUTION\ndef total(items):\n    return sum(items)\n### END SOLUTION",
    "assert total([1, 2, 3]) == 6\nassert total([]) == 0",
  ];
  return {
    ...rest,
    metadata: {
      kernelspec: {
        name: "python3",
        display_name: "Python 3",
        language: "python",
      },
      language_info: { name: "python" },
    },
    cells: cells.map((cell, at) => ({ ...cell, source: sources[at]! })),
  };
}

async function prepareOurs(root: string): Promise<void> {
  await write(join(root, "hw", "a.ipynb"), oursSource());
  await must(
    Deno.execPath(),
    ["run", "-A", MAIN, "assign", "hw", "-o", "out"],
    { cwd: root },
  );
  const solved = withAnswers(oursSource(), [
    "const square = (x: number) => x ** 2;",
    "const total = (list: number[]) => { let sum = 0; for (const x of list) sum += x; return sum; };",
  ]);
  for (const student of STUDENTS) {
    await write(join(root, "in", student, "a.ipynb"), solved);
  }
}

async function gradeOurs(root: string, students: readonly string[]) {
  const files = students.map((student) => join("in", student, "a.ipynb"));
  await must(Deno.execPath(), [
    ...["run", "-A", MAIN, "grade", ...files, "-a", "out"],
    ...["--jobs", "2", "--csv", "grades.csv"],
  ], { cwd: root });
  const rows = await Deno.readTextFile(join(root, "grades.csv"));
  checkAll(rows.match(/,5,0,5,5\r\n/g)?.length, students);
}

async function prepareTheirs(root: string, environment: Environment) {
  await write(join(root, "source", "hw", "a.ipynb"), theirsSource());
  await Deno.writeTextFile(
    join(root, "nbgrader_config.py"),
    'c = get_config()\nc.CourseDirectory.course_id = "bench"\n',
  );
  await nbgrader(root, environment, ["generate_assignment", "hw", "--create"]);
  const released = JSON.parse(
    await Deno.readTextFile(join(root, "release", "hw", "a.ipynb")),
  );
  for (
    const [id, source] of Object.entries({
      square: "def square(x):\n    return x ** 2",
      total:
        "def total(items):\n    out = 0\n    for x in items:\n        out += x\n    return out",
    })
  ) {
    for (const cell of released.cells) {
      if (cell.metadata.nbgrader?.grade_id === id) cell.source = source;
    }
  }
  for (const student of STUDENTS) {
    const path = join(root, "submitted", student, "hw", "a.ipynb");
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, JSON.stringify(released));
  }
}

async function gradeTheirs(
  root: string,
  environment: Environment,
  students: readonly string[],
) {
  await nbgrader(root, environment, [
    ...["autograde", "hw", "--create", "--force"],
    `--CourseDirectory.student_id=[${students[0]![0]}]*`,
  ]);
  await nbgrader(root, environment, ["export", "--to", "grades.csv"]);
  const rows = await Deno.readTextFile(join(root, "grades.csv"));
  const graded = students.filter((student) =>
    new RegExp(`,${student},.*,5\\.0,5\\.0`).test(rows)
  );
  checkAll(graded.length, students);
}

/** Who was faster and graded nothing was not faster. */
function checkAll(found: number | undefined, students: readonly string[]) {
  if (found === students.length) return;
  throw new Error(
    `Cannot compare: ${
      found ?? 0
    } of ${students.length} submissions got their points`,
  );
}

function withAnswers(notebook: Notebook, answers: readonly string[]): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell, at) =>
      at === 1 || at === 3 ? { ...cell, source: answers[(at - 1) / 2]! } : cell
    ),
  };
}

async function write(path: string, notebook: Notebook): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, serializeNotebook(notebook));
}

async function nbgrader(
  cwd: string,
  { python, env }: Environment,
  args: readonly string[],
): Promise<void> {
  // It starts programs of its environment by their names.
  const PATH = `${dirname(python)}${DELIMITER}${Deno.env.get("PATH")}`;
  const options = { cwd, env: { ...env, PATH } };
  await must(python, ["-m", "nbgrader", ...args], options);
}

async function must(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Environment["env"] },
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    ...options,
    args: [...args],
    signal: AbortSignal.timeout(LIMIT_MS),
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(
    `Cannot grade: ${args.join(" ")} failed: ${decoder.decode(stdout)}${
      decoder.decode(stderr)
    }`,
  );
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

/** Two halves, told apart by their first letter. */
const STUDENTS = Array.from(
  { length: 40 },
  (_, at) => `${"ab"[at % 2]}${String(at).padStart(2, "0")}`,
);
const MAIN = fromFileUrl(import.meta.resolve("../main.ts"));
const LIMIT_MS = 20 * 60_000;
