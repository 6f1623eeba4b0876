/**
 * Running: queue, interrupt, questions, much output, a page that goes and comes.
 * @module
 */
import assert from "node:assert/strict";
import { Desk, ended, outputOf, runCell } from "./desk.ts";

/** What is checked, by name. */
export const RUNNING: Readonly<Record<string, () => Promise<void>>> = {
  "opening a notebook runs nothing": async () => {
    await using desk = await Desk.open([
      "await Deno.writeTextFile('ran', '')",
    ]);
    await desk.page.locator(".nb-kernel").waitFor();
    await desk.page.waitForTimeout(1000);
    const names = await Array.fromAsync(Deno.readDir(desk.folder));
    assert.ok(!names.some(({ name }) => name === "ran"));
  },

  "cells run in order, and a failure stops those that wait": async () => {
    await using desk = await Desk.open([
      "let n = 1; n",
      "throw new Error('broken')",
      "n + 1",
    ]);
    const { page } = desk;
    await page.getByRole("button", { name: "▶ Run all", exact: true }).click();
    await page.locator(".nb-cell.failed").waitFor();
    assert.match(await outputOf(page, 1), /broken[\s\S]*line 1, column/);
    await page.locator(".nb-status", { hasText: "not run" }).waitFor();
    assert.equal(await outputOf(page, 2), "");
    await runCell(page, 2);
    assert.match(await outputOf(page, 2), /2/);
  },

  "an interrupt ends an endless loop, keeps variables and says so":
    async () => {
      await using desk = await Desk.open([
        "let kept = 7; console.log('goes'); while (true) {}",
        "kept",
      ]);
      const { page } = desk;
      await page.locator(".nb-run").first().click();
      await page.locator(".nb-output", { hasText: "goes" }).waitFor();
      await page.waitForFunction("document.title.startsWith('●')");
      await page.getByRole("button", { name: "■ Interrupt" }).click();
      await page.locator(".nb-notice", { hasText: "Interrupted after" })
        .waitFor();
      await runCell(page, 1);
      assert.match(await outputOf(page, 1), /7/);
    },

  "a cell that waits can be taken out": async () => {
    await using desk = await Desk.open([
      "await new Promise((r) => setTimeout(r, 1500))",
      "'ran'",
    ]);
    const { page } = desk;
    await page.locator(".nb-run").nth(0).click();
    await page.locator(".nb-run").nth(1).click();
    await page.locator(".nb-status", { hasText: "waits for its turn" })
      .waitFor();
    await page.locator(".nb-run").nth(1).click();
    await ended(page, 0);
    await page.locator(".nb-kernel", { hasText: "idle" }).waitFor();
    assert.equal(await outputOf(page, 1), "");
  },

  "a cell asks in place, and gets its answer": async () => {
    await using desk = await Desk.open(["prompt('Your name?') + '!'"]);
    const { page } = desk;
    await page.locator(".nb-run").click();
    await page.getByLabel("Your name?").fill("Ada");
    await page.keyboard.press("Enter");
    await ended(page, 0);
    assert.match(await outputOf(page, 0), /Ada!/);
  },

  "what runs goes on without a page, and is there when it comes back":
    async () => {
      await using desk = await Desk.open([
        "for (let i = 0; i < 12; i++) { console.log('n' + i); await new Promise((r) => setTimeout(r, 100)); }",
      ]);
      const { page } = desk;
      await page.locator(".nb-run").click();
      await page.locator(".nb-output", { hasText: "n2" }).waitFor();
      await page.reload();
      await page.locator(".nb-output", { hasText: "n11" }).waitFor();
      const text = await outputOf(page, 0);
      for (let i = 0; i < 12; i++) {
        assert.equal(text.split(`n${i}\n`).length, i === 11 ? 1 : 2, `n${i}`);
      }
    },

  "a print loop leaves the page and the interrupt working": async () => {
    await using desk = await Desk.open([
      "for (;;) console.log('x'.repeat(1000))",
      "2 * 21",
    ]);
    const { page } = desk;
    await page.locator(".nb-run").first().click();
    await page.locator(".nb-output", { hasText: "xxx" }).waitFor();
    await page.getByRole("button", { name: "■ Interrupt" }).click();
    await ended(page, 0);
    await runCell(page, 1);
    assert.match(await outputOf(page, 1), /42/);
    const size = await page.evaluate(
      "document.body.innerText.length",
    ) as number;
    assert.ok(size < 400_000, `${size} characters are shown`);
  },

  "what is shown and may be out of date says why": async () => {
    await using desk = await Desk.open(["let a = 1; a", "a + 1"]);
    const { page } = desk;
    await runCell(page, 0);
    await runCell(page, 1);
    assert.equal(await page.locator(".nb-stale").count(), 0);
    await page.locator(".cm-content").nth(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" ");
    await page.locator(".nb-stale", { hasText: "edited" }).waitFor();
    await page.keyboard.press("Backspace");
    await runCell(page, 0);
    await page.locator(".nb-stale").first().waitFor();
    await page.getByRole("button", { name: "↻ Restart", exact: true }).click();
    await page.locator(".nb-stale", { hasText: "earlier session" }).first()
      .waitFor();
  },

  "completion and hover answer while a cell computes": async () => {
    await using desk = await Desk.open([
      "const words = ['a']; let end = Date.now() + 8000; while (Date.now() < end) {}",
      "",
    ]);
    const { page } = desk;
    await page.locator(".nb-run").first().click();
    await page.locator(".nb-status", { hasText: "running for" }).waitFor();
    await page.locator(".cm-content").nth(1).click();
    await page.keyboard.type("Math.ma");
    await page.locator(".cm-tooltip-autocomplete", { hasText: "max" })
      .waitFor();
    assert.equal(
      await page.locator(".nb-status", { hasText: "running for" }).count(),
      1,
    );
  },

  "errors of type are marked while a cell computes, and go when they are mended":
    async () => {
      await using desk = await Desk.open([
        "let total = 1; total",
        "const end = Date.now() + 120000; while (Date.now() < end) {}",
        "",
      ]);
      const { page } = desk;
      await runCell(page, 0);
      await page.locator(".nb-run").nth(1).click();
      await page.locator(".nb-status", { hasText: "running for" }).waitFor();
      await page.locator(".cm-content").nth(2).click();
      await page.keyboard.type("const text: string = total;");
      await page.locator(".nb-problem", { hasText: "text" }).waitFor();
      await page.locator(".nb-problems", { hasText: "TS2322" }).waitFor();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.type(" + ''");
      await page.locator(".nb-problem").waitFor({ state: "detached" });
      // Hover and signature, while it computes.
      await page.keyboard.press("End");
      await page.keyboard.type(" total.toFixed(");
      await page.locator(".cm-tooltip", { hasText: "fractionDigits" })
        .waitFor();
      assert.equal(
        await page.locator(".nb-status", { hasText: "running for" }).count(),
        1,
      );
      await page.getByRole("button", { name: "■ Interrupt" }).click();
      await ended(page, 1);
    },

  "progress lines are drawn as a terminal draws them": async () => {
    await using desk = await Desk.open([
      String.raw`for (let i = 0; i <= 3; i++) {
  process.stdout.write("\r" + "=".repeat(i) + i);
  await new Promise((r) => setTimeout(r, 60));
}
console.log("\nfirst\nsecond\x1b[1A\x1b[2K\rreplaced");`,
    ]);
    const { page } = desk;
    await runCell(page, 0);
    assert.match(
      (await outputOf(page, 0)).trimEnd(),
      /^===3\nreplaced *\nsecond/,
    );
  },

  "a notebook asks for programs in words, and gets them when it may":
    async () => {
      const metadata = { skein: { permissions: { run: ["echo"] } } };
      const cell =
        "new TextDecoder().decode((await new Deno.Command('echo', { args: ['hi'] }).output()).stdout)";
      await using desk = await Desk.open([cell], { metadata });
      const { page } = desk;
      const ask = page.locator(".nb-notice", { hasText: "start the program" });
      await ask.waitFor();
      await runCell(page, 0);
      assert.match(await outputOf(page, 0), /NotCapable|denied|allow/i);
      await page.getByRole("button", { name: "Allow once" }).click();
      await ask.waitFor({ state: "detached" });
      await page.locator(".nb-rights", { hasText: "echo" }).waitFor();
      await page.locator(".nb-kernel", { hasText: "idle" }).waitFor();
      // Its status is that of the first run until the second begins.
      await page.locator(".nb-run").first().click();
      await page.locator(".nb-output", { hasText: '"hi\\n"' }).waitFor();
    },

  // What `predict` falls back on where its own form is not drawn.
  "a question that says what can be answered is a form": async () => {
    await using desk = await Desk.open([
      `const ask = (kind: string, text: string, more: object) =>
  (prompt as (...of: unknown[]) => string | null)(text, undefined, {
    form: { kind, text, unit: "", within: 1.25, items: [], at: [], ...more },
  });
const answers = [
  ask("choice", "Which is faster?", { items: ["a loop", "a Worker"] }),
  ask("order", "What comes first?", { items: ["timer", "promise", "sync"] }),
  ask("number", "How long?", { unit: "ms" }),
  ask("curve", "How fast?", { at: [1, 2], unit: "x" }),
];
console.log("answers:", JSON.stringify(answers));`,
      "confirm('Really?')",
    ]);
    const { page } = desk;
    await page.locator(".nb-run").first().click();
    await page.getByRole("group", { name: "Which is faster?" })
      .getByRole("button", { name: "a Worker" }).click();
    const order = page.getByRole("group", { name: "What comes first?" });
    await order.getByRole("button", { name: "Move sync up" }).click();
    await order.getByRole("button", { name: "Move sync up" }).click();
    await order.getByRole("button", { name: "Answer" }).click();
    await page.getByLabel("Number").fill("12.5");
    await page.keyboard.press("Enter");
    await page.getByLabel("at 1").fill("1");
    await page.getByLabel("at 2").fill("1.9");
    await page.keyboard.press("Enter");
    await ended(page, 0);
    assert.ok(
      (await outputOf(page, 0)).includes('["2","3 1 2","12.5","1 1.9"]'),
      await outputOf(page, 0),
    );
    await page.locator(".nb-run").nth(1).click();
    await page.getByRole("button", { name: "Yes" }).click();
    await ended(page, 1);
    assert.match(await outputOf(page, 1), /true/);
  },
};
