import assert from "node:assert/strict";
import { beginPage } from "../page.ts";
import { convertFormula } from "./math.ts";

function convert(...formulas: readonly string[]): string {
  const { math } = beginPage();
  const [last] = formulas.map((tex) => convertFormula(tex, math)).slice(-1);
  return last!.type === "typst"
    ? last!.equations.map(({ code }) => code).join(" | ")
    : `refused: ${last!.reason}`;
}

Deno.test("convertFormula() converts what is common", () => {
  const check = (tex: string, expected: string) =>
    assert.equal(convert(tex), expected);
  check("x^2", "x^2");
  check("\\sqrt{y}", "sqrt(y)");
  check("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "mat(1, 2; 3, 4)");
  check("\\begin{align*}a&=b\\\\c&=d\\end{align*}", "a &= b \\ c &= d");
  check("x_{\\text{max}}", 'x_"max"');
  check("a=b \\nonumber\\label{eq:1}", "a = b");
  check("a=b \\tag{7}", "a = b");
  check("\\begin{gather}a\\\\b\\end{gather}", "a | b");
  check(
    "\\begin{align}a&=b\\\\c\\end{align}",
    'a &= b & quad "(1)" \\ c & & quad "(2)"',
  );
  check("a \\% \\# \\$", "a % \\# \\$");
});

Deno.test("convertFormula() puts macros in, and keeps them for later", () => {
  assert.equal(convert("\\newcommand{\\R}{\\mathbb{R}}"), "");
  assert.equal(convert("\\newcommand{\\R}{\\mathbb{R}}", "\\R^n"), "RR^n");
  assert.equal(
    convert("\\newcommand{\\half}[1]{\\frac{#1}{2}}", "\\half{x}"),
    "x/2",
  );
  assert.match(
    convert("\\def\\a{\\b\\b}", "\\def\\b{\\a\\a}", "\\a"),
    /^refused: its macros do not end/,
  );
});

Deno.test("convertFormula() refuses what it would set wrongly", () => {
  for (
    const tex of [
      "\\unknowncmd{x}",
      "\\href{http://a.example}{x}",
      "\\color{red}x",
      "\\begin{tikzpicture}\\end{tikzpicture}",
      "{",
      "x".repeat(5000),
    ]
  ) assert.match(convert(tex), /^refused: ./);
});

Deno.test("convertFormula() gives nothing that could run", () => {
  for (
    const tex of [
      '\\text{"#panic()"}',
      '\\text{#read("/etc/passwd")}',
      "\\text{\\\\} #panic() \\text{\\\\}",
      '\\text{\\"); #panic(\\"}',
      "std.read(x)",
      "\\operatorname{std}",
      "\\mathrm{\\#panic()}",
      "\\text{a\\\\}\\text{#x}",
      "// x",
      "/* x",
      "`x`",
      "@x",
    ]
  ) {
    const code = convert(tex);
    if (code.startsWith("refused: ")) continue;
    // Outside of strings no sign that begins code or a comment, and not `std`.
    const outside = code.replace(/"[^"]*"/g, "").replace(/\\[^\w\s]/g, "");
    assert.doesNotMatch(
      outside,
      /["#`@]|\/\/|\/\*|\bstd\b/,
      `${tex} → ${code}`,
    );
  }
});
