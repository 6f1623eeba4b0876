import assert from "node:assert/strict";
import { renderLatex, renderMath, resolveReferences } from "./math.ts";
import { beginPage } from "./page.ts";

Deno.test("renderMath() shows the source of what it can not or must not draw", () => {
  const check = (tex: string, title: RegExp) => {
    const html = renderMath(tex, "inline", beginPage().math);
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
    assert.match(renderLatex(latex, beginPage().math), expected);
  check("$x$", /^<div class="latex"><math><mi>x<\/mi><\/math><\/div>$/);
  check("a < $x$ & b", /a &lt; <math>.*<\/math> &amp; b/);
  check("$$x$$", /class="math-display"/);
  check("\\[x\\]", /class="math-display"/);
  check("\\(x\\)", /latex"><math><mi>x/);
  check("\\begin{align}x&=y\\end{align}", /<mtable/);
  check("no formula <b>", /^<div class="latex">no formula &lt;b&gt;<\/div>$/);
});

Deno.test("renderMath() keeps macros for later formulas, whoever defines them", () => {
  const context = beginPage().math;
  const check = (tex: string, expected: RegExp) =>
    assert.match(renderMath(tex, "inline", context), expected);
  check("\\newcommand{\\vect}[1]{\\mathbf{#1}}", /^$/);
  check("\\vect{a}", /^<math><mi>𝐚<\/mi><\/math>$/);
  // A definition anew holds, as in MathJax; a mistake changes nothing.
  check("\\newcommand\\vect[1]{\\mathit{#1}}\\vect{b}", /<mi>b<\/mi>/);
  check("\\def\\pair#1#2{(#1,#2)} \\pair{x}{y}", /<mi>x<\/mi>.*<mi>y<\/mi>/);
  check("\\newcommand{\\Rr}{\\mathbb{R}} \\frac", /math-error/);
  check("\\pair{1}{2}", /<mn>1<\/mn>.*<mn>2<\/mn>/);
  check("\\Rr", /math-error/);
  check("\\renewcommand{\\Rr}{\\mathbb{R}}\\Rr", /ℝ/);
  check("\\DeclareMathOperator{\\tr}{tr} \\tr A", /tr/);
  check("\\tr B", /tr/);
  check("\\def\\a{\\a}\\a", /math-error/);
  // Those before the last definition hold as well.
  check("\\vect{c}", /^<math><mi>c<\/mi><\/math>$/);
  check("\\DeclareMathOperator*{\\am}{arg\\,max} \\am_x f", /arg\s?max/);
  check("\\am_y", /arg\s?max/);
  check("\\let\\foo\\alpha \\foo", /α/);
  check("\\let\\bar\\vect", /^$/);
  check("\\bar{e}", /^<math><mi>e<\/mi><\/math>$/);
  check("\\def\\outer#1{\\inner{#1}} \\def\\inner#1{[#1]}", /^$/);
  check("\\outer{x}", /\[.*<mi>x<\/mi>.*\]/);
  check("\\def\\until#1.{(#1)} ", /^$/);
  check("\\until a.b", /\(.*<mi>a<\/mi>.*\).*<mi>b<\/mi>/);
  check("\\require{ams} \\vect{e}", /^<math><mi>e<\/mi><\/math>$/);
  check(
    "\\newcommand\\p[2][5]{#1+#2} \\p{3}",
    /^<math>(?:<mrow>)?<mn>5<\/mn><mo>\+<\/mo>(?:<\/mrow><mrow>)?<mn>3/,
  );
  check("\\p[4]{3}", /<mn>4<\/mn><mo>\+<\/mo>(?:<\/mrow><mrow>)?<mn>3/);
  check("\\p {x}", /<mn>5<\/mn><mo>\+<\/mo>(?:<\/mrow><mrow>)?<mi>x/);
  check("\\newcommand{\\q}[1][y]{(#1)} \\q", /<mi>y<\/mi>/);
  check("\\q[z]", /<mi>z<\/mi>/);
  check("\\newcommand\\r[1][\\r]{#1} \\r", /math-error/);
  check("\\newcommand\\s[1][x]{\\s} \\s", /math-error/);
});

Deno.test("renderMath() draws an eqnarray as an align, and colors to be lightened", () => {
  const context = beginPage().math;
  const align = renderMath(
    "\\begin{align*}a&\\le b\\\\c&=d\\end{align*}",
    "display",
    context,
  );
  const eqnarray = renderMath(
    "\\begin{eqnarray*}a&\\le &b\\\\c&=&d\\end{eqnarray*}",
    "display",
    context,
  );
  assert.equal(eqnarray, align);
  assert.equal(
    renderMath("\\color{blue}x", "inline", context),
    '<math><mrow><mi class="tinted" style="color:#0000FF;--tint:#0000FF;">x</mi></mrow></math>',
  );
});

Deno.test("renderMath() numbers equations, and references find them", () => {
  const context = beginPage().math;
  const shown = [
    "\\begin{equation}\\label{eq:a}a=b\\end{equation}",
    "\\begin{equation*}x\\end{equation*}",
    "\\begin{align}a&=b\\\\c&=d\\label{d}\\end{align}",
    "\\begin{equation}\\tag{T}\\label{t}u\\end{equation}",
    "\\begin{multline}a\\\\b\\\\c\\end{multline}",
  ].map((tex) => renderMath(tex, "display", context));
  assert.deepEqual(
    shown.map((html) => html.match(/\(\w\)(?=<)/g) ?? []),
    [["(1)"], [], ["(2)", "(3)"], ["(T)"], ["(4)"]],
  );
  assert.match(shown[0]!, /<mtr id="skein-equation-eqa"/);
  const refer = (tex: string) =>
    resolveReferences(renderMath(tex, "inline", context), context);
  assert.equal(
    refer("\\eqref{eq:a}"),
    '<a href="#skein-equation-eqa">(1)</a>',
  );
  assert.equal(refer("\\ref{d}"), '<a href="#skein-equation-d">3</a>');
  assert.equal(refer("\\eqref{t}"), '<a href="#skein-equation-t">(T)</a>');
  assert.equal(refer("\\eqref{none}"), "<span>(?)</span>");
});
