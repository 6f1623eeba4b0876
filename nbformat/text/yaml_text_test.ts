import assert from "node:assert/strict";
import { Float, withoutFloats } from "./values.ts";
import { loadYaml } from "./yaml_load.ts";
import { dumpYaml } from "./yaml_text.ts";

/** What PyYAML 6.0.3 writes for `{"k": value}`. */
Deno.test("dumpYaml() writes texts as PyYAML does", () => {
  const check = (value: unknown, expected: string) =>
    assert.equal(dumpYaml({ k: value }), `k: ${expected}\n`);
  check("plain", "plain");
  check("yes", "'yes'");
  check("1.10", "'1.10'");
  check("1e3", "1e3");
  check("0x1f", "'0x1f'");
  check("012", "'012'");
  check("12:30", "'12:30'");
  check("2020-01-01", "'2020-01-01'");
  check("", "''");
  check("~", "'~'");
  check("a: b", "'a: b'");
  check("a:b", "a:b");
  check("x #y", "'x #y'");
  check("it's: 1", "'it''s: 1'");
  check("é", '"\\xE9"');
  check("🦕", '"\\U0001F995"');
  check("a\tb", '"a\\tb"');
  check("a\nb", "'a\n\n  b'");
  check(" lead", "' lead'");
  check("@x", "'@x'");
  check("?x", "?x");
  check("--- a", "'--- a'");
  check(null, "null");
  check(true, "true");
  check([], "[]");
  check({}, "{}");
  check(new Float(1), "1.0");
  check(new Float(1e21), "1.0e+21");
});

Deno.test("dumpYaml() breaks lines at 80 columns", () => {
  assert.equal(
    dumpYaml({ k: "long words ".repeat(15).trim() }),
    "k: long words long words long words long words long words long words long words long\n" +
      "  words long words long words long words long words long words long words long words\n",
  );
  assert.equal(
    dumpYaml({ k: "é words ".repeat(12).trim() }),
    'k: "\\xE9 words \\xE9 words \\xE9 words \\xE9 words \\xE9 words \\xE9 words \\xE9 words \\xE9\\\n' +
      '  \\ words \\xE9 words \\xE9 words \\xE9 words \\xE9 words"\n',
  );
});

Deno.test("dumpYaml() writes lists in brackets where MyST has them", () => {
  const check = (value: unknown, expected: string) =>
    assert.equal(
      dumpYaml({ k: value }, { isUnicode: true, hasFlowLists: true }),
      `k: ${expected}\n`,
    );
  check(["a", 1, new Float(1), null], "[a, 1, 1.0, null]");
  check(
    ["b: c", "d, e", "a?b", "?x", "é", ""],
    "['b: c', 'd, e', 'a?b', '?x', é, '']",
  );
  check([["a", { b: "c, d" }]], "[[a, {b: 'c, d'}]]");
  check(
    Array(9).fill("word, word"),
    "['word, word', 'word, word', 'word, word', 'word, word', 'word, word', 'word, word',\n" +
      "  'word, word', 'word, word', 'word, word']",
  );
});

Deno.test("loadYaml() reads what PyYAML reads", () => {
  const check = (text: string, expected: unknown) =>
    assert.deepEqual(withoutFloats(loadYaml(`k: ${text}`)), { k: expected });
  check("yes", true);
  check("y", "y");
  check("1e3", "1e3");
  check("1.5e+3", 1500);
  check("012", 10);
  check("12:30", 750);
  check("1:30.5", 90.5);
  check("-.inf", -Infinity);
  check("2020-01-02", "2020-01-02");
  check("2020-13-02", "2020-13-02");
  check("2020-1-2T3:04:05.25 +2:00", "2020-01-02 03:04:05.250000+02:00");
  check("2020-01-02T03:04:05Z", "2020-01-02 03:04:05+00:00");
  assert.equal(loadYaml("# nothing\n\n"), null);
  assert.deepEqual(loadYaml("a: 1\na: 2"), { a: 2 });
  assert.throws(() => loadYaml("a: ["), SyntaxError);
});
