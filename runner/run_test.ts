import assert from "node:assert/strict";
import type { Cell, CodeCell, Notebook } from "../nbformat/mod.ts";
import type { Output } from "../protocol/mod.ts";
import { isAlive, untilGone, within } from "../tests/session/within.ts";
import {
  type CellEnd,
  runNotebook,
  type RunOptions,
  type RunResult,
} from "./mod.ts";

Deno.test("runNotebook() runs cells in order and keeps their outputs", async () => {
  const seen: string[] = [];
  const { notebook, ...result } = await run(
    ["let n = 1;", "console.log('n is', n);\nn += 1;\nn", "  \n", "n * 10"],
    {
      onStart: ({ number, total }) => seen.push(`start ${number}/${total}`),
      onEnd: ({ number, error }) => seen.push(`end ${number} ${error}`),
    },
  );
  assert.deepEqual(outputs(notebook), [[], ["n is 1\n", "2"], [], ["20"]]);
  assert.deepEqual(counts(notebook), [1, 2, null, 3]);
  assert.deepEqual(seen, [
    "start 1/3",
    "end 1 null",
    "start 2/3",
    "end 2 null",
    "start 3/3",
    "end 3 null",
  ]);
  assert.equal(result.cells, 3);
  assert.deepEqual(result.failures, []);
  assert.equal(result.stopped, false);
});

Deno.test("runNotebook() of a notebook without code runs nothing", async () => {
  const { notebook, cells } = await run([markdown("# Hi"), " "]);
  assert.equal(cells, 0);
  assert.deepEqual(notebook.cells[0], markdown("# Hi"));
});

Deno.test("runNotebook() stops at the first cell that fails", async () => {
  const { notebook, cells, failures } = await run(
    ["1", "throw new RangeError('no')", "3"],
  );
  assert.deepEqual(outputs(notebook), [["1"], ["RangeError: no"], []]);
  assert.deepEqual(counts(notebook), [1, 2, null]);
  assert.equal(cells, 2);
  assert.deepEqual(failures.map(({ number }) => number), [2]);
});

Deno.test("runNotebook() goes on after errors when they are allowed", async () => {
  const { notebook, cells, failures } = await run(
    ["throw new Error('a')", "let = = 1", "3"],
    { allowErrors: true },
  );
  const [a, b, c] = outputs(notebook);
  assert.deepEqual(a, ["Error: a"]);
  assert.match(b![0]!, /^SyntaxError: /);
  assert.deepEqual(c, ["3"]);
  assert.equal(cells, 3);
  assert.deepEqual(failures.map(({ number }) => number), [1, 2]);
});

Deno.test("runNotebook() lets a cell tagged raises-exception fail", async () => {
  const ends: CellEnd[] = [];
  const expected = {
    ...code("throw new Error('as told')"),
    metadata: { tags: ["raises-exception"] },
  };
  const { notebook, failures } = await run([expected, "2"], {
    onEnd: (end) => ends.push(end),
  });
  assert.deepEqual(outputs(notebook), [["Error: as told"], ["2"]]);
  assert.deepEqual(failures, []);
  assert.equal(ends[0]?.error?.evalue, "as told");
});

Deno.test("runNotebook() obeys the option lines of a cell", async () => {
  const { notebook, failures } = await run([
    "#| error: true\nthrow new Error('as told')",
    "//| eval: false\nconsole.log('never')",
    "#| echo: false\n2",
  ]);
  assert.deepEqual(outputs(notebook), [["Error: as told"], [], ["2"]]);
  assert.deepEqual(failures, []);
});

Deno.test("runNotebook() interrupts a cell that takes too long, and says so", async () => {
  const check = async (endless: string) => {
    const { notebook, failures } = await run([`let n = 1; ${endless}`, "n"], {
      timeoutMs: 2000,
      allowErrors: true,
    });
    const text =
      "the cell took longer than 2 s (--timeout) and was interrupted";
    // Variables are kept, so the session is the same.
    assert.deepEqual(outputs(notebook), [[`TimeoutError: ${text}`], ["1"]]);
    assert.equal(failures.length, 1);
    assert.match(failures[0]!.error!.traceback.join("\n"), /longer than 2 s/);
  };
  await Promise.all([
    check("while (true) {}"),
    check("await new Promise(() => {})"),
  ]);
});

Deno.test("runNotebook() takes a limit longer than a timer can wait", async () => {
  const { notebook } = await run(["1"], { timeoutMs: 3e9 });
  assert.deepEqual(outputs(notebook), [["1"]]);
});

Deno.test("runNotebook() gives late text to the cell that caused it", async () => {
  const { notebook } = await run([
    `const late = Promise.withResolvers();
     setTimeout(() => { console.log("late"); late.resolve(); }, 1);
     console.log("early");`,
    `console.log("second"); await late.promise;`,
  ]);
  assert.deepEqual(outputs(notebook), [["early\nlate\n"], ["second\n"]]);
});

Deno.test("runNotebook() keeps nothing of an earlier run", async () => {
  const old: Output = { output_type: "stream", name: "stdout", text: "old" };
  const stale = (source: string) => ({
    ...code(source),
    execution_count: 9,
    outputs: [old],
  });
  const { notebook } = await run([
    stale("1"),
    stale(""),
    stale("throw new Error('no')"),
    stale("4"),
  ]);
  assert.deepEqual(outputs(notebook), [["1"], [], ["Error: no"], []]);
  assert.deepEqual(counts(notebook), [1, null, 2, null]);
});

Deno.test("runNotebook() leaves its input, and what is no code, as it was", async () => {
  const raw: Cell = {
    cell_type: "raw",
    id: "raw",
    metadata: { format: "text/x" },
    source: "x",
  };
  const given = notebookOf([markdown("*Hi*"), raw, "console.log(1)"]);
  const before = structuredClone(given);
  const { notebook } = await runWithin(given);
  assert.deepEqual(given, before);
  assert.deepEqual(notebook.cells.slice(0, 2), before.cells.slice(0, 2));
});

Deno.test("runNotebook() adds metadata only where it is missing", async () => {
  const check = async (
    metadata: Record<string, unknown>,
    expected: readonly [kernel: unknown, language: unknown, title: unknown],
  ) => {
    const { notebook } = await runWithin({ ...notebookOf([]), metadata });
    const { kernelspec, language_info, title } = notebook.metadata;
    const name = (value: unknown) => (value as { name: string }).name;
    assert.deepEqual([name(kernelspec), name(language_info), title], expected);
  };
  await check({}, ["skein", "typescript", undefined]);
  await check(
    { kernelspec: { name: "deno" }, title: "T" },
    ["deno", "typescript", "T"],
  );
});

Deno.test("runNotebook() ends at once when it is stopped, and all it started", async () => {
  const stopper = new AbortController();
  const folder = await Deno.makeTempDir({ prefix: "skein run " });
  try {
    const spinning = `
      const child = new Deno.Command("sleep", { args: ["1000"] }).spawn();
      console.log(Deno.pid, child.pid);
      Deno.writeTextFileSync("spinning", "");
      while (true) {}`;
    const ends: CellEnd[] = [];
    const running = runWithin(notebookOf(["1", spinning, "3"]), {
      notebookUrl: new URL(`file://${folder}/n.ipynb`).href,
      signal: stopper.signal,
      onEnd: (end) => ends.push(end),
    });
    await untilWritten(folder, "spinning");
    stopper.abort();
    const { notebook, stopped, cells } = await running;
    const [first, second, third] = outputs(notebook);
    assert.equal(stopped, true);
    assert.equal(cells, 2);
    assert.deepEqual(first, ["1"]);
    assert.deepEqual(third, []);
    assert.match(second!.at(-1)!, /^RunStopped: .* 1 cell after it did not/);
    assert.deepEqual(ends.map(({ stopped }) => stopped), [false, true]);
    const pids = second![0]!.match(/\d+/g)!.map(Number);
    assert.equal(pids.length, 2);
    // The session is gone when the run is over; its guard ends the rest.
    assert.equal(isAlive(pids[0]!), false);
    await untilGone(...pids);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("runNotebook() that is stopped before it begins runs nothing", async () => {
  const { notebook, cells, stopped } = await run(["1"], {
    signal: AbortSignal.abort(),
  });
  assert.deepEqual(outputs(notebook), [[]]);
  assert.equal(cells, 0);
  assert.equal(stopped, true);
});

Deno.test("runNotebook() leaves cells tagged skip-execution as they are", async () => {
  const skipped: Cell = {
    cell_type: "code",
    id: "c1",
    metadata: { tags: ["skip-execution", "other"] },
    source: "throw new Error('it was run')",
    execution_count: 7,
    outputs: [{ output_type: "stream", name: "stdout", text: "kept" }],
  };
  const result = await run(['"runs"', skipped, '"goes on"']);
  assert.deepEqual(outputs(result.notebook), [
    ['"runs"'],
    ["kept"],
    ['"goes on"'],
  ]);
  assert.deepEqual(result.notebook.cells[1], skipped);
  const { cells, notRun, failures } = result;
  assert.deepEqual({ cells, notRun, failures }, {
    cells: 2,
    notRun: 0,
    failures: [],
  });
});

Deno.test("runNotebook() counts the cells that a failure kept from running", async () => {
  const { cells, notRun } = await run(["1", "throw 2", "3", "4"]);
  assert.deepEqual({ cells, notRun }, { cells: 2, notRun: 2 });
});

type Options = Partial<RunOptions>;

function run(
  cells: readonly (string | Cell)[],
  options: Options = {},
): Promise<RunResult> {
  return runWithin(notebookOf(cells), options);
}

function runWithin(
  notebook: Notebook,
  options: Options = {},
): Promise<RunResult> {
  return within(
    runNotebook(notebook, {
      notebookUrl: new URL("notebook.ipynb", import.meta.url).href,
      permissions: { type: "all" },
      ...options,
    }),
    DEADLINE_MS,
    "the end of the run",
  );
}

/** Resolves when a cell has written a file, by which it says how far it is. */
async function untilWritten(folder: string, name: string): Promise<void> {
  using watcher = Deno.watchFs(folder);
  const isThere = () =>
    [...Deno.readDirSync(folder)].some((e) => e.name === name);
  const wait = async () => {
    if (isThere()) return;
    for await (const _ of watcher) if (isThere()) return;
  };
  await within(wait(), DEADLINE_MS, `the file ${name}`);
}

function notebookOf(cells: readonly (string | Cell)[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell, index) => ({
      ...typeof cell === "string" ? code(cell) : cell,
      id: `c${index}`,
    })),
  };
}

function code(source: string): CodeCell {
  return {
    cell_type: "code",
    id: "c0",
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  };
}

function markdown(source: string): Cell {
  return { cell_type: "markdown", id: "c0", metadata: {}, source };
}

/** What code cells show, each output as one text. */
function outputs({ cells }: Notebook): string[][] {
  return cells.filter((cell) => cell.cell_type === "code").map(({ outputs }) =>
    outputs.map((output) => {
      switch (output.output_type) {
        case "stream":
          return output.text;
        case "error":
          return `${output.ename}: ${output.evalue}`;
        case "other":
          return JSON.stringify(output.inFile);
        default:
          return String(output.data["text/plain"]);
      }
    })
  );
}

function counts({ cells }: Notebook): (number | null)[] {
  return cells.filter((cell) => cell.cell_type === "code")
    .map(({ execution_count }) => execution_count);
}

/** Generous: only a defect meets it. */
const DEADLINE_MS = 60_000;
