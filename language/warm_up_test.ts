import assert from "node:assert/strict";
import { answerQuestion } from "./translation.ts";
import { CELL, warmUp } from "./warm_up.ts";

Deno.test("warmUp() reads a cell in which nothing is wrong", () => {
  const answer = answerQuestion({
    type: "translate",
    sources: [CELL],
    options: { name: "cell", folderUrl: "file:///", emit: {} },
  });
  assert.ok(answer !== null && "results" in answer);
  assert.equal(answer.results[0]?.type, "script");
  warmUp();
});
