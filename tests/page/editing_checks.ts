/**
 * Editing: nothing is lost, nothing doubles, every action has a key.
 * @module
 */
import assert from "node:assert/strict";
import { Desk, notebook, outputOf } from "./desk.ts";

/** What is checked, by name. */
export const EDITING: Readonly<Record<string, () => Promise<void>>> = {
  "an edit is in the file without a further word": async () => {
    await using desk = await Desk.open(["1 + 1"]);
    await desk.page.locator(".cm-content").click();
    await desk.page.keyboard.press("Control+End");
    await desk.page.keyboard.type(" + 40");
    await desk.until(
      async () => (await desk.saved())[0]?.source === "1 + 1 + 40",
      "the edit is saved",
    );
  },

  "a notebook that is only looked at keeps its bytes": async () => {
    await using desk = await Desk.open(["1"]);
    const before = await Deno.readTextFile(desk.path);
    await desk.page.locator(".cm-content").click();
    await desk.page.keyboard.press("Home");
    await desk.page.keyboard.type("x");
    await desk.until(
      async () => (await desk.saved())[0]?.source === "x1",
      "the edit is saved",
    );
    await desk.page.keyboard.press("Backspace");
    await desk.until(
      async () => (await Deno.readTextFile(desk.path)) === before,
      "the file is as it was",
    );
  },

  "two tabs type into one cell and see the same": async () => {
    await using desk = await Desk.open(["start"]);
    const [first, second] = [desk.page, await desk.look()];
    await first.locator(".cm-content").click();
    await second.locator(".cm-content").click();
    await first.keyboard.press("Control+Home");
    await second.keyboard.press("Control+End");
    await Promise.all([
      first.keyboard.type("aaaaaaaaaaaaaaaaaaaa"),
      second.keyboard.type("bbbbbbbbbbbbbbbbbbbb"),
    ]);
    const expected = `${"a".repeat(20)}start${"b".repeat(20)}`;
    for (const page of [first, second]) {
      await page.locator(".cm-content", { hasText: expected }).waitFor();
    }
    await desk.until(
      async () => (await desk.saved())[0]?.source === expected,
      "both are saved",
    );
  },

  "a reload keeps edits and outputs": async () => {
    await using desk = await Desk.open(["'out' + 'put'"]);
    const { page } = desk;
    await page.locator(".nb-run").click();
    await page.locator(".nb-output").waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" // more");
    await page.locator(".nb-disk", { hasText: "saved" }).waitFor();
    await page.reload();
    await page.locator(".cm-content", { hasText: "more" }).waitFor();
    assert.match(await outputOf(page, 0), /output/);
  },

  "a file that was changed outside is taken in, and the cursor stays":
    async () => {
      await using desk = await Desk.open(["one", "two"]);
      const { page } = desk;
      await page.locator(".cm-content").first().click();
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await Deno.writeTextFile(desk.path, notebook(["one", "changed", "new"]));
      await page.locator(".cm-content", { hasText: "changed" }).waitFor();
      assert.equal(await page.locator(".nb-cell").count(), 3);
      await page.keyboard.type("X");
      await desk.until(
        async () => (await desk.saved())[0]?.source === "oXne",
        "what is typed stands at the cursor",
      );
    },

  "a cell that was changed on both sides is asked about": async () => {
    await using desk = await Desk.open(["one"]);
    const { page } = desk;
    await page.locator(".cm-content").click();
    // The file is changed while an edit is not saved yet.
    await page.keyboard.type("mine ");
    await Deno.writeTextFile(desk.path, notebook(["theirs"]));
    const ask = page.locator(".nb-notice", { hasText: "changed outside" });
    const merged = page.locator(".nb-disk", { hasText: "saved" });
    await ask.or(merged).first().waitFor();
    if (await ask.count() === 0) {
      // The edit was saved before: then the file's is simply newer.
      await page.locator(".cm-content", { hasText: "theirs" }).waitFor();
      return;
    }
    await page.getByRole("button", { name: "Keep mine" }).click();
    await desk.until(
      async () => /mine/.test((await desk.saved())[0]!.source),
      "ours is saved",
    );
  },

  "cells are made, moved, changed, joined and removed by keys, and all comes back":
    async () => {
      await using desk = await Desk.open(["'a'", "'b'"]);
      const { page } = desk;
      const order = async () =>
        (await desk.saved()).map(({ source }) => source).join("|");
      const isSoon = (expected: string) =>
        desk.until(async () => await order() === expected, expected);
      await page.locator(".nb-run").first().click();
      await page.locator(".nb-output").waitFor();
      await page.locator(".cm-content").first().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("b");
      await isSoon("'a'||'b'");
      await page.keyboard.press("Enter");
      await page.keyboard.type("'c'");
      await page.keyboard.press("Escape");
      await isSoon("'a'|'c'|'b'");
      await page.keyboard.press("Alt+ArrowDown");
      await isSoon("'a'|'b'|'c'");
      await page.keyboard.press("z");
      await isSoon("'a'|'c'|'b'");
      await page.keyboard.press("k");
      await page.keyboard.press("d");
      await page.keyboard.press("d");
      await isSoon("'c'|'b'");
      // What was removed comes back with what it showed.
      await page.keyboard.press("z");
      await isSoon("'a'|'c'|'b'");
      assert.match(await outputOf(page, 0), /a/);
      await page.keyboard.press("Shift+Z");
      await isSoon("'c'|'b'");
      await page.getByRole("button", { name: /^Bin/ }).click();
      await page.getByRole("button", { name: "Put back" }).click();
      await desk.until(
        async () => (await desk.saved()).length === 3,
        "it is back",
      );
    },

  "undo in a cell is the cell's own": async () => {
    await using desk = await Desk.open(["one", "two"]);
    const { page } = desk;
    await page.locator(".cm-content").nth(0).click();
    await page.keyboard.press("End");
    await page.keyboard.type("1");
    await page.locator(".cm-content").nth(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("2");
    await page.keyboard.press("Control+z");
    await desk.until(async () => {
      const [first, second] = await desk.saved();
      return first?.source === "one1" && second?.source === "two";
    }, "only the second cell is as it was");
  },

  "text is written in Markdown and shown with math": async () => {
    await using desk = await Desk.open([{ markdown: "# Title\n\n$x^2$" }]);
    const { page } = desk;
    await page.locator("h1", { hasText: "Title" }).waitFor();
    assert.equal(await page.locator("div.markdown math").count(), 1);
    await page.locator("div.markdown").dblclick();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n\n*more*");
    await page.keyboard.press("Shift+Enter");
    await page.locator("div.markdown em", { hasText: "more" }).waitFor();
  },

  "words are found in all cells, and replaced": async () => {
    await using desk = await Desk.open([
      "let apple = 1;",
      { markdown: "An Apple" },
      "apple + apple",
    ]);
    const { page } = desk;
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("textbox", { name: "Find" }).fill("apple");
    const says = page.locator(".nb-find [role=status]");
    await says.filter({ hasText: "1 of 4" }).waitFor();
    await page.keyboard.press("Enter");
    await says.filter({ hasText: "2 of 4" }).waitFor();
    await page.getByLabel("Match case").check();
    await says.filter({ hasText: "of 3" }).waitFor();
    await page.getByLabel("Replace with").fill("pear");
    await page.getByRole("button", { name: "Replace all" }).click();
    await says.filter({ hasText: "Not found" }).waitFor();
    await desk.until(
      async () =>
        (await desk.saved()).map(({ source }) => source).join("|") ===
          "let pear = 1;|An Apple|pear + pear",
      "all are replaced",
    );
    await page.keyboard.press("Escape");
    await page.locator(".nb-panel").waitFor({ state: "detached" });
    // What was replaced in a cell is taken back there.
    await page.locator(".cm-content").first().click();
    await page.keyboard.press("Control+z");
    await page.locator(".cm-content", { hasText: "let apple" }).waitFor();
  },

  "cells are dragged, and moved, changed and removed by buttons": async () => {
    await using desk = await Desk.open(["'a'", "'b'", "'c'"]);
    const { page } = desk;
    const isSoon = (expected: string) =>
      desk.until(
        async () =>
          (await desk.saved()).map(({ source }) => source).join("") ===
            expected,
        expected,
      );
    const cell = (place: number) => page.locator(".nb-cell").nth(place);
    const { height } = (await cell(2).boundingBox())!;
    await cell(0).locator(".nb-drag").dragTo(cell(2), {
      targetPosition: { x: 200, y: height - 3 },
    });
    await isSoon("'b''c''a'");
    await cell(2).locator(".nb-drag").dragTo(cell(0), {
      targetPosition: { x: 200, y: 3 },
    });
    await isSoon("'a''b''c'");
    await cell(0).click({ position: { x: 8, y: 8 } });
    await page.getByRole("button", { name: "Move the cell down" }).click();
    await isSoon("'b''a''c'");
    await page.getByRole("button", { name: "Remove the cell" }).click();
    await isSoon("'b''c'");
    await page.getByLabel("What the cell is").selectOption("markdown");
    await page.locator("div.markdown").waitFor();
  },

  "edits that a killed server never got are offered to the next page, once":
    async () => {
      await using desk = await Desk.open(["one", "two"]);
      const { page } = desk;
      await desk.kill();
      await page.locator(".nb-notice", { hasText: "does not answer" })
        .waitFor();
      await page.locator(".cm-content").nth(0).click();
      await page.keyboard.press("End");
      await page.keyboard.type(" more");
      await page.locator(".cm-content").nth(1).click();
      await page.keyboard.press("End");
      await page.keyboard.type(" mine");
      await page.waitForTimeout(500);
      // Meanwhile somebody changes the second cell in the file.
      await Deno.writeTextFile(desk.path, notebook(["one", "theirs"]));
      await desk.restart();
      // The browser asks before it closes such a page; whoever kills it does not.
      await page.close({ runBeforeUnload: false });
      const next = await desk.look({ context: page.context() });
      await next.getByRole("button", { name: "Put them back" }).click();
      await desk.until(
        async () =>
          (await desk.saved()).map(({ source }) => source).join("|") ===
            "one more|theirs|two mine",
        "the edits are there, and nobody's is lost",
      );
      await next.reload();
      await next.locator(".nb-cell").nth(2).waitFor();
      await next.waitForTimeout(500);
      assert.equal(
        await next.getByRole("button", { name: "Put them back" }).count(),
        0,
      );
    },
};
