import assert from "node:assert/strict";
import { Activity } from "./activity.ts";

const executionId = "1";
const question = {
  type: "input",
  executionId,
  prompt: "?",
  password: false,
} as const;
const done = { type: "done", executionId, outcome: "ok" } as const;

function running(): Activity {
  const activity = new Activity();
  activity.begin(executionId);
  return activity;
}

Deno.test("a cell that runs is not ours, before and after it we are", () => {
  assert.equal(new Activity().runner, "nobody");
  const activity = running();
  assert.equal(activity.runner, "cell");
  activity.begin("2");
  activity.observe(done);
  assert.equal(activity.runner, "cell");
  activity.observe({ ...done, executionId: "2" });
  assert.equal(activity.runner, "nobody");
});

Deno.test("what a session loads for itself is ours, even while a cell waits", () => {
  const activity = running();
  activity.observe({ type: "upkeep", isOver: false });
  assert.equal(activity.runner, "upkeep");
  activity.observe({ type: "upkeep", isOver: true });
  assert.equal(activity.runner, "cell");
});

Deno.test("a question is open until it is answered or its cell ends", () => {
  const activity = running();
  assert.equal(activity.isAsking, false);
  activity.observe(question);
  assert.equal(activity.isAsking, true);
  activity.answer("answered");
  assert.deepEqual([activity.isAsking, activity.runner], [false, "cell"]);
  activity.observe(question);
  activity.observe(done);
  assert.equal(activity.isAsking, false);
});

Deno.test("after a refused question the cell is given time to end", () => {
  const activity = running();
  activity.observe(question);
  activity.answer("refused");
  assert.equal(activity.runner, "nobody");
  activity.observe(question);
  assert.equal(activity.runner, "cell");
});
