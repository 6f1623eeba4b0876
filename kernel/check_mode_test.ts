import assert from "node:assert/strict";
import { CHECK_MODES, type CheckMode, chooseCheck } from "./check_mode.ts";

Deno.test("chooseCheck() takes the comment, then the metadata, then the kernel's word", () => {
  const check = (
    source: string,
    metadata: unknown,
    expected: CheckMode,
  ) =>
    assert.equal(
      chooseCheck({ source, metadata, fallback: "warn", isTrusted: false }),
      expected,
    );
  check("1", undefined, "warn");
  check("1", "strict", "strict");
  check("// @skein check: off\n1", "strict", "off");
  check("1;\n  //@skein check:strict", undefined, "strict");
  check("const a = 1; // @skein check: off", undefined, "warn");
  check('"@skein check: off"', undefined, "warn");
});

Deno.test("chooseCheck() lets no notebook switch checks on that is not trusted", () => {
  for (const word of CHECK_MODES) {
    const source = `// @skein check: ${word}`;
    const told = { fallback: "off", metadata: word } as const;
    for (
      const [isTrusted, expected] of [[true, word], [false, "off"]] as const
    ) {
      const sources = { ...told, isTrusted };
      assert.equal(chooseCheck({ ...sources, source: "1" }), expected);
      const commented = { ...sources, metadata: undefined, source };
      assert.equal(chooseCheck(commented), expected);
    }
  }
});

Deno.test("chooseCheck() says which word it does not know, and where", () => {
  const sources = {
    metadata: undefined,
    fallback: "off",
    isTrusted: true,
  } as const;
  const found = chooseCheck({
    ...sources,
    source: "1;\n// @skein check: strct",
  });
  assert.deepEqual(found, {
    type: "syntax-error",
    message:
      'Cannot check the cell\'s types: its comment says "strct", expected off, warn or strict',
    line: 2,
    column: 18,
    endColumn: 23,
  });
  const bare = chooseCheck({ ...sources, source: "// @skein check:" });
  assert.ok(typeof bare !== "string");
  assert.match(bare.message, /its comment says ""/);
  const told = chooseCheck({ ...sources, source: "1", metadata: true });
  assert.ok(typeof told !== "string");
  assert.match(told.message, /in the cell's metadata says true, expected off/);
});
