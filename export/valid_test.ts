import assert from "node:assert/strict";
import type { Cell } from "../nbformat/mod.ts";
import { validCell, validMetadata, wholeCharacters } from "./valid.ts";

Deno.test("validCell() leaves out what the schema refuses, and nothing else", () => {
  const refused: string[] = [];
  const cell = {
    cell_type: "code",
    id: "a",
    metadata: { tags: ["a", "a", "", 3, "b,c"], name: 5, free: { x: 1 } },
    source: "1",
    execution_count: null,
    extra: 1,
    outputs: [{
      output_type: "display_data",
      data: {
        "text/plain": { a: 1 },
        "application/json": { a: 1 },
        "text/html": "b",
      },
      metadata: {},
      transient: {},
    }],
  } as unknown as Cell;
  assert.deepEqual(validCell(cell, (what) => refused.push(what)), {
    cell_type: "code",
    id: "a",
    metadata: { tags: ["a"], free: { x: 1 } },
    source: "1",
    execution_count: null,
    outputs: [{
      output_type: "display_data",
      data: { "application/json": { a: 1 }, "text/html": "b" },
      metadata: {},
    }],
  });
  assert.deepEqual(refused, [
    'the field "extra"',
    "tags that are empty, repeated, or no words",
    'metadata "name"',
    'the field "transient"',
    '"text/plain", which is no text',
  ]);
});

Deno.test("validMetadata() keeps a kernel with its names only", () => {
  const check = (metadata: Record<string, unknown>, left: number) =>
    assert.equal(Object.keys(validMetadata(metadata, () => {})).length, left);
  check({ kernelspec: { name: "a", display_name: "b" }, x: 1 }, 2);
  check({ kernelspec: { name: "a" }, language_info: {}, title: 5 }, 0);
});

Deno.test("wholeCharacters() replaces halves of characters, and no text about them", () => {
  const check = (value: string, expected: string) =>
    assert.equal(JSON.parse(wholeCharacters(JSON.stringify(value))), expected);
  check("a\ud800b\udc00", "a\ufffdb\ufffd");
  check("😀 \\ud800 \\\\", "😀 \\ud800 \\\\");
  check("\\\ud800", "\\\ufffd");
});
