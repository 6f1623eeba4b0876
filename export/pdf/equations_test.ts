import assert from "node:assert/strict";
import { renderMath } from "../math.ts";
import { beginPage } from "../page.ts";
import { convertFormula } from "./math.ts";
import { numberFormula, readReference, resolveInFormula } from "./equations.ts";

Deno.test("numberFormula() gives the numbers that pages have", () => {
  const [paper, page] = [beginPage().math, beginPage().math];
  for (
    const tex of [
      "a=b",
      "a=b\\tag{7}",
      "a=b\\label{nowhere}",
      "\\begin{equation}\\label{e}a=b\\end{equation}",
      "\\begin{equation*}x\\end{equation*}",
      "\\begin{equation}\\begin{split}a&=b\\\\c&=d\\end{split}\\end{equation}",
      "\\begin{align}a&=b\\label{r1}\\\\c&=d\\label{r2}\\end{align}",
      "\\begin{align}a\\\\\\notag b\\\\c\\nonumber\\\\d\\label{r3}\\end{align}",
      "\\begin{align*}a\\tag{x}\\label{x}\\\\b\\end{align*}",
      "\\begin{align}a=\\begin{pmatrix}1\\\\2\\end{pmatrix}\\\\[2pt]b\\\\\\end{align}",
      "\\begin{gather}a\\\\b\\tag*{T}\\\\\\text{a \\{ b}\\end{gather}",
      "\\begin{multline}a\\\\b\\\\c\\end{multline}",
      "\\begin{alignat}{2}a&=b&c&=d\\\\e\\end{alignat}",
      "\\begin{eqnarray}a&=&b\\\\c&=&d\\end{eqnarray}",
      "\\begin{cases}a\\\\b\\end{cases}",
      "\\begin{aligned}a&=b\\\\c\\end{aligned}",
    ]
  ) {
    const shown = renderMath(tex, "display", page)
      .match(/(?<=tml-eqn">)[^<]*|(?<=class="tml-tag">)[^<]*/g) ?? [];
    const set = numberFormula(tex, paper).flatMap(({ tex, number }) => [
      ...number === undefined ? [] : [number],
      ...(tex.match(/(?<=\\quad\\text\{)[^}]*/g) ?? []),
    ]);
    assert.deepEqual(set, shown, tex);
    assert.equal(paper.equations, page.equations, tex);
  }
  assert.deepEqual([...paper.labels], [...page.labels]);
});

Deno.test("convertFormula() counts what it refuses as pages do", () => {
  const [paper, page] = [beginPage().math, beginPage().math];
  for (
    const [body, isSet] of [
      ["\\color{red}x", false],
      ["\\unknowncmd{x}", false],
      ["x", true],
      ["\\frac{a", false],
      ["y", true],
    ] as const
  ) {
    const tex = `\\begin{equation}\\label{${body}}${body}\\end{equation}`;
    renderMath(tex, "display", page);
    assert.equal(convertFormula(tex, paper).type === "typst", isSet, tex);
    assert.equal(paper.equations, page.equations, tex);
  }
  assert.deepEqual(paper.labels.get("y"), "(3)");
  assert.ok(!paper.labels.has("\\unknowncmd{x}"));
});

Deno.test("resolveInFormula() and readReference() find what a label names", () => {
  const labels = new Map([["a", "(1)"], ["b c", "T"]]);
  const check = (tex: string, expected: string) =>
    assert.equal(resolveInFormula(tex, labels), expected);
  check("x \\eqref{a}", "x \\text{(1)}");
  check("\\ref{a}, \\ref{b c}", "\\text{1}, \\text{T}");
  check("\\eqref{none} \\reflectbox", "\\text{(?)} \\reflectbox");
  assert.deepEqual(readReference(" \\eqref{a} "), {
    label: "a",
    isInBrackets: true,
  });
  assert.deepEqual(readReference("\\ref{a}"), {
    label: "a",
    isInBrackets: false,
  });
  assert.equal(readReference("\\ref{a}+1"), undefined);
});
