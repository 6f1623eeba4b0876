/**
 * What no other notebook shows: lanes while a cell runs, what lives and how to
 * end it, recordings, figures that zoom.
 * @module
 */
import assert from "node:assert/strict";
import { Desk, ended, type Page, runCell } from "./desk.ts";

/** What is checked, by name. */
export const CONCURRENCY: Readonly<Record<string, () => Promise<void>>> = {
  "a running cell shows its lanes, and its recording afterwards": async () => {
    await using desk = await Desk.open([WORK], { args: ["--allow-all"] });
    const { page } = desk;
    await page.locator(".nb-run").click();
    const lane = (name: string) =>
      page.locator(".nb-lane", { hasText: name }).locator(".nb-lane-now");
    // The main thread awaits, a Worker computes, a process sleeps.
    await lane("spinner").filter({ hasText: /running|core/ }).waitFor();
    await lane("main thread").filter({ hasText: "waiting" }).waitFor();
    await lane("sleep 600").filter({ hasText: "waiting" }).waitFor();
    await page.locator(".nb-lock", { hasText: "lock results: held by main" })
      .waitFor();
    // What the cell waits for is ended, so the cell goes on.
    await page.getByRole("button", { name: "Stop process sleep 600" }).click();
    await ended(page, 0);
    assert.equal(await page.locator(".nb-lanes").count(), 0);
    await page.getByRole("button", { name: "Recording" }).click();
    const figure = page.locator("dialog iframe").contentFrame();
    await figure.locator("text", { hasText: "spinner" }).first().waitFor();
    await figure.getByRole("button", { name: "Zoom in" }).click();
    await figure.locator("output", { hasText: " to " }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    assert.deepEqual(desk.complaints, []);
  },

  "what lives is listed, named when it outlives its cell, and really stops":
    async () => {
      await using desk = await Desk.open([LEFT, "count"], {
        args: ["--allow-all"],
      });
      const { page } = desk;
      await runCell(page, 0);
      const row = (words: string) =>
        page.locator(".nb-things li", { hasText: words });
      for (
        const words of ["every 50 ms", "sleep 600", "spinner", "127.0.0.1"]
      ) {
        await row(words).filter({ hasText: "outlives its cell" }).waitFor();
      }
      const pid = Number(await page.locator(".nb-output").innerText());
      assert.ok(await isAlive(pid));
      const port =
        /127.0.0.1:(\d+)/.exec(await row("127.0.0.1").innerText())![1];
      assert.equal(
        await (await fetch(`http://127.0.0.1:${port}`)).text(),
        "hi",
      );
      for (
        const words of ["every 50 ms", "sleep 600", "spinner", "127.0.0.1"]
      ) {
        await row(words).getByRole("button", { name: "Stop" }).click();
        await row(words).waitFor({ state: "detached" });
      }
      await desk.until(async () => !await isAlive(pid), "the process ended");
      await assert.rejects(fetch(`http://127.0.0.1:${port}`));
      // The timer counts no more.
      await runCell(page, 1);
      const before = await countOf(page);
      await page.waitForTimeout(300);
      await runCell(page, 1);
      assert.equal(await countOf(page), before);
    },

  "a figure of a cell zooms and is hovered, and no script of an output runs":
    async () => {
      await using desk = await Desk.open([FIGURE]);
      const { page } = desk;
      await runCell(page, 0);
      const figure = page.locator(".nb-output iframe").contentFrame();
      await figure.getByRole("button", { name: "Zoom in" }).click();
      await figure.locator("output", { hasText: "to" }).first().waitFor();
      const box = await figure.locator("svg").boundingBox();
      await page.mouse.move(
        box!.x + box!.width * 0.6,
        box!.y + box!.height * 0.5,
      );
      await figure.locator("div", { hasText: /worker 1\n/ }).last().waitFor();
      assert.deepEqual(desk.complaints, []);
    },
};

function countOf(page: Page): Promise<string> {
  return page.locator(".nb-cell").nth(1).locator(".nb-output").innerText();
}

async function isAlive(pid: number): Promise<boolean> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
  return status !== "" && !/^State:\s+Z/m.test(status);
}

const MOD = new URL("../../mod.ts", import.meta.url).href;
const SPIN =
  `new Worker("data:text/javascript,for(;;){}", { type: "module", name: "spinner" })`;
const WORK = `import { Mutex } from ${JSON.stringify(MOD)};
const worker = ${SPIN};
const mutex = new Mutex({ name: "results" });
{
  using guard = await mutex.lock();
  await new Deno.Command("sleep", { args: ["600"] }).output();
}
worker.terminate();`;
const LEFT = `let count = 0;
setInterval(() => count++, 50);
${SPIN};
Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => new Response("hi"));
const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
child.pid`;
const FIGURE = `import { timeline } from ${JSON.stringify(MOD)};
timeline([
  { lane: "worker 1", kind: "worker", state: "running", startMs: 0, endMs: 40 },
])`;
