import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import type { TraceSpan } from "../../base/record/mod.ts";
import { WIDE } from "../core/mod.ts";
import { drawScene } from "../live/scene_draw.ts";
import { recordingFigure, recordingSource } from "./recording.ts";
import { makeScene } from "./scene.ts";
import {
  CORES,
  DEADLOCK,
  EMPTY,
  LEAKED,
  NAMED,
  POOL,
  VAST,
} from "../gallery/recording_fixtures.ts";

const RUN = { lane: "a", state: "running" } as const;

Deno.test("recordingFigure() says in words what it shows, with numbers", () => {
  const words = String(recordingFigure(POOL)[DISPLAY]()["text/plain"]);
  for (
    const expected of [
      /^Eight jobs on a pool of two\nRecorded 122 ms\./,
      /worker 1: starting 11.0 ms, running 96.0 ms, copying 4.80 ms/,
      /Arrows: 2 spawn, 16 message\./,
      /Counter queue length: 0 to 8 jobs\./,
      /Recorded on 2 cores/,
    ]
  ) assert.match(words, expected);
});

Deno.test("recordingFigure() says when nothing was recorded, and has no script", () => {
  const bundle = recordingFigure(EMPTY)[DISPLAY]();
  assert.match(String(bundle["text/plain"]), /Nothing was recorded/);
  assert.doesNotMatch(String(bundle["text/html"]), /<script/);
});

Deno.test("recordingFigure() names a deadlock, a leak, and what is missing", () => {
  const [deadlock = ""] = recordingFigure(DEADLOCK).findings ?? [];
  assert.match(deadlock, /^Deadlock of 2: /);
  assert.match(recordingFigure(DEADLOCK).svg, /skein-alarm-line/);
  const [leak = ""] = recordingFigure(LEAKED).findings ?? [];
  assert.match(leak, /^write audit outlives/);
  const [missing = ""] = recordingFigure(CORES).captions ?? [];
  assert.match(missing, /^Not recorded: Spans are sampled/);
});

Deno.test("recordingFigure() tells notes and times of threads", () => {
  const { alt, svg } = recordingFigure({
    ...POOL,
    notes: ["Recording took 1 ms"],
    threads: [{ lane: "worker 1", runningMs: 90, runnableMs: 12 }],
  });
  assert.match(svg, /Recording took 1 ms/);
  assert.match(alt, /worker 1 on a core 90.0 ms, ready for one 12.0 ms/);
  assert.match(svg.replace(/<[^>]*>/g, " "), /90.0 ms on a core/);
});

Deno.test("recordingFigure() is the same each time", () => {
  assert.equal(recordingFigure(VAST).svg, recordingFigure(VAST).svg);
});

Deno.test("recordingFigure() lets no name become markup", () => {
  const { svg } = recordingFigure(NAMED);
  assert.doesNotMatch(svg, /<script|<img|<b>/);
});

Deno.test("recordingFigure() says what it leaves out", () => {
  const words = recordingFigure(VAST).svg.replace(/<[^>]*>/g, " ").replace(
    /\s+/g,
    " ",
  );
  assert.match(
    words,
    /\d+ spans too short to see are drawn as \d+ small stacks/,
  );
  assert.match(words, /\d+ of \d+ arrows are not drawn/);
  assert.match(words, /5 more lanes are not drawn/);
});

Deno.test("recordingFigure() rejects times that are not finite or not in order", () => {
  for (const [startMs, endMs] of [[1, 0], [NaN, 1], [0, Infinity]] as const) {
    const spans = [{ ...RUN, startMs, endMs }];
    assert.throws(() => recordingFigure({ ...EMPTY, spans }).svg, RangeError);
  }
});

Deno.test("makeScene() puts overlapping spans in different rows, at most four", () => {
  const spans = Array.from({ length: 7 }, (_, i): TraceSpan => ({
    ...RUN,
    startMs: i,
    endMs: 20,
  }));
  const scene = makeScene(recordingSource({ ...EMPTY, spans }), WIDE);
  assert.equal(scene.lanes[0]!.rows, 4);
  assert.equal(scene.spans.length, 7);
});

Deno.test("drawScene() merges only spans too short to see that touch", () => {
  const count = (spans: readonly TraceSpan[]) => {
    const scene = makeScene(
      recordingSource({ ...EMPTY, durationMs: 1000, spans }),
      WIDE,
    );
    const view = { fromMs: 0, toMs: 1000, shown: [true] };
    return drawScene(scene, view).mergedSpans;
  };
  const at = (startMs: number, endMs: number) => ({ ...RUN, startMs, endMs });
  assert.equal(count([at(0, 1), at(1, 2), at(2, 3)]), 3);
  assert.equal(count([at(0, 1), at(500, 501)]), 0);
  assert.equal(count([at(0, 100), at(100, 200)]), 0);
  assert.equal(count([at(0, 1), at(1, 200), at(200, 201)]), 0);
});

Deno.test("drawScene() shows only the lanes and the time that are asked for", () => {
  const scene = makeScene(recordingSource(POOL), WIDE);
  const shown = scene.lanes.map(({ name }) => name === "worker 1");
  const { markup, places } = drawScene(scene, { fromMs: 14, toMs: 38, shown });
  assert.match(markup, />job 1</);
  assert.doesNotMatch(markup, />job 2<|>job 4<|core 0/);
  assert.equal(places.tops.filter((top) => top >= 0).length, 1);
});

Deno.test("drawScene() keeps everything between the axis's ends", () => {
  const scene = makeScene(recordingSource(POOL), WIDE);
  const shown = scene.lanes.map(() => true);
  const { markup } = drawScene(scene, { fromMs: 30, toMs: 40, shown });
  for (const [, x] of markup.matchAll(/[ML]([-\d.]+) [-\d.]+[vLh]/g)) {
    assert.ok(
      Number(x) >= scene.leftPx - 8 && Number(x) <= scene.rightPx + 8,
      x,
    );
  }
});

Deno.test("drawScene() places words of moments apart", () => {
  const marks = [10, 11, 12, 13, 14].map((atMs) => ({
    atMs,
    label: "a moment",
  }));
  const scene = makeScene(recordingSource({ ...POOL, marks }), WIDE);
  const shown = scene.lanes.map(() => true);
  const drawn = drawScene(scene, { fromMs: 0, toMs: 122, shown });
  assert.equal(drawn.hiddenLabels, 2);
  assert.equal(drawn.markup.match(/>a moment</g)?.length, 3);
});
