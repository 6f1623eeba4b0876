import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { CPU, WAITING } from "../gallery/gallery_data.ts";
import { LONG_NAMES, MANY, THOUSAND, TINY } from "../gallery/gallery_spans.ts";
import { timeline } from "../../views.ts";
import { timelineFigure } from "./timeline.ts";
import { timelineBlocks } from "./timeline_blocks.ts";
import { panelsOf } from "../../trace/timeline_groups.ts";
import { layOut } from "./timeline_layout.ts";

Deno.test("timelineFigure() says in words what it shows, with numbers", async () => {
  const { alt, svg } = await timelineFigure(WAITING);
  assert.match(
    alt,
    /^Eight requests of 100 ms each\nsequential, 812 ms: main thread waiting 812 ms\.$/m,
  );
  assert.match(alt, /async, 104 ms: task 1 waiting 101 ms; task 2 waiting/);
  assert.ok(
    svg.includes("<desc>sequential, 812 ms: main thread waiting 812 ms."),
  );
});

Deno.test("timelineFigure() escapes names and labels", async () => {
  const { svg } = await timelineFigure(LONG_NAMES, { title: "</svg><script>" });
  assert.doesNotMatch(svg, /<script|<img/);
  assert.match(svg, /&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;/);
});

Deno.test("timelineFigure() says when nothing was recorded", async () => {
  const { svg, alt } = await timelineFigure([]);
  assert.match(svg, />Nothing was recorded\.</);
  assert.match(alt, /nothing was recorded/);
});

Deno.test("timelineFigure() says which panel is empty", async () => {
  const { svg } = await timelineFigure([
    { title: "first", spans: TINY },
    { title: "second", spans: [] },
  ]);
  assert.match(svg, />nothing was recorded</);
});

Deno.test("timelineFigure() rejects spans that end before they start", async () => {
  const span = { ...TINY[0]!, startMs: 5, endMs: 4 };
  await assert.rejects(timelineFigure([span]), RangeError);
});

Deno.test("timelineFigure() stands alone: nothing from outside, nothing from the page", async () => {
  const { svg } = await timelineFigure(CPU);
  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" width="640" height="\d+" viewBox="0 0 640 \d+">\n<title>/,
  );
  assert.match(svg, /prefers-color-scheme:dark/);
  const inside = svg.replace(/xmlns="[^"]*"/, "");
  assert.doesNotMatch(
    inside,
    /https?:|href|<script|<image|<foreignObject|currentColor|var\(|NaN|undefined/,
  );
});

Deno.test("timelineFigure() is the same every time", async () => {
  const [first, second] = [
    await timelineFigure(CPU),
    await timelineFigure(CPU),
  ];
  assert.equal(first.svg, second.svg);
});

Deno.test("timeline() shows an image and its words", async () => {
  const bundle = await timeline(TINY, { title: "There and back" })[DISPLAY]();
  assert.deepEqual(Object.keys(bundle), ["image/svg+xml", "text/plain"]);
  assert.match(
    String(bundle["text/plain"]),
    /^There and back\nTimeline, 595 µs: main thread/,
  );
});

Deno.test("panelsOf() counts spans from the first start, a comparison's from its round", () => {
  const [shifted] = panelsOf(
    TINY.map((span) => ({
      ...span,
      startMs: span.startMs + 9,
      endMs: span.endMs + 9,
    })),
  );
  assert.equal(shifted?.spans[0]?.startMs, 0);
  const panels = panelsOf(CPU);
  assert.deepEqual(panels.map(({ title }) => title), [
    "sequential",
    "async",
    "workers",
    "processes",
  ]);
  // Four processes start one after another: the first start is not moved.
  assert.equal(panels[3]?.spans.at(-1)?.lane, "process 4");
  assert.ok(panels[3]!.spans.some(({ startMs }) => startMs === 3));
});

Deno.test("layOut() never lets two rows overlap", () => {
  for (const source of [CPU, WAITING, MANY, THOUSAND]) {
    const { panels, markPx } = layOut(panelsOf(source));
    const middles = panels.flatMap(({ lanes }) =>
      lanes.flatMap((lane) => lane.middles)
    );
    middles.slice(1).forEach((middle, index) => {
      assert.ok(middle - middles[index]! > markPx);
    });
  }
});

Deno.test("layOut() names how many lanes it leaves out", () => {
  const spans = Array.from(
    { length: 75 },
    (_, i) => ({ ...TINY[0]!, lane: `task ${i}` }),
  );
  assert.equal(layOut(panelsOf(spans)).panels[0]?.hiddenLanes, 15);
});

Deno.test("timelineBlocks() keeps the name of a run that is much shorter", async () => {
  const group = (title: string, endMs: number) => ({
    title,
    model: "sequential" as const,
    spans: [{ ...TINY[0]!, startMs: 0, endMs }],
  });
  for (const shortMs of [0.1, 2, 20]) {
    const groups = [group("sequential", shortMs), group("long", 180)];
    const markup = (await timelineBlocks(groups)).map((it) => it.markup)
      .join("");
    assert.match(markup, />sequential</);
    assert.match(markup, /one after another/);
  }
});
