import assert from "node:assert/strict";
import { Translator } from "../kernel/mod.ts";
import { readExercise } from "./exercise.ts";
import { prove } from "./proof.ts";
import { notebookOf, type Short, TEST_OPTIONS } from "./test_exam.ts";

async function proof(cells: readonly Short[]) {
  await using translator = new Translator();
  const exercise = await readExercise("a.ipynb", notebookOf(cells), translator);
  return await prove(exercise, { ...TEST_OPTIONS, translator, jobs: 2 });
}

const IMPORT: Short = ["code", 'import assert from "node:assert/strict";'];
const ANSWER: Short = [
  "answer a",
  "function square(x: number) {\n  // BEGIN SOLUTION\n  return x * x;\n  // END SOLUTION\n}",
];

Deno.test("prove() finds nothing wrong with an assignment that is right", async () => {
  const { problems, notes, checks, points, mutants } = await proof([
    IMPORT,
    ANSWER,
    ["check c 2", "assert.equal(square(3), 9);"],
    ["essay e 3", "Because."],
  ]);
  assert.deepEqual({ problems, notes, checks, points }, {
    problems: [],
    notes: [],
    checks: 1,
    points: 5,
  });
  assert.ok(mutants >= 1);
});

Deno.test("prove() names a check that the solution does not pass", async () => {
  const { problems } = await proof([IMPORT, ANSWER, [
    "check c",
    "assert.equal(square(3), 10);",
  ]]);
  assert.match(
    problems.join(),
    /^check "c" does not pass on the solution: failed, AssertionError.*9 !== 10/s,
  );
});

Deno.test("prove() names checks that give points for nothing, or notice no fault", async () => {
  const { problems, notes, mutants } = await proof([
    IMPORT,
    ANSWER,
    ["check empty", "assert.ok(true);"],
    [
      "check blind",
      "assert.equal(typeof square(2), 'number');\nassert.ok(square.length === 1);",
    ],
    ["check weak", "assert.ok(square(3));"],
  ]);
  assert.deepEqual(problems.map((text) => text.replace(/ faulty.*/, "")), [
    'check "empty" gives 1 points to the student version',
    `check "empty" passes on each of ${mutants}`,
  ]);
  assert.match(
    problems[1]!,
    /such as: return gives undefined|such as: the body of square|such as: \* became/,
  );
  assert.deepEqual(notes.map((text) => text.replace(/ \(see.*/, "")), [
    'check "empty" gives points to an answer that agrees with everything',
    'check "weak" gives points to an answer that agrees with everything',
    'check "empty" gives points to an answer that empties what it is given',
    'check "weak" gives points to an answer that empties what it is given',
  ]);
});
