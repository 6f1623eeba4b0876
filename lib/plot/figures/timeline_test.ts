import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { CPU, WAITING } from "../gallery/gallery_data.ts";
import { PYTHON_COMPUTING } from "../gallery/gallery_python.ts";
import { LONG_NAMES, TINY } from "../gallery/gallery_spans.ts";
import { timeline } from "../../views.ts";
import { timelineFigure } from "./timeline.ts";
import { panelsOf } from "../../trace/facts/timeline_groups.ts";

Deno.test("timelineFigure() says in words what it shows, with numbers", () => {
  const { alt, svg } = timelineFigure(WAITING);
  assert.match(
    alt,
    /^sequential, 812 ms: main thread waiting 812 ms\.$/m,
  );
  assert.match(alt, /async, 104 ms: task 1 waiting 101 ms; task 2 waiting/);
  assert.ok(
    svg.includes("<desc>sequential, 812 ms: main thread waiting 812 ms."),
  );
});

Deno.test("timelineFigure() escapes names and labels", () => {
  const { svg } = timelineFigure(LONG_NAMES, { title: "</svg><script>" });
  assert.doesNotMatch(svg, /<script|<img/);
  assert.match(svg, /&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;/);
});

Deno.test("timelineFigure() says when nothing was recorded", () => {
  const { svg, alt } = timelineFigure([]);
  assert.match(svg, />Nothing was recorded\.</);
  assert.match(alt, /nothing was recorded/);
});

Deno.test("timelineFigure() says which panel is empty", () => {
  const { svg } = timelineFigure([
    { title: "first", spans: TINY },
    { title: "second", spans: [] },
  ]);
  assert.match(svg, />nothing was recorded</);
});

Deno.test("timelineFigure() rejects spans that end before they start", () => {
  const span = { ...TINY[0]!, startMs: 5, endMs: 4 };
  assert.throws(() => timelineFigure([span]).svg, RangeError);
});

Deno.test("timelineFigure() is the same every time", () => {
  const [first, second] = [
    timelineFigure(CPU),
    timelineFigure(CPU),
  ];
  assert.equal(first.svg, second.svg);
});

Deno.test("timeline() shows an image and its words", async () => {
  const bundle = await timeline(TINY, { title: "There and back" })[DISPLAY]();
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

Deno.test("timelineFigure() names how many lanes it leaves out", () => {
  const spans = Array.from(
    { length: 75 },
    (_, i) => ({ ...TINY[0]!, lane: `task ${i}` }),
  );
  assert.match(timelineFigure(spans).svg, />15 more lanes are not drawn\.</);
});

Deno.test("timelineFigure() keeps the name of a run that is much shorter", () => {
  const group = (title: string, endMs: number) => ({
    title,
    model: "sequential" as const,
    spans: [{ ...TINY[0]!, startMs: 0, endMs }],
  });
  for (const shortMs of [0.1, 2, 20]) {
    const { svg } = timelineFigure([
      group("sequential", shortMs),
      group("long", 180),
    ]);
    assert.match(svg, />sequential<.*one after another/);
  }
});

Deno.test("timelineFigure() shows threads that share one lock as no two cores", () => {
  const words = (gil: boolean) =>
    timelineFigure({
      ...PYTHON_COMPUTING,
      results: PYTHON_COMPUTING.results.map((result) => ({
        ...result,
        spans: result.spans.map(({ share: _, ...span }) => ({
          ...span,
          ...(span.state === "alive" ? { state: "running" } : {}),
        })),
      })),
      python: { ...PYTHON_COMPUTING.python!, gil },
    }).alt.split("\n").find((line) => line.startsWith("py threads"))!;
  assert.match(words(true), /alive .*on a core or not is unknown/);
  assert.doesNotMatch(words(true), /running/);
  assert.match(words(false), /running/);
});
