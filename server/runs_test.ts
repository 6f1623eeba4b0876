import assert from "node:assert/strict";
import {
  begin,
  beginNext,
  cancel,
  endRun,
  enqueue,
  follow,
  newSession,
  NO_RUNS,
  type Run,
} from "./runs.ts";

const run = (cellId: string, executionId = `x${cellId}`): Run => ({
  executionId,
  cellId,
  source: "1",
  textVersion: 0,
  metadata: {},
  startedMs: null,
});
const ids = ({ queue }: { queue: readonly Run[] }) =>
  queue.map(({ cellId, startedMs }) =>
    startedMs === null ? cellId : `${cellId}!`
  )
    .join("");

Deno.test("runs wait for their turn, once each, and can be taken out", () => {
  let state = enqueue(NO_RUNS, [run("a"), run("b"), run("c"), run("b", "y")]);
  assert.equal(ids(state), "abcb");
  state = enqueue(NO_RUNS, [run("a"), run("b"), run("c")]);
  assert.equal(ids(enqueue(state, [run("b", "y")])), "abc");
  const begun = beginNext(state, 5);
  assert.equal(begun.run?.cellId, "a");
  assert.equal(ids(begun.state), "a!bc");
  assert.equal(beginNext(begun.state, 6).run, null);
  // One that runs may wait once more; it can not be taken out.
  const again = enqueue(begun.state, [run("a", "z")]);
  assert.equal(ids(again), "a!bca");
  assert.equal(ids(cancel(again, "a")), "a!bc");
  assert.equal(ids(cancel(again, "b")), "a!ca");
});

Deno.test("after a run that fails, those that wait are not run, and say so", () => {
  const waiting = enqueue(NO_RUNS, [run("a"), run("b")]);
  const { state } = beginNext(waiting, 10);
  const ok = endRun(state, "xa", { nowMs: 25, status: "ok" });
  assert.equal(ids(ok), "b");
  assert.deepEqual(ok.ran.get("a"), {
    order: 1,
    session: 1,
    textVersion: 0,
    elapsedMs: 15,
    status: "ok",
  });
  const failed = endRun(state, "xa", { nowMs: 25, status: "error" });
  assert.equal(ids(failed), "");
  assert.equal(failed.ran.get("b")?.status, "not-run");
  // What is not known changes nothing; late output still has its cell.
  assert.equal(endRun(failed, "other", { nowMs: 1, status: "ok" }), failed);
  assert.equal(failed.cellOf.get("xa"), "a");
  assert.equal(newSession(failed).session, 2);
});

Deno.test("what another front end runs is followed, and waited for", () => {
  let state = enqueue(NO_RUNS, [run("a"), run("b")]);
  state = beginNext(state, 1).state;
  state = follow(state, run("f"));
  state = follow(state, run("g"));
  // The kernel has f and g already; b is still ours to send.
  assert.equal(ids(state), "a!fgb");
  assert.equal(ids(cancel(state, "f")), "a!fgb");
  state = endRun(state, "xa", { nowMs: 2, status: "ok" });
  assert.equal(beginNext(state, 3).run, null);
  assert.equal(begin(state, "nobody", 3), state);
  state = begin(state, "xf", 3);
  assert.equal(ids(state), "f!gb");
  // One that fails takes ours along; of its own the other front end decides.
  state = endRun(state, "xf", { nowMs: 5, status: "error" });
  assert.equal(ids(state), "g");
  assert.equal(state.ran.get("b")?.status, "not-run");
  assert.equal(state.ran.get("f")?.elapsedMs, 2);
  state = endRun(state, "xg", { nowMs: 6, status: "not-run" });
  assert.equal(ids(state), "");
  assert.equal(state.cellOf.get("xg"), "g");
});
