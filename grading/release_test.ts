import assert from "node:assert/strict";
import type { Notebook } from "../nbformat/mod.ts";
import { findLeaks, tellingLines } from "./leaks.ts";
import { makeRelease } from "./release.ts";
import { clearRegions, solutionLines, withPlainMarks } from "./regions.ts";
import { notebookOf } from "./test_exam.ts";

const SOURCE = notebookOf([
  ["code", "import assert from 'node:assert';"],
  [
    "answer a",
    "function f() {\n  // BEGIN SOLUTION\n  const secretPlan = 42;\n  return secretPlan;\n  // END SOLUTION\n}",
  ],
  ["answer b", "const wholeAnswer = [1, 2, 3];"],
  [
    "check c 2",
    "assert.ok(f());\n### BEGIN HIDDEN TESTS\nassert.equal(f(), 42);\n### END HIDDEN TESTS\n// the end",
  ],
  ["essay e 3", "Because of the lock order."],
  ["given g", "const given = 1;"],
]);

Deno.test("makeRelease() puts stubs where solutions were, and removes hidden tests", () => {
  const { notebook, secrets } = makeRelease(SOURCE);
  assert.deepEqual(notebook.cells.map(({ source }) => source), [
    "import assert from 'node:assert';",
    'function f() {\n  // YOUR CODE HERE\n  throw new Error("not implemented");\n}',
    '// YOUR CODE HERE\nthrow new Error("not implemented");',
    "assert.ok(f());\n// the end",
    "YOUR ANSWER HERE",
    "const given = 1;",
  ]);
  assert.deepEqual(secrets, [
    "  const secretPlan = 42;",
    "  return secretPlan;",
    "const wholeAnswer = [1, 2, 3];",
    "assert.equal(f(), 42);",
    "Because of the lock order.",
  ]);
});

Deno.test("makeRelease() locks what is not the student's, as nbgrader does", () => {
  const { notebook } = makeRelease(SOURCE);
  assert.deepEqual(
    notebook.cells.map(({ metadata: { deletable, editable } }) =>
      [deletable, editable].map((one) => one ?? true)
    ),
    [
      [true, true],
      [false, true],
      [false, true],
      [false, false],
      [false, true],
      [false, false],
    ],
  );
});

Deno.test("makeRelease() clears outputs, what the teacher told Skein, and attachments that nobody names", () => {
  const source: Notebook = {
    ...SOURCE,
    metadata: {
      ...SOURCE.metadata,
      celltoolbar: "x",
      skein: { grading: 1, check: "warn" },
    },
    cells: [
      {
        ...SOURCE.cells[5]!,
        outputs: [{ output_type: "stream", name: "stdout", text: "42" }],
        execution_count: 3,
      } as never,
      {
        ...SOURCE.cells[4]!,
        attachments: { "plan.png": { "image/png": "AAAA" } },
      } as never,
    ],
  };
  const { notebook } = makeRelease(source);
  const [given, essay] = notebook.cells as unknown as Record<string, unknown>[];
  assert.deepEqual([given!.outputs, given!.execution_count], [[], null]);
  assert.ok(!("attachments" in essay!));
  assert.deepEqual(notebook.metadata.skein, { check: "warn" });
  assert.ok(!("celltoolbar" in notebook.metadata));
});

Deno.test("makeRelease() refuses marks that can not be right", () => {
  const check = (cells: Parameters<typeof notebookOf>[0], expected: RegExp) =>
    assert.throws(() => makeRelease(notebookOf(cells)), { message: expected });
  check(
    [["answer a", "1"], ["answer a", "2"]],
    /^cell 2: grade_id "a" is that of cell 1 too/,
  );
  check(
    [["code", "// BEGIN SOLUTION\n// END SOLUTION"]],
    /^cell 1: found a solution marked here, expected it in a solution cell/,
  );
  check(
    [["answer a", "// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS"]],
    /found hidden tests marked here, expected it in a check/,
  );
  check(
    [["answer a", "// BEGIN SOLUTION"]],
    /^cell 1: BEGIN SOLUTION in line 1 has no END SOLUTION/,
  );
  check(
    [["answer a", "// BEGIN SOLUTION\n// BEGIN SOLUTION"]],
    /line 2 stands within the region of line 1/,
  );
  check([["answer a", "// END SOLUTION"]], /has no BEGIN SOLUTION before it/);
  check(
    [["check c -1" as "check c", "1"]],
    /"points" of c is -1, expected a number from 0/,
  );
  check(
    [["answer a!" as "answer a", "1"]],
    /"grade_id" is "a!", expected letters/,
  );
});

Deno.test("clearRegions() indents the stub like the mark", () => {
  const text = "a\n\t// BEGIN SOLUTION\nx\n\t// END SOLUTION\nb";
  assert.deepEqual(clearRegions(text, "SOLUTION", ["one", "two"]), {
    text: "a\n\tone\n\ttwo\nb",
    removed: ["x"],
    hasRegion: true,
  });
});

Deno.test("withPlainMarks() makes comments of marks that are none, and of nothing else", () => {
  const text = "### BEGIN SOLUTION\n  # END SOLUTION\n#x;\n// # BEGIN SOLUTION";
  assert.equal(
    withPlainMarks(text),
    "//### BEGIN SOLUTION\n//  # END SOLUTION\n#x;\n// # BEGIN SOLUTION",
  );
  assert.deepEqual([
    ...solutionLines("a\n// BEGIN SOLUTION\nb\n// END SOLUTION")!,
  ], [3]);
  assert.equal(solutionLines("a"), null);
});

Deno.test("findLeaks() finds a line wherever it stands", () => {
  const secrets = tellingLines([
    "  const secretPlan = compute(42);",
    "}",
    "return x;",
    "shown to everybody, really",
  ], ["shown to   everybody, really"]);
  assert.deepEqual(secrets, ["constsecretPlan=compute(42);"]);
  const check = (content: unknown, isFound: boolean) =>
    assert.equal(findLeaks(secrets, { file: content }).length, isFound ? 1 : 0);
  const line = "const secretPlan =\n   compute(42);";
  check(line, true);
  check("const secretPlan = compute(43);", false);
  check({ cells: [{ metadata: { note: `x ${line} y` } }] }, true);
  check({ cells: [{ metadata: { [line]: 1 } }] }, true);
  check(
    { outputs: [{ data: { "image/svg+xml": `<text>${line}</text>` } }] },
    true,
  );
  check({
    attachments: {
      a: { "image/png": new TextEncoder().encode(line).toBase64() },
    },
  }, true);
  check({ image: `data:text/plain;base64,${btoa(line)}` }, true);
  check({ image: btoa("nothing of the kind is here") }, false);
});
