import assert from "node:assert/strict";
import type { CodeCell } from "../../nbformat/mod.ts";
import { listWords, NO_WORDS, withWords } from "./figure_words.ts";

const picture = (alt: string) => ({
  output_type: "display_data",
  data: { "image/png": "iVBORw0KGgo=", "text/plain": alt },
  metadata: {},
} as const);

Deno.test("listWords() gives each figure its own caption", () => {
  const [first, second] = [picture("1"), picture("2")];
  const cell: CodeCell = {
    cell_type: "code",
    id: "a",
    metadata: {},
    source: "//| fig-cap:\n//|   - One\n//|   - Two\n//| fig-alt: First\nIN",
    execution_count: null,
    outputs: [
      { output_type: "stream", name: "stdout", text: "OUT" },
      first,
      second,
    ],
  };
  const words = listWords(cell);
  assert.equal(words.get(first)?.caption, "One");
  assert.equal(words.get(first)?.alt, "First");
  assert.equal(words.get(second)?.caption, "Two");
});

Deno.test("withWords() replaces the words of others and keeps all other options", () => {
  const check = (source: string, caption: string | null, expected: string) =>
    assert.equal(withWords(source, { ...NO_WORDS, caption }), expected);
  check("IN", null, "IN");
  check("//| echo: false\nIN", null, "//| echo: false\nIN");
  check("//| fig-cap: A\n//| echo: false\nIN", null, "//| echo: false\nIN");
  check(
    "#| fig-cap:\n#|   - A\n#|   - B\n#| label: fig-x\n#| echo: false\nIN",
    'B: "x"',
    '//| fig-cap: "B: \\"x\\""\n#| echo: false\nIN',
  );
});
