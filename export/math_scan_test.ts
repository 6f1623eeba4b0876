import assert from "node:assert/strict";
import { readFormula } from "./math_scan.ts";

Deno.test("readFormula() finds formulas by their delimiters", () => {
  const check = (
    source: string,
    tex: string,
    { isDisplay = false, rest = "" } = {},
  ) => {
    const formula = readFormula(source, 0);
    assert.deepEqual(
      formula && {
        tex: formula.tex,
        isDisplay: formula.isDisplay,
        rest: source.slice(formula.length),
      },
      { tex, isDisplay, rest },
      source,
    );
  };
  const display = { isDisplay: true };
  check("$x$", "x");
  check("$x$ and $y$", "x", { rest: " and $y$" });
  check("$r_1 = r_{2}\n$ and", "r_1 = r_{2}", { rest: " and" });
  check("$\nx\n$", "x");
  check("$a\\$b$", "a\\$b");
  check("$|x|$", "|x|");
  check("$$x$$", "x", display);
  check("$$a=1$$ $$b=2$$", "a=1", { isDisplay: true, rest: " $$b=2$$" });
  check("$$\na\n$$", "\na\n", display);
  check("\\\\(p_q\\\\) x", "p_q", { rest: " x" });
  check("\\(p_q\\)", "p_q");
  check("\\(x\\)", "x");
  check("\\\\[r_s\\\\].", "r_s", { isDisplay: true, rest: "." });
  check("\\[\na + b\n\\]", "\na + b\n", display);
  check(
    "\\begin{align}a\\end{align} b",
    "\\begin{align}a\\end{align}",
    { isDisplay: true, rest: " b" },
  );
  const nested = "\\begin{a}\\begin{a}x\\end{a}\\end{a}";
  check(nested, nested, display);
  check("\\eqref{eq:a} b", "\\eqref{eq:a}", { rest: " b" });
});

Deno.test("readFormula() leaves prices, escapes and halves alone", () => {
  for (
    const source of [
      ...[
        "$5 and $10",
        "$5",
        "$ x$",
        "$x $",
        "$$",
        "$$$",
        "$a\n\nb$",
        "$a`b$`",
      ],
      ...["\\[not a link\\]", "\\(see below\\)", "\\\\(a\n\nb\\\\)", "\\\\("],
      ...["\\\\[ \\\\[ a \\\\]", "\\begin{a}", "\\begin{a}\\end{b}", "\\x"],
      ...["\\begin{a}\n\n\\end{a}", "\\eqref{", "\\ref{}", "x", ""],
    ]
  ) {
    assert.equal(readFormula(source, 0), undefined, source);
  }
  assert.equal(readFormula("US$x$", 2), undefined);
});
