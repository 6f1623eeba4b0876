import assert from "node:assert/strict";
import { literal } from "./literal.ts";

Deno.test("literal() writes strings that nothing gets out of", () => {
  for (const text of NASTY) {
    const written = literal(text, Infinity);
    assert.equal(written[0], '"');
    // Nothing but escapes of known kinds, and no quote but the last.
    assert.match(written.slice(1), /^(?:[^"\\\n]|\\["\\nt])*"$/);
    const read = written.slice(1, -1).replace(
      /\\(.)/g,
      (_, sign) => sign === "n" ? "\n" : sign === "t" ? "\t" : sign,
    );
    assert.equal(read, text);
  }
});

Deno.test("literal() holds for random text", () => {
  let seed = 1;
  const next = (below: number) => (seed = seed * 48271 % 2147483647) % below;
  const signs = [
    '"',
    "\\",
    "#",
    "$",
    "\n",
    "\t",
    "u{",
    "}",
    "a",
    "é",
    "😀",
    "`",
  ];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: next(30) }, () => signs[next(12)]).join(
      "",
    );
    assert.match(
      literal(text, Infinity).slice(1),
      /^(?:[^"\\\n]|\\["\\nt])*"$/,
    );
  }
});

Deno.test("literal() replaces what a PDF can not hold", () => {
  const check = (input: string, expected: string) =>
    assert.equal(literal(input), `"${expected}"`);
  check("a\0b", "a\uFFFDb");
  check("\x1b[31m", "\uFFFD[31m");
  check("\ud800", "\uFFFD");
  check("x\u202ey", "x\uFFFDy");
  check("\ufeffx\ufffe", "\uFFFDx\uFFFD");
  check("a\r\nb\u2028c", "a\\nb\\nc");
  check("ע\u200eb", "ע\u200eb");
});

Deno.test("literal() lets long words break, and short ones not", () => {
  assert.equal(literal("abcd ab", 2), '"ab\u200bcd ab"');
  assert.equal(literal("abcdef", 6), '"abcdef"');
  // A sign that belongs to the letter before it stays there.
  assert.doesNotMatch(literal("abe\u0301fghij", 3), /\u200b\u0301/);
});

/** Text that would be markup, or end what it stands in. */
const NASTY = [
  '"); #panic(',
  "\\",
  '\\"',
  '\\\\"',
  "#let x = 1",
  "$ x $",
  "`` ` ``` ",
  "*b* _e_ = h @r <l> // /* */",
  "\\u{0022}",
  "]})",
  "a\nb\tc",
  "",
];
