// deno-lint-ignore-file no-console -- Part of a program whose output is its result.
/**
 * The kernel from the client's side, over real ZeroMQ: `kernel_bench.py` asks,
 * here is what has to come. Times are not judged, they are for
 * `conformance_table.ts`.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import type { Environment } from "./environment.ts";
import type { SuiteResult } from "./suite.ts";

/**
 * Runs the bench once and compares each answer with the right one. Each row of
 * its table with a plain answer counts as one check.
 *
 * @param environment Where Python and the kernel are.
 */
export async function checkConformance(
  environment: Environment,
): Promise<SuiteResult> {
  console.log("\n== kernel_bench.py");
  const table = fromFileUrl(import.meta.resolve("../../out/kernel-bench.md"));
  const json = fromFileUrl(import.meta.resolve("../../out/kernel-bench.json"));
  const repeats = ["--repeats", "1", "--probe-repeats", "1"];
  await runBench(environment, [
    "skein",
    ...repeats,
    "--json",
    json,
    "--markdown",
    table,
  ]);
  const text = await Deno.readTextFile(table);
  const found = readTable(text);
  const wrong = [
    ...Object.entries(RIGHT).filter(([row, answer]) => found[row] !== answer)
      .map(([row, answer]) => `${row}: ${found[row]}, expected ${answer}`),
    // A row that nobody has thought about.
    ...Object.entries(found)
      .filter(([row, answer]) =>
        /^(yes|no|\d+ of \d+)$/.test(answer) && !(row in RIGHT)
      )
      .map(([row, answer]) => `${row}: ${answer}, which is not in the list`),
    ...text.split("\n").filter((line) => line.startsWith("- skein, ")),
  ];
  for (const line of wrong) console.log(`${line} ... FAILED`);
  const total = Object.keys(RIGHT).length;
  const failed = wrong.length;
  return { passed: Math.max(0, total - failed), failed };
}

/**
 * Runs `kernel_bench.py`.
 *
 * @param environment Where Python and the kernels are.
 * @param args What it is told.
 * @throws {Error} If it can not finish.
 */
export async function runBench(
  { python, env }: Environment,
  args: readonly string[],
): Promise<void> {
  const folder = python.slice(0, python.lastIndexOf("/"));
  const bench = fromFileUrl(import.meta.resolve("./kernel_bench.py"));
  const { success, code } = await new Deno.Command(python, {
    args: [bench, ...args],
    // The kernelspec of python3 says "python" and means the environment's.
    env: { ...env, PATH: `${folder}:${Deno.env.get("PATH") ?? ""}` },
    stdout: "inherit",
    stderr: "inherit",
    signal: AbortSignal.timeout(LIMIT_MS),
  }).spawn().status;
  if (!success) throw new Error(`Cannot measure: kernel_bench.py gave ${code}`);
}

/** Rows of a table of one kernel: label and answer. */
function readTable(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split("\n").map((line) => /^\| (.+) \| (.+) \|$/.exec(line))
      .filter((match) => match !== null)
      .map(([, row, answer]) => [row!, answer!]),
  );
}

function all(answer: string, rows: readonly string[]): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [row, answer]));
}

const SIGNALS = ["signal", "message"];
const HANGS = ["busy loop", "pending await", "async sleep"];
const WRITERS = ["worker", "process.stdout.write", "fd write", "subprocess"];
const SESSIONS = [
  "const twice",
  "let twice",
  "class twice",
  "function twice",
  "destructuring twice",
  "const after a failed const",
  "value kept before a throw",
  "closure sees a later assignment",
  "static import",
  "import and use in one cell",
  "same import twice",
  "import default",
  "top-level await",
  "top-level for await",
  "interface twice",
  "enum twice",
];

/** The right answers. */
const RIGHT: Readonly<Record<string, string>> = {
  "kernel_info_requests until an answer": "1 (1–1)",
  "… `idle` lost, of the cells of a round": "0 (0–0)",
  "… cells that failed": "0",
  "… lines received before idle": "20000 (20000–20000)",
  "… lines received for the cell at all": "20000 (20000–20000)",
  ...all("yes", [
    "… all before idle and in order",
    "… received whole",
    "… builtin: has the right one",
    "… string literal: has the right one",
    "… variable's members: has the right one",
    "… global prefix: has the right one",
    "… local of the same cell: has the right one",
    "… typed parameter: has the right one",
    "… own function: right",
    "… method: right",
    "… builtin: right",
    "completion answered while a cell sleeps",
  ]),
  ...all(
    "yes",
    SIGNALS.flatMap((signal) =>
      HANGS.flatMap((hang) =>
        ["error reply within 5 s", "process alive", "state kept"]
          .map((what) => `interrupt by ${signal}, ${hang}: ${what}`)
      )
    ),
  ),
  "heartbeat during a busy loop": "yes",
  "control channel answers during a busy loop": "yes",
  "error: reply status": "error",
  "… `error` message on iopub": "yes",
  "… ename": "Error",
  "… evalue": "x",
  "… names the function": "yes",
  "… names the cell's own line": "yes",
  "… line(s) it names for that function": "17–17",
  "… and the cell ran": "yes",
  ...all("yes", WRITERS.map((who) => `output of ${who}: reaches its cell`)),
  ...all(
    "no",
    WRITERS.map((who) => `output of ${who}: only the process's stdout`),
  ),
  "worker's message arrives": "yes",
  "line printed by a timer after the cell": "own cell",
  "20 lines, then another cell: lines before idle": "20 (20–20)",
  "20 lines, then another cell: lines for their own cell": "20 (20–20)",
  "20 lines, then another cell: lines for the next cell": "0 (0–0)",
  "5000 lines, then another cell: lines before idle": "5000 (5000–5000)",
  "5000 lines, then another cell: lines for their own cell": "5000 (5000–5000)",
  "5000 lines, then another cell: lines for the next cell": "0 (0–0)",
  "stdin: input_request sent": "yes",
  "stdin: works": "yes",
  "is_complete: right of 8": "8",
  ...all("yes", SESSIONS.map((name) => `session: ${name}`)),
  "queued cells aborted after an error": "yes",
  "queued cells run without stop_on_error": "yes",
  "`1+1` gives": "execute_input, execute_result",
  "… its text/plain has ANSI colours": "no",
  "… with silent=True": "none",
  ...all("yes", [
    "type error reported",
    "user_expressions",
    "history_reply",
    "comm_info_reply",
    "syntax error: `error` message",
    "shutdown clean",
  ]),
  "exit code": "0",
};

const LIMIT_MS = 30 * 60_000;
