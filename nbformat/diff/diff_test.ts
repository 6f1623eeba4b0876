import assert from "node:assert/strict";
import type { Cell, CellOutput, Notebook } from "../notebook.ts";
import { diffNotebooks } from "./diff.ts";

function notebook(
  ...cells: readonly (readonly [
    id: string,
    source: string,
    outputs?: readonly CellOutput[],
  ])[]
): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map(([id, source, outputs = []]): Cell => ({
      cell_type: "code",
      id,
      source,
      metadata: {},
      execution_count: null,
      outputs,
    })),
  };
}

const SIGNS = { gone: "-", new: "+", same: " ", note: "@" };

function check(
  before: Notebook,
  after: Notebook,
  expected: readonly string[],
): void {
  const lines = diffNotebooks(before, after)
    .map(({ kind, text }) => SIGNS[kind] + text.replace(/#[\da-f]{10}/g, "#"));
  assert.deepEqual(lines, expected);
}

Deno.test("diffNotebooks() says nothing of what is the same", () => {
  check(notebook(["a", "1"]), notebook(["a", "1"]), []);
});

Deno.test("diffNotebooks() shows what changed of a source", () => {
  check(
    notebook(["a", "one\ntwo\nthree\nfour\nfive"]),
    notebook(["a", "one\ntwo\nTHREE\nfour\nfive"]),
    ["@cell 1 (code)", " one", " two", "-three", "+THREE", " four", " five"],
  );
});

Deno.test("diffNotebooks() finds cells by id, then by what they say", () => {
  check(
    notebook(["a", "const x = 1;\nf(x);"], ["b", "g()"]),
    notebook(["n", "new cell"], ["z", "const x = 2;\nf(x);"], ["b", "g()"]),
    [
      "@cell 1 (code) is new",
      "+new cell",
      "@cell 2 (code)",
      "-const x = 1;",
      "+const x = 2;",
      " f(x);",
    ],
  );
  check(notebook(["a", "1"], ["b", "2"]), notebook(["b", "2"]), [
    "@cell 1 (code) is gone",
    "-1",
  ]);
});

Deno.test("diffNotebooks() names the fewest cells that moved", () => {
  check(
    notebook(["a", "1"], ["b", "2"], ["c", "3"]),
    notebook(["b", "2"], ["c", "3"], ["a", "1"]),
    ["@cell 3 (code, was cell 1)"],
  );
});

Deno.test("diffNotebooks() shows outputs by hash, never their data", () => {
  const image = (data: string): CellOutput => ({
    output_type: "display_data",
    data: { "image/png": data },
    metadata: {},
  });
  const [png, other] = ["A".repeat(5000), "B".repeat(5000)];
  const lines = diffNotebooks(
    notebook(["a", "1", [image(png)]]),
    notebook(["a", "1", [image(other), {
      output_type: "stream",
      name: "stdout",
      text: "hi\n",
    }]]),
  ).map(({ text }) => text);
  assert.ok(lines.every((text) => text.length < 100));
  assert.match(lines.join("\n"), /image\/png: 5 Ki characters #[\da-f]{10}/);
  assert.match(lines.join("\n"), /stdout: "hi" #/);
});
