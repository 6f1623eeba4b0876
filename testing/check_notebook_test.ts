import assert from "node:assert/strict";
import type { CodeCell, Notebook } from "../nbformat/mod.ts";
import { parseNotebook } from "../nbformat/mod.ts";
import { type NotebookTestOptions, testNotebook } from "./check_notebook.ts";
import { updateOutputs } from "./update.ts";

function code(source: string, more: Partial<CodeCell> = {}): CodeCell {
  return {
    cell_type: "code",
    id: `c${ids++}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
    ...more,
  };
}
let ids = 0;

function saved(text: string): Partial<CodeCell> {
  return {
    execution_count: 1,
    outputs: [{ output_type: "stream", name: "stdout", text }],
  };
}

async function run(
  cells: readonly CodeCell[],
  { metadata = {}, ...options }:
    & Partial<NotebookTestOptions>
    & { readonly metadata?: Notebook["metadata"] } = {},
) {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells,
  };
  const tested = await testNotebook(notebook, {
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    languageServer: false,
    ...options,
  });
  return {
    ...tested,
    lines: tested.results.map(({ kind, cell, outcome, message }) =>
      `${cell} ${kind} ${outcome}${message === "" ? "" : `: ${message}`}`
    ),
  };
}

Deno.test("testNotebook() gives a result a cell, a comparison and a declared test", async () => {
  const { lines, changed } = await run([
    code("const x = 1;"),
    code("console.log(x)", saved("1\n")),
    code("console.log(x + 1)", { id: "wrong", ...saved("3\n") }),
    code(
      'Deno.test("a", () => {}); Deno.test("b", async (t) => { await t.step("in", () => { throw new Error("no"); }); });',
    ),
    // One fault is one failure, whatever was saved.
    code("throw new RangeError('bad')", saved("fine\n")),
    code("x"),
    code("   "),
  ]);
  assert.deepEqual(lines, [
    "1 cell passed",
    "2 cell passed",
    "2 outputs passed",
    "3 cell passed",
    "3 outputs failed: stdout: differs",
    "4 cell failed: TestsFailed: 1 of 2 failed: b",
    "4 test passed",
    "4 test failed: Error: no",
    "4 test failed: b > in: Error: no",
    "5 cell failed: RangeError: bad",
    "6 cell passed",
  ]);
  assert.deepEqual([...changed.keys()], ["wrong"]);
});

Deno.test("testNotebook() obeys the tags and comments of nbval, and Skein's own", async () => {
  const tagged = (tag: string) => ({ metadata: { tags: [tag] } });
  const { lines } = await run([
    code("throw 1", tagged("nbval-skip")),
    code("// NBVAL_SKIP\nthrow 1"),
    code("throw new Error('x')", tagged("nbval-raises-exception")),
    code("// NBVAL_RAISES_EXCEPTION\nthrow new Error('x')"),
    code("throw new Error('x')", tagged("raises-exception")),
    code("console.log(1)", { ...saved("2"), ...tagged("nbval-ignore-output") }),
    code("console.log(1)", {
      ...saved("2"),
      metadata: { skein: { compare: "ignore" } },
    }),
    code("console.log(1.01)", {
      ...saved("1"),
      metadata: { skein: { compare: { numbers: { rel: 0.1 } } } },
    }),
    code("console.log('abc')", {
      metadata: { skein: { compare: { claims: ["abc", "d"] } } },
    }),
    code("1", tagged("skip-execution")),
  ]);
  assert.deepEqual(lines, [
    "1 cell skipped: the cell says so",
    "2 cell skipped: the cell says so",
    "3 cell passed",
    "4 cell passed",
    "5 cell passed",
    "6 cell passed",
    "7 cell passed",
    "8 cell passed",
    "8 outputs passed",
    "9 cell passed",
    '9 outputs failed: it does not say "d"',
    "10 cell skipped: the cell says so",
  ]);
});

Deno.test("testNotebook() compares only what asks for it when it is lax", async () => {
  const { lines } = await run([
    code("console.log(1)", saved("2")),
    code("// NBVAL_CHECK_OUTPUT\nconsole.log(1)", saved("2")),
  ], { isLax: true });
  assert.deepEqual(lines, [
    "1 cell passed",
    "2 cell passed",
    "2 outputs failed: stdout: differs",
  ]);
});

Deno.test("testNotebook() skips what comes after a time-out or the end of a session", async () => {
  const [late, gone] = await Promise.all([
    run([code("1"), code("while (true) {}"), code("2")], { timeoutMs: 1500 }),
    run([code("Deno.exit(3)"), code("2")]),
  ]);
  assert.deepEqual(late.lines, [
    "1 cell passed",
    "2 cell error: TimeoutError: the cell took longer than 1.5 s (--timeout) and was interrupted",
    "3 cell skipped: cell 2 timed out",
  ]);
  assert.match(gone.lines[0]!, /^1 cell error: SessionEnded/);
  assert.equal(gone.lines[1], "2 cell skipped: cell 1 ended the session");
});

Deno.test("testNotebook() obeys what nbmake reads in a notebook", async () => {
  const allowed = await run([code("throw new Error('x')")], {
    metadata: { execution: { allow_errors: true } },
  });
  assert.deepEqual(allowed.lines, ["1 cell passed"]);
  const late = await run([code("while (true) {}")], {
    metadata: { execution: { timeout: 1 } },
  });
  assert.match(late.lines[0]!, /longer than 1 s/);
});

Deno.test("testNotebook() refuses a comparison that it does not know", async () => {
  await assert.rejects(
    run([
      code("1"),
      code("2", { metadata: { skein: { compare: "exactly" } } }),
    ]),
    /^TypeError: cell 2: skein\.compare is "exactly", expected "exact"/,
  );
});

Deno.test("updateOutputs() changes the cells that differ and no other byte", () => {
  for (const unit of ["", " ", "  ", "\t"]) {
    const file = {
      nbformat_minor: 5,
      metadata: { zeta: 1.0, alpha: "\u00e9" },
      cells: [
        {
          source: ["a\n", "b"],
          id: "one",
          outputs: [],
          cell_type: "code",
          metadata: {},
          execution_count: null,
        },
        { id: "two", cell_type: "markdown", metadata: {}, source: "text" },
        {
          id: "three",
          cell_type: "code",
          metadata: { x: [1] },
          source: "c",
          outputs: [{ output_type: "stream", name: "stdout", text: ["old"] }],
          execution_count: 7,
        },
      ],
      nbformat: 4,
    };
    const text = JSON.stringify(file, null, unit).replace("1,", "1.0,") +
      "\n\n";
    const notebook = parseNotebook(text);
    assert.equal(updateOutputs(text, notebook, new Map()), text);
    const cell = { ...notebook.cells[2] as CodeCell, ...saved("new\nlines") };
    const updated = updateOutputs(text, notebook, new Map([["three", cell]]));
    const expected = structuredClone(file);
    expected.cells[2]!.outputs = [{
      name: "stdout",
      output_type: "stream",
      text: ["new\n", "lines"],
    }] as never;
    expected.cells[2]!.execution_count = 1;
    assert.equal(
      updated,
      JSON.stringify(expected, null, unit).replace("1,", "1.0,") + "\n\n",
    );
  }
});
