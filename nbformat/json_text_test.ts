import assert from "node:assert/strict";
import { formatJson } from "./json_text.ts";

// Each expected text was printed by Python's json.dumps.
Deno.test("formatJson() writes what Python's json.dumps writes", () => {
  const check = (value: unknown, expected: string) =>
    assert.equal(formatJson(value), expected);
  check([], "[]");
  check({}, "{}");
  check({ a: [1, {}] }, '{\n "a": [\n  1,\n  {}\n ]\n}');
  check({ 2: null, 10: true }, '{\n "10": true,\n "2": null\n}');
  check(
    { "🎉": 1, "\ufffd": 2, "🎉a": 3, a: 4 },
    '{\n "a": 4,\n "\ufffd": 2,\n "🎉": 1,\n "🎉a": 3\n}',
  );
  check('é\u2028\x7f\x01\t"\\', '"é\u2028\x7f\\u0001\\t\\"\\\\"');
  check(0.0001, "0.0001");
  check(0.00001, "1e-05");
  check(-2.5e-7, "-2.5e-07");
  check(1e-300, "1e-300");
  check(1e21, "1e+21");
  check(0, "0");
});

Deno.test("formatJson() writes what JSON has no word for as JSON.stringify does", () => {
  assert.equal(formatJson(NaN), "null");
  assert.equal(formatJson({ a: undefined }), "{}");
});
