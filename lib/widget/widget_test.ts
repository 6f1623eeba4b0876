import assert from "node:assert/strict";
import { DISPLAY } from "../base/mod.ts";
import type { Comm, CommMessage } from "./comms.ts";
import { button, choice, slider, toggle } from "./controls.ts";
import { type Slot, takeTurn } from "./turns.ts";
import { widget } from "./widget.ts";

const VIEW = "application/vnd.jupyter.widget-view+json";

/** A front end that hears all, and says what it is told to. */
function openFrontEnd() {
  const world = globalThis as unknown as Record<symbol, unknown>;
  const key = Symbol.for("Jupyter.comms");
  const comms: (Comm & { opened: Record<string, unknown> })[] = [];
  const heard: Record<string, unknown>[] = [];
  world[key] = {
    open: (target: string, data: { state: Record<string, unknown> }) => {
      const comm = {
        id: `c${comms.length}`,
        target,
        opened: data.state,
        onMessage: null,
        onClose: null,
        send: (said: Record<string, unknown>) => void heard.push(said),
        close: () => void heard.push({ method: "close" }),
      };
      comms.push(comm);
      return comm;
    },
  };
  const say = (data: unknown, buffers: Uint8Array[] = []) =>
    comms.at(-1)!.onMessage!({ data, buffers, metadata: {} } as CommMessage);
  return {
    comms,
    heard,
    say,
    [Symbol.dispose]: () => void delete world[key],
  };
}

Deno.test("widget() opens a conversation when it is shown, and shares its state", async () => {
  using front = openFrontEnd();
  const made = widget({
    state: { count: 1, data: new Uint8Array([1]) },
    render({ el, model }) {
      el.textContent = model.get("count");
    },
  });
  assert.equal(front.comms.length, 0);
  const bundle = await made[DISPLAY]();
  assert.deepEqual(bundle[VIEW], {
    version_major: 2,
    version_minor: 1,
    model_id: "c0",
  });
  assert.equal(bundle["text/plain"], "count: 1, data: bytes");
  const { _model_name, _esm, count } = front.comms[0]!.opened;
  assert.deepEqual([_model_name, count], ["AnyModel", 1]);
  assert.match(String(_esm), /Object\.values\({ render *\(/);

  made.set({ count: 2 });
  await Promise.resolve();
  assert.deepEqual(front.heard.shift(), {
    method: "update",
    state: { count: 2 },
    buffer_paths: [],
  });
  const seen: number[] = [];
  made.onChange(({ count }) => seen.push(count));
  await front.say({ method: "update", state: { count: 3, other: 1 } });
  assert.deepEqual([made.state.count, seen], [3, [3]]);
  // Who else shows it hears of it.
  assert.equal(front.heard.shift()!.method, "echo_update");
  const update = { state: { data: null }, buffer_paths: [["data"]] };
  await front.say({ method: "update", ...update }, [new Uint8Array([9])]);
  assert.deepEqual(made.state.data, new Uint8Array([9]));
  front.heard.length = 0;
  front.say({ method: "request_state" });
  const { state } = front.heard.shift() as { state: Record<string, unknown> };
  assert.deepEqual([state.count, state._esm], [3, _esm]);

  const got: unknown[] = [];
  made.onMessage((content) => got.push(content));
  await front.say({ method: "custom", content: "hi" });
  assert.deepEqual(got, ["hi"]);
});

Deno.test("a module of widget() is one that any host of AFM can run", async () => {
  using front = openFrontEnd();
  const made = widget({
    state: { text: "drawn" },
    initialize: ({ model }) => model.set("text", `${model.get("text")} once`),
    render: async function ({ model, el }) {
      await null;
      el.text = model.get("text");
      return () => el.text = "gone";
    },
  });
  await made[DISPLAY]();
  const text = String(front.comms[0]!.opened._esm);
  const address = `data:text/javascript,${encodeURIComponent(text)}`;
  const { default: module } = await import(address);
  const state: Record<string, unknown> = { text: "drawn" };
  let saved = 0;
  const model = {
    get: (name: string) => state[name],
    set: (name: string, value: unknown) => state[name] = value,
    save_changes: () => saved++,
  };
  const el = { text: "" };
  module.initialize({ model });
  const end = await module.render({ model, el });
  assert.deepEqual([el.text, saved], ["drawn once", 1]);
  end();
  assert.equal(el.text, "gone");
});

Deno.test("controls have the classes of Jupyter, and what draws them elsewhere", async () => {
  using front = openFrontEnd();
  const check = async (
    shown: { [DISPLAY](): unknown },
    name: string,
    text: string,
  ) => {
    const bundle = await shown[DISPLAY]() as Record<string, string>;
    const state = front.comms.at(-1)!.opened;
    assert.equal(state._model_name, name);
    assert.match(String(state._esm), /export default { render: draw\w+ };/);
    assert.match(String(state.style), /^IPY_MODEL_c\d+$/);
    assert.equal(bundle["text/plain"], text);
    assert.match(bundle["text/html"]!, /pip install ipywidgets/);
  };
  await check(slider("n", 1, 4), "IntSliderModel", "n: 1 (1 ●──────────── 4)");
  await check(
    slider("x", 0, 1, { step: 0.1, value: 0.5 }),
    "FloatSliderModel",
    "x: 0.5 (0 ──────●────── 1)",
  );
  await check(toggle("lock", { value: true }), "CheckboxModel", "☑ lock");
  await check(choice("m", ["a", "b"]), "RadioButtonsModel", "m: ● a  ○ b");
  await check(button("Go"), "ButtonModel", "[ Go ]");
});

Deno.test("a control takes what it can be set to, and puts the rest right", async () => {
  using front = openFrontEnd();
  const made = slider("n", 1, 4);
  await made[DISPLAY]();
  const heard: number[] = [];
  made.onChange((value) => heard.push(value));
  const set = (value: unknown) =>
    front.say({ method: "update", state: { value } });
  await set(3);
  await set(99);
  await set("7");
  assert.deepEqual([made.value, heard], [4, [3, 4]]);
  const sent = front.heard.filter(({ method }) => method === "update");
  assert.deepEqual(sent.map(({ state }) => state), [{ value: 4 }, {
    value: 4,
  }]);
  assert.throws(() => made.set(9), /Cannot set slider: value is 9/);

  const pick = choice("m", ["a", "b"]);
  await pick[DISPLAY]();
  await front.say({ method: "update", state: { index: 1 } });
  await front.say({ method: "update", state: { index: 7 } });
  assert.equal(pick.value, "b");

  const press = button("Go");
  await press[DISPLAY]();
  await front.say({ method: "custom", content: { event: "click" } });
  await front.say({ method: "custom", content: null });
  assert.equal(press.value, 1);
});

Deno.test("takeTurn() runs one at a time; of those that wait in a place, one", async () => {
  const log: string[] = [];
  let value = 0;
  const doors: (() => void)[] = [];
  const slot = (name: string): Slot => ({
    isWaiting: false,
    run: async () => {
      log.push(`${name} ${value}`);
      await new Promise<void>((resolve) => doors.push(resolve));
      log.push(`${name} over`);
      if (name === "b") throw new Error("b fails");
    },
  });
  const [a, b] = [slot("a"), slot("b")];
  const turns = [takeTurn(a), takeTurn(a)];
  await new Promise((resolve) => setTimeout(resolve));
  for (value = 1; value < 4; value++) turns.push(takeTurn(a), takeTurn(b));
  const over = AbortSignal.abort();
  turns.push(takeTurn(slot("never"), over));
  while (log.length < 6) {
    doors.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await Promise.all(turns);
  assert.deepEqual(log, ["a 0", "a over", "a 4", "a over", "b 4", "b over"]);
});
