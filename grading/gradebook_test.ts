import assert from "node:assert/strict";
import { Translator } from "../kernel/mod.ts";
import { readExercise } from "./exercise.ts";
import {
  complete,
  exerciseOf,
  type Graded,
  scores,
  studentOf,
} from "./gradebook.ts";
import { checksCsv, gradesCsv } from "./report/csv.ts";
import { gradesHtml } from "./report/html.ts";
import { gradesJunit } from "./report/junit.ts";
import { notebookOf } from "./test_exam.ts";
import type { CheckResult } from "./verdict.ts";

Deno.test("studentOf() finds names in folders and in files", () => {
  const assignment = { name: "hw1", notebooks: ["squares.ipynb", "a/b.ipynb"] };
  const check = (file: string, expected: string) =>
    assert.equal(studentOf(file, assignment), expected);
  check("/x/ada/squares.ipynb", "ada");
  check("/x/submitted/ada/hw1/squares.ipynb", "ada");
  check("/x/ada/b.ipynb", "ada");
  check("/x/ada.ipynb", "ada");
  check("C:\\in\\ada\\squares.ipynb", "ada");
  check("squares.ipynb", "squares");
});

Deno.test("exerciseOf() goes by cells, then by name", async () => {
  await using translator = new Translator();
  const read = (path: string, id: string) =>
    readExercise(
      path,
      notebookOf([["answer a", "1"], [`check ${id}`, "1"]]),
      translator,
    );
  const exercises = [
    await read("one.ipynb", "x"),
    await read("two.ipynb", "y"),
  ];
  const check = (file: string, id: string | null, expected: string | null) => {
    const notebook = id === null ? null : notebookOf([[`check ${id}`, "1"]]);
    assert.equal(exerciseOf(notebook, file, exercises)?.path ?? null, expected);
  };
  check("ada.ipynb", "y", "two.ipynb");
  check("one.ipynb", "y", "two.ipynb");
  check("ada/one.ipynb", "a", "one.ipynb");
  check("ada/two.ipynb", null, "two.ipynb");
  check("ada.ipynb", "a", null);
  assert.equal(
    exerciseOf(null, "x.ipynb", exercises.slice(1))?.path,
    "two.ipynb",
  );

  const all = complete([
    file("bob", "two.ipynb", []),
    file("ada", "one.ipynb", []),
  ], exercises);
  assert.deepEqual(
    all.map(({ student, notebook, results }) =>
      `${student} ${notebook} ${results.map(({ state }) => state)}`
    ),
    [
      "ada one.ipynb ",
      "ada two.ipynb not-run",
      "bob one.ipynb not-run",
      "bob two.ipynb ",
    ],
  );
});

Deno.test("complete() counts one file a student for each notebook", () => {
  const easy = [result("a", "passed", 5, 5)];
  const graded = complete([
    { ...file("ada", "easy.ipynb", easy), file: "ada/another.ipynb" },
    { ...file("ada", "easy.ipynb", easy), file: "ada/easy.ipynb" },
    { ...file("ada", "easy.ipynb", easy), file: "ada/hard.ipynb" },
    { ...file("bob", "easy.ipynb", easy), file: "bob.ipynb" },
  ], []);
  assert.deepEqual(
    scores(graded).map(({ student, score, maxScore }) =>
      `${student} ${score} of ${maxScore}`
    ),
    ["ada 5 of 5", "bob 5 of 5"],
  );
  assert.deepEqual(
    graded.flatMap(({ file, failure }) => failure === null ? [] : [file]),
    ["ada/another.ipynb", "ada/hard.ipynb"],
  );
});

const BAD = '=HYPERLINK("x"),<script>alert(1)</script>\x1b[31m';
const GRADED: readonly Graded[] = [
  file("ada", "one.ipynb", [
    result("a", "passed", 0.1, 0.1),
    result("b", "partial", 0.2, 1, "some"),
    result("c", "needs-person", 0, 5),
  ]),
  file(BAD, "one.ipynb", [result("a", "failed", 0, 0.1, BAD)]),
];

Deno.test("scores() adds points up as they are written", () => {
  assert.deepEqual(scores(GRADED)[0], {
    student: "ada",
    score: 0.3,
    maxScore: 6.1,
    toGrade: 1,
  });
});

Deno.test("gradesCsv() and checksCsv() start no formula in a spreadsheet", () => {
  const [head, ada, bad] = gradesCsv("-hw", GRADED).split("\r\n");
  assert.equal(
    head,
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score",
  );
  assert.equal(ada, "'-hw,,,ada,,,,0.3,0,0.3,6.1");
  assert.ok(bad!.startsWith(`'-hw,,,"'=HYPERLINK(""x""),`));
  assert.equal(
    checksCsv("hw", GRADED).split("\r\n")[2],
    "hw,ada,one.ipynb,b,partial,0.2,1,some",
  );
});

Deno.test("gradesHtml() and gradesJunit() hold no markup of a student", () => {
  const page = gradesHtml("hw", GRADED);
  assert.ok(!page.includes("<script") && page.includes("&lt;script&gt;"));
  assert.ok(page.includes("default-src 'none'"));
  const xml = gradesJunit("hw", GRADED);
  assert.ok(!xml.includes("<script") && !xml.includes("\x1b"));
  assert.match(xml, /tests="4" failures="2" errors="0" skipped="1"/);
});

function file(
  student: string,
  notebook: string,
  results: CheckResult[],
): Graded {
  return {
    student,
    file: `${student}.ipynb`,
    notebook,
    failure: null,
    results,
    findings: [],
    cellErrors: [],
  };
}

function result(
  id: string,
  state: CheckResult["state"],
  score: number,
  maxScore: number,
  reason = "",
): CheckResult {
  return { id, state, score, maxScore, reason, tests: [] };
}
