import assert from "node:assert/strict";
import type { CodeCell } from "../nbformat/mod.ts";
import type { CellEnd, RunResult } from "../runner/mod.ts";
import { endLine, failureText, startLine, summaryText } from "./progress.ts";

Deno.test("startLine() names the cell by its first line with text", () => {
  const check = (source: string, expected: string) => {
    const line = startLine({ number: 2, total: 10, cell: cell(source) });
    assert.equal(line, `[ 2/10]      …  ${expected}`);
  };
  check("a\nb", "a");
  check("\n  \n  // x\nb", "  // x");
  check("", "");
  check("a\r\nb", "a");
  check("a\tb\x1b[2J", "a b [2J");
  check("x".repeat(58), "x".repeat(58));
  check("x".repeat(59), "x".repeat(57) + "…");
  check("🦕".repeat(59), "🦕".repeat(57) + "…");
});

Deno.test("endLine() says how long it took, and what went wrong", () => {
  const check = (end: Partial<CellEnd>, expected: string) =>
    assert.equal(endLine({ ...END, ...end }), expected);
  check({}, "[1/3]   0.12s  f();");
  check({ number: 3, elapsedMs: 61_234 }, "[3/3]  61.23s  f();");
  check({ error: ERROR }, "[1/3]   0.12s  f();  ✗ RangeError");
});

Deno.test("failureText() shows the traceback below its cell", () => {
  const text = failureText({ ...END, number: 2, error: ERROR });
  assert.equal(text, "Cell 2 failed:\nRangeError: no\nCell [2], line 1");
});

Deno.test("summaryText() counts, and lists what was written", () => {
  const check = (
    result: Partial<RunResult>,
    files: Record<string, string>,
    expected: string,
  ) => assert.equal(summaryText({ ...RESULT, ...result }, files), expected);
  check({}, {}, "2 cells run, 0 errors, 1.3 s");
  check({ cells: 1, failures: [END] }, {}, "1 cell run, 1 error, 1.3 s");
  check(
    { stopped: true },
    {},
    "2 cells run, 0 errors, 1.3 s; stopped before its end",
  );
  check(
    { stopped: true, notRun: 1 },
    {},
    "2 cells run, 0 errors, 1.3 s; stopped before its end; 1 cell not run",
  );
  check(
    { failures: [END], notRun: 2 },
    {},
    "2 cells run, 1 error, 1.3 s; 2 cells not run",
  );
  check(
    {},
    { notebook: "out/a.ipynb", page: "a.html" },
    "2 cells run, 0 errors, 1.3 s\n  notebook  out/a.ipynb\n  page      a.html",
  );
});

function cell(source: string): CodeCell {
  return {
    cell_type: "code",
    id: "a",
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  };
}

const ERROR = {
  output_type: "error",
  ename: "RangeError",
  evalue: "no",
  traceback: ["RangeError: no", "Cell [2], line 1"],
} as const;

const END: CellEnd = {
  stopped: false,
  tests: [],
  number: 1,
  total: 3,
  cell: cell("f();\ng();"),
  done: cell("f();\ng();"),
  elapsedMs: 123.4,
  error: null,
};

const RESULT: RunResult = {
  notRun: 0,
  notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] },
  cells: 2,
  failures: [],
  stopped: false,
  elapsedMs: 1_260,
};
