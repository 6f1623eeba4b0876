import assert from "node:assert/strict";
import type { Cell } from "../nbformat/mod.ts";
import { checksum, pythonFloat } from "./checksum.ts";
import { readMarks } from "./marks.ts";

/** What nbgrader 0.9.6 computes; `tests/jupyter` asks it again. */
const KNOWN: readonly [
  cell_type: "code" | "markdown",
  source: string,
  marks: Record<string, unknown>,
  sum: string,
][] = [
  [
    "code",
    "const x = 1;\n",
    { solution: true, grade_id: "a" },
    "80523090782dcfca7798235541a87372",
  ],
  [
    "code",
    "",
    { solution: true, grade_id: "empty" },
    "02870fe3ce22165ddcbecf5a1b04086e",
  ],
  ["code", "assert.equal(square(3), 9);", {
    grade: true,
    locked: true,
    grade_id: "c",
    points: 2,
  }, "fd89c2920d5988e4a64923a7819642f5"],
  ["code", "assert.ok(true); // äöü 漢字 😀\n", {
    grade: true,
    grade_id: "unicode-1",
    points: 0.1,
  }, "ace8c89b892f66cf0e113ba54a04e1c8"],
  [
    "code",
    "1",
    { grade: true, locked: true, grade_id: "big", points: 1e16 },
    "78e388e16b67864338f31ab9ee58f143",
  ],
  ["code", "1", {
    grade: true,
    locked: true,
    grade_id: "small",
    points: 0.00001,
  }, "88a7ffc50ebcabf10bb6684c28b8ae34"],
  [
    "code",
    "1",
    { grade: true, locked: true, grade_id: "zero", points: 0 },
    "150d7e1e498dc7222df01e5d9e29bbf6",
  ],
  ["markdown", "Why?", {
    grade: true,
    solution: true,
    grade_id: "essay",
    points: 2.5,
  }, "e40fbdc0ef722626f2cb955a24ce685f"],
  ["markdown", "Task", {
    task: true,
    locked: true,
    grade_id: "task",
    points: 3,
  }, "65b1a53690fe2c04db9738adb3e98a1b"],
  [
    "code",
    "const given = 1;",
    { locked: true, grade_id: "given" },
    "06fba825b7ddb3e3a19b8768d9cb8cf5",
  ],
];

Deno.test("checksum() is nbgrader's", () => {
  for (const [cell_type, source, nbgrader, expected] of KNOWN) {
    const cell = { cell_type, source, id: "x", metadata: { nbgrader } };
    const marks = readMarks(cell as unknown as Cell)!;
    assert.equal(checksum(cell, marks), expected, marks.gradeId);
  }
});

Deno.test("pythonFloat() writes numbers as Python does", () => {
  const check = (value: number, expected: string) =>
    assert.equal(pythonFloat(value), expected);
  check(0, "0.0");
  check(-0, "-0.0");
  check(2, "2.0");
  check(2.5, "2.5");
  check(0.1 + 0.2, "0.30000000000000004");
  check(0.0001, "0.0001");
  check(0.00012345, "0.00012345");
  check(0.00001, "1e-05");
  check(1e15, "1000000000000000.0");
  check(1e16, "1e+16");
  check(1.2345678901234568e17, "1.2345678901234568e+17");
  check(1e22, "1e+22");
  check(1e-100, "1e-100");
});
