import assert from "node:assert/strict";
import { replaceHalfEscapes } from "./well_formed.ts";

Deno.test("replaceHalfEscapes() replaces half characters and nothing else", () => {
  const table: readonly (readonly [string, string])[] = [
    ['"\\ud800"', '"\\ufffd"'],
    ['"\\uDFFF"', '"\\ufffd"'],
    ['"\\u{d800} \\u{00DC00}"', '"\\u{fffd} \\u{00fffd}"'],
    ['"\\ud83d\\ude00"', '"\\ud83d\\ude00"'],
    ['"\\u{d83d}\\u{de00}"', '"\\u{d83d}\\u{de00}"'],
    ['"\\ude00\\ud83d"', '"\\ufffd\\ufffd"'],
    ['"\\ud800\\ud83d\\ude00"', '"\\ufffd\\ud83d\\ude00"'],
    ['"\\\\ud800"', '"\\\\ud800"'],
    ['"\\\\\\ud800"', '"\\\\\\ufffd"'],
    ['"\\u00d8\\x41\\ud7ff\\ue000"', '"\\u00d8\\x41\\ud7ff\\ue000"'],
    ["/[\\ud800-\\udfff]/", "/[\\ufffd-\\ufffd]/"],
    ["\\", "\\"],
  ];
  for (const [source, expected] of table) {
    assert.equal(replaceHalfEscapes(source), expected);
    assert.equal(expected.length, source.length);
  }
});
