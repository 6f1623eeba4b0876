import assert from "node:assert/strict";
import {
  FULL_BUDGET,
  restOfText,
  takeText,
  type TextBudget,
} from "./text_budget.ts";

/** Takes texts one after another and gives all that is shown in the end. */
function show(texts: Iterable<string>, left = FULL_BUDGET.left): string {
  let budget: TextBudget = { ...FULL_BUDGET, left };
  let all = "";
  for (const text of texts) {
    const taken = takeText(budget, text);
    budget = taken.budget;
    all += taken.shown;
    assert.ok(budget.tail.length <= 64 * 1024, "the tail is bounded");
  }
  return all + restOfText(budget);
}

function* numbered(count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield `line ${i}\n`;
}

Deno.test("takeText() shows everything up to the limit", () => {
  const exact = "x".repeat(FULL_BUDGET.left);
  assert.ok(show([exact]) === exact);
  const lines = [...numbered(10_000)];
  assert.equal(show(lines), lines.join(""));
  assert.equal(show([]), "");
});

Deno.test("takeText() loses nothing that fits into the tail", () => {
  const lines = [...numbered(1000)];
  assert.equal(show(lines, 500), lines.join(""));
  assert.equal(show([lines.join("")], 500), lines.join(""));
  assert.equal(show(["abc", "\n", "\n", "d"], 2), "abc\n\nd");
});

Deno.test("takeText() keeps head and tail and counts what is between", () => {
  for (
    const texts of [[...numbered(50_000)], [[...numbered(50_000)].join("")]]
  ) {
    const text = show(texts, 1000);
    const [head, tail] = text.split(/\[… [^\]]+ …\]\n/) as [string, string];
    const dropped = Number(
      /\[… ([\d,]+) lines/.exec(text)![1]!.replaceAll(",", ""),
    );
    const headLines = head.split("\n").length - 1;
    const tailLines = tail.split("\n").length - 1;
    assert.equal(headLines + dropped + tailLines, 50_000);
    assert.equal(head, [...numbered(headLines)].join(""));
    assert.equal(tail, [...numbered(50_000)].slice(-tailLines).join(""));
    assert.ok(tail.length > 60 * 1024);
  }
});

Deno.test("takeText() cuts a line that is longer than all that is shown", () => {
  const text = show([`${"a".repeat(200_000)}${"b".repeat(200_000)}\n`], 1000);
  assert.match(
    text,
    /^a{1000}\[… 0 lines \(0\.3 Mi characters\) not shown …\]\n/,
  );
  assert.match(text, /\]\nb{60000,}\n$/);
});

Deno.test("takeText() does not let a line end pass what is held back", () => {
  const { budget } = takeText({ ...FULL_BUDGET, left: 2 }, "a\nb");
  assert.equal(takeText(budget, "\nc").shown, "");
  assert.equal(show(["a\nb", "\nc"], 2), "a\nb\nc");
});
