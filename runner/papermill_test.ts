import assert from "node:assert/strict";
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { withPapermill } from "./papermill.ts";

Deno.test("withPapermill() writes times, states and values that JSON can hold", () => {
  const code = (id: string): Cell => ({
    cell_type: "code",
    id,
    metadata: { tags: ["x"] },
    source: "1",
    execution_count: null,
    outputs: [],
  });
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: {} },
    cells: [
      { cell_type: "markdown", id: "t", metadata: {}, source: "" },
      code("a"),
      code("b"),
      code("c"),
    ],
  };
  const startMs = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  const { metadata, cells } = withPapermill(notebook, {
    parameters: {
      n: 1,
      big: 2n ** 70n,
      bad: [NaN, { x: -Infinity }],
      none: undefined,
    },
    inputPath: "in.ipynb",
    outputPath: null,
    startMs,
    endMs: startMs + 2500,
    cells: new Map([
      ["a", { startMs, endMs: startMs + 500, isFailed: false }],
      ["b", { startMs, endMs: startMs + 1500, isFailed: true }],
    ]),
  });
  assert.deepEqual(metadata.papermill, {
    default_parameters: {},
    parameters: {
      n: 1,
      big: "1180591620717411303424",
      bad: ["NaN", { x: "-Infinity" }],
      none: null,
    },
    environment_variables: {},
    version: "2.7.0",
    input_path: "in.ipynb",
    output_path: null,
    start_time: "2026-01-02T03:04:05.006000+00:00",
    end_time: "2026-01-02T03:04:07.506000+00:00",
    duration: 2.5,
    exception: true,
  });
  assert.deepEqual(
    cells.map((
      { metadata: { tags, papermill } },
    ) => [tags, (papermill as { status: string }).status]),
    [[[], "completed"], [["x"], "completed"], [["x"], "failed"], [
      ["x"],
      "pending",
    ]],
  );
});
