import assert from "node:assert/strict";
import type { CellOutput } from "../nbformat/mod.ts";
import { compareOutputs } from "./compare.ts";
import { findTable, numberIn } from "./tables.ts";
import type { CompareMode } from "./wishes.ts";

const EXACT: CompareMode = { type: "exact" };
const stdout = (text: string): CellOutput => ({
  output_type: "stream",
  name: "stdout",
  text,
});
const stderr = (text: string): CellOutput => ({
  output_type: "stream",
  name: "stderr",
  text,
});
const data = (data: Record<string, unknown>): CellOutput => ({
  output_type: "display_data",
  data,
  metadata: {},
});

function differs(
  before: readonly CellOutput[],
  after: readonly CellOutput[],
  mode: CompareMode,
): boolean {
  return compareOutputs(before, after, mode).length > 0;
}

Deno.test("compareOutputs() leaves out what differs for no reason", () => {
  const check = (a: CellOutput[], b: CellOutput[], expected: boolean) =>
    assert.equal(differs(a, b, EXACT), expected);
  check([stdout("a\n"), stdout("b")], [stdout("a\nb\n")], false);
  check([stdout("a  \r\nb")], [stdout("a\nb")], false);
  check([stdout("a"), stderr("warn")], [stdout("a")], false);
  check([stdout("a")], [stdout("b")], true);
  // Times in the report of a cell's tests, and nowhere else.
  const report = (ms: number, verdict = "ok") =>
    stdout(
      `running 1 test\na ... ${verdict} (${ms}ms)\n  b ... ok (${ms}ms)\n\n` +
        `${verdict} | 1 passed | 0 failed (${ms}ms)\n`,
    );
  check([report(3)], [report(21)], false);
  check([report(3)], [report(3, "FAILED")], true);
  check([stdout("took (3ms)")], [stdout("took (4ms)")], true);
  check([stdout("a ... ok (3ms)")], [stdout("a ... ok (4ms)")], true);
  check([stdout("a")], [], true);
  check([], [stdout("a")], true);
  const error = (traceback: string): CellOutput => ({
    output_type: "error",
    ename: "TypeError",
    evalue: "no",
    traceback: [traceback],
  });
  check([error("x")], [error("y")], false);
  check([data({ "text/plain": "f", "image/png": "AA" })], [
    data({ "text/plain": "f", "image/png": "BB" }),
  ], false);
  check([data({ "image/png": "AAAA" })], [data({ "image/png": "BBBB" })], true);
  check([data({ "application/json": { a: 1 } })], [
    data({ "application/json": { a: 2 } }),
  ], true);
  check(
    [data({
      "text/plain": "w",
      "application/vnd.jupyter.widget-view+json": { model_id: "1" },
    })],
    [data({
      "text/plain": "w",
      "application/vnd.jupyter.widget-view+json": { model_id: "2" },
    })],
    false,
  );
});

Deno.test("compareOutputs() says what differs, images by their bytes", () => {
  assert.deepEqual(
    compareOutputs([stdout("a\nb\nc")], [stdout("a\nx\nc")], EXACT),
    [
      "stdout: differs in line 2\n- b\n+ x",
    ],
  );
  const [text] = compareOutputs([data({ "image/png": "AAAA" })], [
    data({ "image/png": "BBBB" }),
  ], EXACT);
  assert.match(
    text!,
    /^image\/png: differs\n- 3 bytes, sha256 \w{12}\n\+ 3 bytes, sha256 \w{12}$/,
  );
  assert.deepEqual(compareOutputs([], [stdout("hi")], EXACT), [
    "it shows stdout, showed nothing: hi",
  ]);
});

Deno.test("compareOutputs() takes numbers within a tolerance, and nothing else", () => {
  const check = (
    a: string,
    b: string,
    [rel, abs]: [number, number],
    expected: boolean,
  ) =>
    assert.equal(
      differs([stdout(a)], [stdout(b)], { type: "numbers", rel, abs }),
      expected,
    );
  check("took 100 ms", "took 109 ms", [0.1, 0], false);
  check("took 100 ms", "took 120 ms", [0.1, 0], true);
  check("took 100 ms", "spent 100 ms", [0.1, 0], true);
  check("0 and 1e-9", "0.001 and 0", [0, 0.01], false);
  check("x2 = 5", "x3 = 5", [1, 1], true);
  check("-1.5", "1.5", [0.1, 0], true);
  check("5", "5 6", [1, 1], true);
});

Deno.test("compareOutputs() of a shape compares what a figure says", () => {
  const table = (
    rows: string,
  ) => [
    data({
      "text/plain":
        `Title\n\n| model | median | ratio |\n| --- | --- | --- |\n${rows}`,
      "image/svg+xml": String(Math.random()),
    }),
  ];
  const check = (a: string, b: string, expected: RegExp | null) => {
    const found = compareOutputs(table(a), table(b), { type: "shape" });
    if (expected === null) assert.deepEqual(found, []);
    else assert.match(found.join(), expected);
  };
  const before = "| async | 90 ms | 1x |\n| pool | 20 ms | 4.5 (3.9–5.1x) |";
  check(
    before,
    "| async | 0.1 s | 1x |\n| pool | 31 ms | 3.2 (2.9–3.5x) |",
    null,
  );
  check(
    before,
    "| async | 10 ms | 1x |\n| pool | 20 ms | 0.5 (0.4–0.6x) |",
    /least "median" is async, was pool.*is below 1, was above 1/s,
  );
  check(
    before,
    "| async | 90 ms | 1x |\n| pool | 85 ms | 1.1 (0.9–1.2x) |",
    /is around 1, was above 1/,
  );
  check(before, "| async | 90 ms | 1x |", /rows are async, were async, pool/);
  assert.equal(
    differs([stdout("took 5 ms")], [stdout("took 700 ms")], { type: "shape" }),
    false,
  );
  assert.equal(
    differs([stdout("took 5 ms")], [stdout("took 5 s")], { type: "shape" }),
    true,
  );
});

Deno.test("compareOutputs() of claims asks the new outputs only", () => {
  const shown = [
    data({
      "text/plain":
        "| m | time | n |\n| --- | --- | --- |\n| a | 1.5 ms | 9 |\n| b | 2 s | 3 |\n\nIt scales.",
    }),
  ];
  const check = (claim: string, expected: RegExp | null) => {
    const found = compareOutputs([], shown, {
      type: "claims",
      claims: [claim],
    });
    if (expected === null) assert.deepEqual(found, []);
    else assert.match(found.join(), expected);
  };
  check("It scales", null);
  check("It fails", /does not say "It fails"/);
  check("/it SCALES/i", null);
  check("/^nothing$/", /nothing that it shows matches/);
  check("/(/", /nothing that it shows matches/);
  check("a < b", null);
  check("a < b in n", /"a < b in n" does not hold: 9 and 3/);
  check("a > b in n", null);
  check("c < b", /can not be looked up: the table has the rows a, b/);
});

Deno.test("findTable() and numberIn() read what figures write", () => {
  assert.deepEqual(findTable("x\n| a | b |\n| - | - |\n| 1 | 2 |\ny"), {
    heads: ["a", "b"],
    rows: [["1", "2"]],
  });
  assert.equal(findTable("no table"), null);
  const check = (text: string, expected: number | null) =>
    assert.equal(numberIn(text), expected);
  check("1.5 ms", 1.5);
  check("2 s", 2000);
  check("~3.1x", 3.1);
  check("1,234 us", 1.234);
  check("2 MiB", 2 * 1024 ** 2);
  check("none", null);
});
