import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";

Deno.test("Ledger keeps every version as it was", () => {
  let ledger = new Ledger<number>();
  const versions = [ledger];
  for (let i = 0; i < 200; i++) {
    versions.push(ledger = ledger.with(`key ${i}`, i));
  }
  for (const [size, version] of versions.entries()) {
    const found = Array.from(
      { length: 200 },
      (_, i) => version.get(`key ${i}`),
    );
    assert.deepEqual(
      found,
      Array.from({ length: 200 }, (_, i) => i < size ? i : undefined),
    );
  }
});

Deno.test("Ledger.with() replaces a value in the new version only", () => {
  const before = new Ledger<string>().with("a", "old").with("b", "b");
  const after = before.with("a", "new");
  assert.deepEqual(
    [before.get("a"), after.get("a"), after.get("b")],
    ["old", "new", "b"],
  );
});

Deno.test("Ledger keeps versions that part ways apart", () => {
  const base = new Ledger<number>().with("a", 1);
  const [left, right] = [base.with("x", 2), base.with("y", 3)];
  assert.deepEqual(
    [left.get("x"), left.get("y"), right.get("x"), right.get("y")],
    [2, undefined, undefined, 3],
  );
  assert.equal(new Ledger<number>().with("b", 4).get("a"), undefined);
});
