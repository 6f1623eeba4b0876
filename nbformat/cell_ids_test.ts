import assert from "node:assert/strict";
import { assignCellIds, type CellIdMaker } from "./cell_ids.ts";

Deno.test("assignCellIds() keeps good ids and replaces the others", () => {
  const check = (ids: readonly unknown[], expected: readonly string[]) => {
    const makeId: CellIdMaker = ({ index }) => `new-${index}`;
    assert.deepEqual(assignIds(ids, makeId), expected);
  };
  check(["a", "B-_9"], ["a", "B-_9"]);
  check([undefined, "a"], ["new-0", "a"]);
  check(["", "a b", "é", 5], ["new-0", "new-1", "new-2", "new-3"]);
  check(["x".repeat(64), "x".repeat(65)], ["x".repeat(64), "new-1"]);
  check(["a", "a", "a"], ["a", "new-1", "new-2"]);
});

Deno.test("assignCellIds() makes unique ids, none that a later cell has", () => {
  assert.deepEqual(assignIds([undefined, undefined, "x-2"], () => "x"), [
    "x",
    "x-3",
    "x-2",
  ]);
  const long = "x".repeat(64);
  assert.deepEqual(assignIds([long, undefined], () => long), [
    long,
    `${"x".repeat(62)}-2`,
  ]);
});

Deno.test("assignCellIds() derives ids from the source, so that they stay when a cell moves", () => {
  const first = { cell_type: "code", source: "a" };
  const second = { cell_type: "code", source: "b" };
  const ids = assignCellIds([first, second]).map(({ id }) => id);
  const moved = assignCellIds([second, first]).map(({ id }) => id);
  assert.deepEqual(moved, ids.toReversed());
  assert.match(ids[0] ?? "", /^[0-9a-f]{8}$/);
});

Deno.test("assignCellIds() rejects an invalid id from the id maker", () => {
  assert.throws(() => assignIds([undefined], () => "a b"), {
    name: "RangeError",
    message:
      'Cannot make cell id: found "a b", expected 1 to 64 of a-z, A-Z, 0-9, - and _',
  });
});

function assignIds(ids: readonly unknown[], makeId: CellIdMaker): string[] {
  const cells = ids.map((id) => ({ id, cell_type: "code", source: "" }));
  return assignCellIds(cells, makeId).map(({ id }) => id);
}
