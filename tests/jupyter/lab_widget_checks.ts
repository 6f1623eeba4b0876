/**
 * Widgets in JupyterLab: what a cell makes is drawn, what a person does to it
 * reaches the cell, and a reload of the page loses nothing.
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "./lab_checks.ts";

const SLIDER = `import { slider, widget } from "skein";
const many = slider("how many", 0, 10, { value: 3 });
await many.rerun((n) => {
  console.log("ran");
  return "ten times: " + n * 10;
});`;

/** A widget of a module of its own: needs anywidget. */
const COUNTER = `const counter = widget({
  state: { count: 1, bytes: new Uint8Array([7]) },
  render({ model, el }) {
    const button = document.createElement("button");
    const show = () => button.textContent =
      "count " + model.get("count") + " byte " + model.get("bytes").getUint8(0);
    button.onclick = () => {
      model.set("count", model.get("count") + 1);
      model.save_changes();
    };
    model.on("change:count", show);
    model.on("msg:custom", (text) => button.title = text);
    show();
    el.append(button);
  },
});
counter`;

/** What is checked, in this order. */
export const WIDGET_CHECKS: readonly Check[] = [
  {
    name: "slider",
    title: "a slider runs its work again under its cell; a reload keeps it",
    cells: [
      SLIDER,
      COUNTER,
      "counter",
      '({ many: many.value, count: counter.state.count, seen: counter.send("hi") })',
      "many.set(0); counter.set({ count: 9 });",
    ],
    async run(notebook) {
      const { mouse, keyboard } = notebook.page;
      const widget = notebook.cell(0).locator(".widget-slider");
      const readout = widget.locator(".widget-readout");
      const result = (value: number) =>
        notebook.outputs(0).filter({ hasText: `ten times: ${value * 10}` })
          .waitFor();
      await notebook.run(0);
      await readout.filter({ hasText: /^3$/ }).waitFor();
      await result(3);
      const handle = await widget.locator(".noUi-handle").boundingBox();
      const track = await widget.locator(".noUi-base").boundingBox();
      assert.ok(handle !== null && track !== null);
      const y = handle.y + handle.height / 2;
      await mouse.move(handle.x + handle.width / 2, y);
      await mouse.down();
      await mouse.move(track.x + track.width * 0.6, y, { steps: 5 });
      await mouse.move(track.x + track.width * 0.8, y, { steps: 5 });
      await mouse.up();
      await readout.filter({ hasText: /^8$/ }).waitFor();
      await result(8);
      const texts = await notebook.outputs(0).allInnerTexts();
      assert.deepEqual(texts.slice(1).map((text) => text.trim()), [
        "how many: 8",
        "ten times: 80",
        "ran\nran",
      ]);

      // Two views of one widget.
      await notebook.run(1);
      await notebook.run(2);
      const counts = (count: number) =>
        Promise.all(
          [1, 2].map((cell) =>
            notebook.cell(cell).getByText(`count ${count} byte 7`).waitFor()
          ),
        );
      await counts(1);
      await notebook.cell(1).getByText("count 1").click();
      await counts(2);
      await notebook.run(3);
      await notebook.shows(3, ["{ many: 8, count: 2, seen: undefined }"]);
      await notebook.cell(2).locator('button[title="hi"]').waitFor();
      await notebook.run(4);
      await readout.filter({ hasText: /^0$/ }).waitFor();
      await counts(9);

      await keyboard.press("Control+s");
      await notebook.page.locator(".jp-mod-dirty").waitFor({ state: "hidden" });
      await notebook.page.reload();
      await notebook.untilIdle();
      await readout.filter({ hasText: /^0$/ }).waitFor();
      await counts(9);
      await widget.locator(".noUi-handle").focus();
      await keyboard.press("ArrowRight");
      await readout.filter({ hasText: /^1$/ }).waitFor();
      // Ids of outputs are not in the file: JupyterLab has forgotten where
      // results go, so it is the cell that is asked.
      await notebook.run(3);
      await notebook.shows(3, ["{ many: 1, count: 9, seen: undefined }"]);
    },
  },
  {
    name: "form",
    title: "a prediction is a form; its answer takes its place",
    cells: [
      'import { predict } from "skein";\n' +
      'const p = await predict.number("How many ms?", { unit: "ms" });\n' +
      "p.answer",
    ],
    async run(notebook) {
      await notebook.start(0);
      const cell = notebook.cell(0);
      const field = cell.locator("input.widget-input, .widget-text input");
      await field.fill("12");
      await field.press("Enter");
      await notebook.prompt(0, /^\[1\]:$/);
      await cell.getByText("You predicted: 12 ms.").waitFor();
      assert.equal(await cell.locator(".widget-text").count(), 0);
    },
  },
];
