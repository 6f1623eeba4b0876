import assert from "node:assert/strict";
import { commentOptionLines } from "./option_lines.ts";
import { answerQuestion } from "./translation.ts";

Deno.test("commentOptionLines() changes leading option lines, and nothing else", () => {
  const check = (source: string, expected: string) => {
    assert.equal(commentOptionLines(source), expected);
    assert.equal(source.length, expected.length);
  };
  check("1", "1");
  check("#| a: 1", "// a: 1");
  check("\n  #| a\r\n//| b\n\t#|c\nx", "\n  // a\r\n//| b\n\t//c\nx");
  check("//| a\nx\n#| b", "//| a\nx\n#| b");
  check("class A { #x }", "class A { #x }");
  check("#| `", "// `");
  check("#!/bin/deno\n#| a", "#!/bin/deno\n#| a");
});

Deno.test("answerQuestion() takes leading option lines for comments", () => {
  const source = "#| fig-cap: a `b`\n{ a: 1 }";
  const options = { name: "c", folderUrl: "file:///a/", emit: {} };
  const { results } = answerQuestion({
    type: "translate",
    sources: [source, "#| echo: false\nlet x = ;"],
    options,
  }) as {
    results: readonly { type: string; line?: number; column?: number }[];
  };
  assert.equal(results[0]?.type, "script");
  assert.deepEqual([results[1]?.line, results[1]?.column], [2, 9]);
  assert.deepEqual(answerQuestion({ type: "judge", source: "#| a: 1\nf(" }), {
    status: "incomplete",
    indent: "  ",
  });
});
