import assert from "node:assert/strict";
import { formatLanguageName, highlightCode } from "./highlight.ts";

Deno.test("highlightCode() escapes code, in known languages and in unknown ones", () => {
  const check = (code: string, language: string, expected: string) =>
    assert.equal(highlightCode(code, language), expected);
  check("<b>", "", "&lt;b&gt;");
  check("<b>", "klingon", "&lt;b&gt;");
  check(
    "'<b>'",
    "ts",
    '<span class="hljs-string">&#x27;&lt;b&gt;&#x27;</span>',
  );
  check("# a", "py", '<span class="hljs-comment"># a</span>');
});

Deno.test("highlightCode() leaves very long texts plain", () => {
  assert.doesNotMatch(highlightCode("let a;\n".repeat(20_000), "ts"), /<span/);
});

Deno.test("formatLanguageName() writes names as people do", () => {
  assert.equal(formatLanguageName("typescript"), "TypeScript");
  assert.equal(formatLanguageName("py"), "Python");
  assert.equal(formatLanguageName("klingon"), "klingon");
});
