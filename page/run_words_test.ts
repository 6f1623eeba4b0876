import assert from "node:assert/strict";
import type { Ran } from "../server/mod.ts";
import { describeRun, whyStale } from "./run_words.ts";

const ran = (more: Partial<Ran> = {}): Ran => ({
  order: 1,
  session: 1,
  textVersion: 0,
  elapsedMs: 1234,
  status: "ok",
  ...more,
});

Deno.test("describeRun() says how a run stands", () => {
  const check = (last: Ran | null, expected: string) =>
    assert.equal(describeRun({ ran: last }, undefined), expected);
  check(null, "");
  check(ran(), "done in 1.2 s");
  check(ran({ elapsedMs: 3.14159 }), "done in 3.1 ms");
  check(ran({ elapsedMs: 61_000, status: "error" }), "failed after 1 min 1 s");
  check(
    ran({ elapsedMs: 40, status: "interrupted" }),
    "interrupted after 40 ms",
  );
  const waiting = { cellId: "a", elapsedMs: null };
  assert.equal(describeRun({ ran: null }, waiting), "waits for its turn");
});

Deno.test("whyStale() says why what is shown may be out of date", () => {
  const cells = [
    { id: "a", ran: ran({ order: 3 }) },
    { id: "b", ran: ran({ order: 2 }) },
    { id: "c", ran: null },
    { id: "d", ran: ran({ order: 4 }) },
  ];
  const why = (at: number, more = {}) =>
    whyStale(cells[at]!, { session: 1, cells, isEdited: false, ...more });
  assert.equal(why(0), null);
  assert.equal(why(1), "a cell above ran after it");
  assert.equal(why(2), null);
  assert.equal(why(3), null);
  assert.equal(why(3, { isEdited: true }), "edited since it ran");
  assert.equal(why(3, { session: 2 }), "from an earlier session");
});
