import assert from "node:assert/strict";
import { makeQuestion } from "./question.ts";

Deno.test("makeQuestion() takes a form that is one, and a line otherwise", () => {
  const form = { kind: "choice", text: "Which?", items: ["a", "b"] };
  const made = makeQuestion("c", { prompt: "p", password: false, form });
  assert.deepEqual(made.form, { ...form, unit: "", at: [] });
  for (
    const other of [undefined, null, 1, { kind: "x" }, { ...form, items: 3 }]
  ) {
    assert.equal(makeQuestion("c", { prompt: "p", form: other }).form, null);
  }
});
