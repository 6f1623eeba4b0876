import assert from "node:assert/strict";
import { Translator } from "../kernel/mod.ts";
import { readExercise } from "./exercise.ts";
import { fileNames, withoutHidden } from "./feedback.ts";
import type { Graded } from "./gradebook.ts";
import { notebookOf } from "./test_exam.ts";
import type { CheckResult } from "./verdict.ts";

Deno.test("withoutHidden() tells students nothing that hidden tests say", async () => {
  await using translator = new Translator();
  const exercise = await readExercise(
    "a.ipynb",
    notebookOf([
      ["answer a", "1"],
      ["check open", "1"],
      ["check shut", "1\n// BEGIN HIDDEN TESTS\n2\n// END HIDDEN TESTS"],
    ]),
    translator,
  );
  const result = (id: string, state: CheckResult["state"], reason: string) => ({
    id,
    state,
    reason,
    score: 0,
    maxScore: 1,
    tests: [{
      name: "secret",
      outcome: "failed" as const,
      elapsedMs: 1,
      message: "",
    }],
  });
  const file: Graded = {
    student: "ada",
    file: "ada.ipynb",
    notebook: "a.ipynb",
    failure: null,
    findings: [],
    cellErrors: [],
    results: [
      result("open", "failed", "1 !== 2"),
      result("shut", "failed", "42 !== 43"),
      result("shut", "partial", "1 of 2"),
      result("shut", "timeout", "the check took too long"),
      result("shut", "failed", "the submission does not define f"),
    ],
  };
  const [seen] = withoutHidden([file], [exercise]);
  assert.deepEqual(seen!.results.map(({ reason }) => reason), [
    "1 !== 2",
    "part of this check is hidden",
    "part of this check is hidden",
    "the check took too long",
    "the submission does not define f",
  ]);
  assert.deepEqual(seen!.results[1]!.tests, []);
});

Deno.test("fileNames() stays in the folder, and apart", () => {
  assert.deepEqual([
    ...fileNames(["ada", "Ada", "../x", "a/x", "Zoë"]).values(),
  ], [
    "ada.html",
    "Ada-2.html",
    "_x.html",
    "a_x.html",
    "Zoë.html",
  ]);
});
