import assert from "node:assert/strict";
import { renderLatex, renderMath } from "./math.ts";

Deno.test("renderMath() shows the source of what it can not or must not draw", () => {
  const check = (tex: string, title: RegExp) => {
    const html = renderMath(tex, "inline");
    assert.match(
      html,
      /^<code class="math-error" title="[^"<]*">[^<]*<\/code>$/,
    );
    assert.match(html, title);
  };
  check("\\frac{1", /Unexpected end of input/);
  check("\\nope", /Unsupported function name/);
  check("\\includegraphics{https://a.b/c.png}", /not trusted/);
  check("\\href{javascript:alert(1)}{x}", /Unsupported function name/);
  check("\\def\\a{\\a\\a}\\a", /Too many expansions/);
});

Deno.test("renderLatex() draws the formulas and keeps the text between them", () => {
  const check = (latex: string, expected: RegExp) =>
    assert.match(renderLatex(latex), expected);
  check("$x$", /^<div class="latex"><math><mi>x<\/mi><\/math><\/div>$/);
  check("a < $x$ & b", /a &lt; <math>.*<\/math> &amp; b/);
  check("$$x$$", /class="math-display"/);
  check("\\[x\\]", /class="math-display"/);
  check("\\(x\\)", /latex"><math><mi>x/);
  check("\\begin{align}x&=y\\end{align}", /<mtable/);
  check("no formula <b>", /^<div class="latex">no formula &lt;b&gt;<\/div>$/);
});
