import assert from "node:assert/strict";
import { type CellNames, listCells, needsOf } from "./plan.ts";
import { notebookOf, type Short } from "./test_exam.ts";

/** Finds out what the last cell needs; names are written by hand. */
function needs(cells: readonly (readonly [...Short, CellNames])[]) {
  const listed = listCells(
    notebookOf(cells.map(([kind, source]) => [kind, source])),
  );
  return needsOf(cells.length - 1, listed, cells.map((cell) => cell[2]));
}

Deno.test("needsOf() borrows what students declare, and runs what teachers do", () => {
  assert.deepEqual(
    needs([
      ["code", "import assert", { declared: ["assert"], words: ["assert"] }],
      ["answer a", "f, g", { declared: ["f", "g"], words: [] }],
      ["given k", "h uses g", { declared: ["h"], words: ["g", "k"] }],
      ["code", "unused", { declared: ["unused"], words: ["f"] }],
      ["check c", "", {
        declared: ["own"],
        words: ["assert", "h", "own", "none", "f"],
      }],
    ]),
    { borrowed: ["f", "g"], setup: [0, 2] },
  );
});

Deno.test("needsOf() takes the last declaration before the check", () => {
  const first = ["answer a", "", { declared: ["f"], words: [] }] as const;
  const given = ["given k", "", { declared: ["f"], words: [] }] as const;
  const check = ["check c", "", { declared: [], words: ["f"] }] as const;
  assert.deepEqual(needs([first, given, check]), { borrowed: [], setup: [1] });
  assert.deepEqual(needs([given, first, check]), {
    borrowed: ["f"],
    setup: [],
  });
});

Deno.test("needsOf() takes no assertions from a student", () => {
  assert.throws(
    () =>
      needs([
        ["answer a", "", {
          declared: ["assert"],
          imported: ["assert"],
          words: [],
        }],
        ["check c", "", { declared: [], words: ["assert"] }],
      ]),
    {
      message:
        'check "c" uses assert, which the student\'s cell 1 imports; expected the import in the check or in a cell that students do not write',
    },
  );
});
