/**
 * Safety and access: lost servers, hostile outputs, keyboard, phone.
 * @module
 */
import assert from "node:assert/strict";
import axe from "npm:axe-core@4.14.1";
import { killAmidSaves } from "./kills.ts";
import { makeLine } from "./line.ts";
import { Desk, ended, type Page } from "./desk.ts";

/** What is checked, by name. */
export const SAFETY: Readonly<Record<string, () => Promise<void>>> = {
  "a dead server is said at once, and typing goes on": async () => {
    await using desk = await Desk.open(["1"]);
    const { page } = desk;
    await desk.kill();
    await page.locator(".nb-notice", { hasText: "does not answer" }).waitFor();
    await page.locator(".cm-content").click();
    await page.keyboard.press("End");
    await page.keyboard.type("23");
    assert.equal(await page.locator(".cm-content").innerText(), "123");
    const text = JSON.parse(await Deno.readTextFile(desk.path));
    assert.equal(text.cells.length, 1);
  },

  "kill amid saves leaves a whole file": async () => {
    await killAmidSaves(4);
  },

  "a line that drops everything, with two tabs, loses and doubles nothing":
    async () => {
      await using desk = await Desk.open([""]);
      const line = makeLine();
      const pages = [desk.page, await desk.look({ line })];
      for (const page of pages) await page.locator(".cm-content").click();
      for (let round = 0; round < 4; round++) {
        // One tab is cut off in the middle of what it types.
        const words = pages[1]!.keyboard.type("bbbbb");
        if (round % 2 === 1) line.cut();
        await pages[0]!.keyboard.type("aaa");
        await words;
      }
      await desk.until(async () => {
        const { source } = (await desk.saved())[0]!;
        return [...source].sort().join("") === "a".repeat(12) + "b".repeat(20);
      }, "all of both is there, once");
      const texts = await Promise.all(
        pages.map((page) => page.locator(".cm-content").innerText()),
      );
      assert.equal(texts[0], texts[1]);
    },

  "without the token nothing is shown": async () => {
    await using desk = await Desk.open(["'secret'"]);
    const link = desk.link.replace(/token=.*/, "token=wrong");
    const until = ".nb-notice:has-text('token')";
    const last = await desk.look({ link, until });
    assert.ok(!(await last.content()).includes("secret"));
  },

  "scripts of outputs do not run, and nothing is asked of the network":
    async () => {
      const html = [
        "<script>parent.document.title='pwned'</script>",
        "<img src=x onerror=\"parent.document.title='pwned'\">",
        "<a href=\"javascript:document.title='pwned'\">link</a>",
        "<iframe srcdoc=\"<script>top.document.title='pwned'</script>\"></iframe>",
        "<form action='https://example.com'><button id=cells>Run</button></form>",
        "<img src='https://example.com/x.png'>",
        "<style>@import 'https://example.com/x.css'; .nb-bar { display: none }</style>",
      ];
      const cell = `for (const html of ${
        JSON.stringify(html)
      }) await Deno.jupyter.broadcast("display_data", { data: { "text/html": html, "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload=\\"document.title='pwned'\\"><script>document.title='pwned'</script></svg>", "text/markdown": html }, metadata: {}, transient: {} });`;
      await using desk = await Desk.open([
        cell,
        { markdown: html.join("\n\n") },
      ]);
      const { page } = desk;
      await page.locator(".nb-run").click();
      await ended(page, 0);
      await page.waitForTimeout(500);
      assert.ok(!(await page.title()).includes("pwned"));
      assert.ok(await page.locator(".nb-bar").isVisible());
      assert.deepEqual([...desk.foreign], []);
    },

  "axe finds nothing serious in any state, wide, narrow and at 200 %, light and dark":
    async () => {
      const cells = [
        "console.log('hi'); throw new Error('x')",
        { markdown: "# One\n\nText with [a link](https://example.com)." },
        "setInterval(() => {}, 1000); await 0",
        "confirm('Sure?')",
      ] as const;
      await using desk = await Desk.open(cells);
      const { page } = desk;
      await page.locator(".nb-run").nth(1).click();
      await ended(page, 2);
      await page.locator(".nb-run").nth(0).click();
      await ended(page, 0);
      await page.locator(".nb-run").nth(2).click();
      await page.locator(".nb-form").waitFor();
      await page.locator(".nb-lanes").waitFor();
      await page.locator(".nb-things").waitFor();
      assert.equal(await page.locator(".loading").count(), 0);
      const look = async (state: string) =>
        assert.deepEqual(await violations(page), [], state);
      for (const scheme of ["light", "dark"] as const) {
        // 640 pixels are what a page of 1280 has at 200 %.
        for (const width of [1280, 640, 375]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 800 });
          await look(`${scheme} ${width}`);
          const overflow = await page.evaluate(
            "document.documentElement.scrollWidth - innerWidth",
          );
          assert.equal(overflow, 0, `sideways scrolling at ${width}`);
          if (width === 640) continue;
          for (const panel of ["Find", "Alive", "Keys", "Bin", "Outline"]) {
            await page.getByRole("button", { name: panel }).click();
            await look(`${scheme} ${width} ${panel}`);
            await page.getByRole("button", { name: "Close" }).click();
          }
        }
      }
      await page.getByRole("button", { name: "Yes" }).click();
      await ended(page, 3);
      await page.getByRole("button", { name: "Recording" }).last().click();
      await page.locator("dialog iframe").waitFor();
      await look("recording");
      assert.deepEqual(desk.complaints, []);
    },

  "everything can be done by keyboard": async () => {
    await using desk = await Desk.open(["1", "2"]);
    const { page } = desk;
    await page.locator(".nb-cell").first().focus();
    await page.locator(".nb-cell").first().click({ position: { x: 5, y: 5 } });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" + 1");
    await page.keyboard.press("Shift+Enter");
    await ended(page, 0);
    await page.keyboard.press("Control+Enter");
    await ended(page, 1);
    await page.keyboard.press("h");
    await page.locator(".nb-panel", { hasText: "Run, stay" }).waitFor();
    await page.keyboard.press("h");
    // Tab leaves a cell for what comes after it.
    await page.keyboard.press("Tab");
    const tag = await page.evaluate("document.activeElement.tagName");
    assert.equal(tag, "BUTTON");
  },
};

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  ) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}
