import assert from "node:assert/strict";
import { concatBytes, splitMarked } from "./marked_stream.ts";

const MARKER = "<#>";
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("splitMarked() tells prints from reports", () => {
  const check = (
    text: string,
    printed: string,
    messages: string[],
    rest: string,
  ) => {
    const split = splitMarked(encode(text), MARKER);
    assert.deepEqual(
      [decode(split.printed), split.messages, decode(split.rest)],
      [printed, messages, rest],
      text,
    );
  };
  check("", "", [], "");
  check("hello\n", "hello\n", [], "");
  check("<#>a\n", "", ["a"], "");
  check("x<#>a\ny<#>b\nz", "xyz", ["a", "b"], "");
  check("x<#>a", "x", [], "<#>a");
  check("x<#", "x", [], "<#");
  check("x<#y", "x<#y", [], "");
  check("<<#>a\n", "<", ["a"], "");
  check("é<#>ü\n", "é", ["ü"], "");
});

Deno.test("splitMarked() gives the same however the bytes are cut", () => {
  const bytes = encode("one<#>first\ntwo <# three\n<#>second ü\nfour");
  for (let cut = 0; cut <= bytes.length; cut++) {
    const before = splitMarked(bytes.subarray(0, cut), MARKER);
    const after = splitMarked(
      concatBytes([before.rest, bytes.subarray(cut)]),
      MARKER,
    );
    const printed = concatBytes([before.printed, after.printed, after.rest]);
    assert.equal(decode(printed), "onetwo <# three\nfour", `cut at ${cut}`);
    assert.deepEqual([...before.messages, ...after.messages], [
      "first",
      "second ü",
    ]);
  }
});
