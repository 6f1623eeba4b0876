import assert from "node:assert/strict";
import { makeAnchor, renderToc } from "./toc.ts";

Deno.test("makeAnchor() makes anchors as Jupyter does, each once", () => {
  const taken = new Map<string, number>();
  const check = (text: string, expected: string) =>
    assert.equal(makeAnchor(text, taken), expected);
  check("Two words", "Two-words");
  check("Two words", "Two-words-2");
  check("Two words", "Two-words-3");
  check("  é\n ü ", "é-ü");
  check("", "section");
  check("skein-main", "_skein-main");
});

Deno.test("renderToc() nests headings and leaves the title out", () => {
  const check = (levels: readonly number[], expected: string) => {
    const headings = levels.map((level, index) => ({
      level,
      text: `h${index}`,
      anchor: `h${index}`,
    }));
    const html = renderToc(headings).replace(/<a href="#(h\d)">\1<\/a>/g, "$1");
    assert.equal(html, expected);
  };
  check([], "");
  check([1], "");
  check([1, 2], "");
  check([1, 2, 2], "<ol><li>h1</li><li>h2</li></ol>");
  check([1, 1], "<ol><li>h0</li><li>h1</li></ol>");
  check([2, 3, 2], "<ol><li>h0<ol><li>h1</li></ol></li><li>h2</li></ol>");
  check([3, 2], "<ol><li>h0</li><li>h1</li></ol>");
  check(
    [1, 3, 1, 2, 3, 1],
    "<ol><li>h0<ol><li>h1</li></ol></li><li>h2<ol><li>h3<ol><li>h4</li></ol></li></ol></li><li>h5</li></ol>",
  );
  check([2, 4, 2], "<ol><li>h0</li><li>h2</li></ol>");
});

Deno.test("renderToc() escapes what headings say", () => {
  const heading = { level: 2, text: '<b> & "c"', anchor: 'a"b' };
  assert.match(
    renderToc([heading, heading]),
    /^<ol><li><a href="#a%22b">&lt;b&gt; &amp; &quot;c&quot;<\/a><\/li>/,
  );
});
