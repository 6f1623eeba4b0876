import assert from "node:assert/strict";
import {
  DISPLAY,
  display,
  type DisplayOptions,
  figure,
  html,
  makeDisplayable,
  md,
  svg,
} from "./display.ts";

const ATTACK = `"><script>alert('x')</script>`;
const HARMLESS = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;";

Deno.test("html() escapes what is put in", () => {
  assert.equal(html`<p title="${ATTACK}">`.markup, `<p title="${HARMLESS}">`);
});

Deno.test("html() leaves results of html and svg as they are", () => {
  const image = svg`<g>${"<"}</g>`;
  assert.equal(
    html`<p>${html`<b>a</b>`}${image}</p>`.markup,
    "<p><b>a</b><g>&lt;</g></p>",
  );
});

Deno.test("html() joins arrays and writes null and undefined as nothing", () => {
  assert.equal(
    html`${[1, [html`<i>2</i>`, null], undefined, 0, false]}`.markup,
    "1<i>2</i>0false",
  );
});

Deno.test("html() does not trust objects that only look like markup", () => {
  const forged = { markup: "<script>", toString: () => "<script>" };
  assert.equal(html`${forged}`.markup, "&lt;script&gt;");
});

Deno.test("html(), svg() and md() yield their MIME type and plain text", async () => {
  assert.deepEqual(await html`<b>1 ${"<"} 2</b>`[DISPLAY](), {
    "text/html": "<b>1 &lt; 2</b>",
    "text/plain": "1 < 2",
  });
  assert.deepEqual(await svg`<text>A dot</text>`[DISPLAY](), {
    "image/svg+xml": "<text>A dot</text>",
    "text/plain": "A dot",
  });
  assert.deepEqual(await md`# ${"<b>"} ${["a", "b"]}`[DISPLAY](), {
    "text/markdown": "# <b> ab",
    "text/plain": "# <b> ab",
  });
});

Deno.test("figure() carries the image and the words that stand in for it", async () => {
  assert.deepEqual(await figure("<svg/>", "Two rows")[DISPLAY](), {
    "image/svg+xml": "<svg/>",
    "text/plain": "Two rows",
  });
});

Deno.test("makeDisplayable() makes the bundle when it is asked for", async () => {
  let calls = 0;
  const value = makeDisplayable(() => ({ "text/plain": `call ${++calls}` }));
  assert.equal(calls, 0);
  assert.deepEqual(await value[DISPLAY](), { "text/plain": "call 1" });
});

Deno.test("display() hands the value and options to the host", async () => {
  const shown: unknown[] = [];
  const host = {
    display: (value: unknown, options: DisplayOptions) => {
      shown.push([value, options]);
      return Promise.resolve();
    },
  };
  const value = md`hi`;
  await withHost(
    host,
    () => display(value, { display_id: "a", update: true }),
  );
  assert.deepEqual(shown, [[value, { display_id: "a", update: true }]]);
});

Deno.test("display() prints the text form where there is no host", async () => {
  const printed: unknown[] = [];
  const terminal = globalThis.console;
  const log = (...values: unknown[]) => void printed.push(...values);
  globalThis.console = { ...terminal, log };
  try {
    await display(figure("<svg/>", "Two rows"));
    await display(42);
  } finally {
    globalThis.console = terminal;
  }
  assert.deepEqual(printed, ["Two rows", 42]);
});

/** Runs `body` while `Deno.jupyter` is `host`; Deno's own property is not ours to set. */
async function withHost(
  host: unknown,
  body: () => Promise<void>,
): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "Deno")!;
  const value = { jupyter: host };
  Object.defineProperty(globalThis, "Deno", { value, configurable: true });
  try {
    await body();
  } finally {
    Object.defineProperty(globalThis, "Deno", before);
  }
}
