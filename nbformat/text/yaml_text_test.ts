import assert from "node:assert/strict";
import { Float } from "./values.ts";
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
