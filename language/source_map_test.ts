import assert from "node:assert/strict";
import { decodeMappings } from "./source_map.ts";

Deno.test("decodeMappings() adds up what each segment says", () => {
  assert.deepEqual(decodeMappings("AAAA,IAAI;;gBACD,C"), [
    { generatedLine: 0, generatedColumn: 0, line: 0, column: 0 },
    { generatedLine: 0, generatedColumn: 4, line: 0, column: 4 },
    { generatedLine: 2, generatedColumn: 16, line: 1, column: 3 },
  ]);
  assert.deepEqual(decodeMappings(""), []);
});
