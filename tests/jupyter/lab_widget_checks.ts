/**
 * Widgets in JupyterLab: what a cell opens is drawn, and what a person does to
 * it reaches the cell.
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "./lab_checks.ts";

/** Opens a slider with nothing but comms, as a library of widgets would. */
const SLIDER = `import { comms } from "skein";
const open = (part: string, name: string, state: object) =>
  comms.open("jupyter.widget", {
    state: {
      _model_module: "@jupyter-widgets/" + part,
      _model_module_version: "2.0.0",
      _model_name: name + "Model",
      _view_module: "@jupyter-widgets/" + part,
      _view_module_version: "2.0.0",
      _view_name: name + "View",
      ...state,
    },
    buffer_paths: [],
  }, [], { version: "2.1.0" });
const layout = open("base", "Layout", {});
const style = open("controls", "SliderStyle", {
  _view_module: "@jupyter-widgets/base",
  _view_name: "StyleView",
});
const slider = open("controls", "IntSlider", {
  layout: "IPY_MODEL_" + layout.id,
  style: "IPY_MODEL_" + style.id,
  value: 3, min: 0, max: 10, step: 1, description: "how many",
});
let heard: number[] = [];
slider.onMessage = ({ data }) => {
  const { method, state } = data as { method: string; state: { value: number } };
  if (method === "update" && "value" in state) heard.push(state.value);
};
await Deno.jupyter.display({
  "text/plain": "a slider",
  "application/vnd.jupyter.widget-view+json": {
    version_major: 2, version_minor: 0, model_id: slider.id,
  },
}, { raw: true });`;

/** What is checked, in this order. */
export const WIDGET_CHECKS: readonly Check[] = [
  {
    name: "slider",
    title: "a slider is drawn; dragged, its cell hears the value",
    cells: [
      SLIDER,
      "heard.at(-1)",
      "slider.send({\n" +
      '  method: "update", state: { value: 0 }, buffer_paths: [],\n});',
    ],
    async run(notebook) {
      await notebook.run(0);
      const { mouse } = notebook.page;
      const widget = notebook.cell(0).locator(".widget-slider");
      const readout = widget.locator(".widget-readout");
      await readout.filter({ hasText: /^3$/ }).waitFor();
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
      await notebook.run(1);
      await notebook.shows(1, ["8"]);
      // And the other way round.
      await notebook.run(2);
      await readout.filter({ hasText: /^0$/ }).waitFor();
    },
  },
];
