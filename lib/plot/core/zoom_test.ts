import assert from "node:assert/strict";
import { recordingFigure } from "../figures/recording.ts";
import { drawScene } from "../figures/recording_draw.ts";
import {
  CONVOY,
  CORES,
  EMPTY,
  NAMED,
  POOL,
  THOUSAND,
} from "../gallery/recording_fixtures.ts";
import { makeScene, type Scene } from "../figures/recording_scene.ts";
import { drawingSource, makeZoomable, packScene } from "./zoom.ts";
import { ZOOM_CLIENT } from "../live/zoom_client.ts";

/** What the page's script would draw, with nothing of this module in reach. */
function drawAsPage(scene: Scene, fromMs: number, toMs: number): string {
  const run = new Function(
    "json",
    "view",
    `"use strict"; ${drawingSource()}
     return drawScene(unpackScene(JSON.parse(json)), view).markup;`,
  );
  const shown = scene.lanes.map(() => true);
  return run(JSON.stringify(packScene(scene)), { fromMs, toMs, shown });
}

for (
  const [name, recording] of Object.entries({
    POOL,
    CONVOY,
    CORES,
    NAMED,
    THOUSAND,
  })
) {
  Deno.test(`the page's script draws what the image shows, ${name}`, () => {
    const scene = makeScene(recording);
    const markup = drawAsPage(scene, 0, scene.endMs);
    assert.ok(recordingFigure(recording).svg.includes(markup));
  });
}

Deno.test("the page's script draws any part of the time", () => {
  const scene = makeScene(POOL);
  const shown = scene.lanes.map(() => true);
  const { markup } = drawScene(scene, { fromMs: 30, toMs: 50, shown });
  assert.equal(drawAsPage(scene, 30, 50), markup);
});

Deno.test("makeZoomable() holds the whole image where scripts do not run", () => {
  const { svg, scene } = recordingFigure(NAMED);
  const html = makeZoomable(svg, scene!)!;
  const source = /<img src="data:image\/svg\+xml;charset=utf-8,([^"]*)"/.exec(
    html,
  )![1]!;
  assert.equal(decodeURIComponent(source), svg);
  assert.doesNotMatch(source, /[<>"#\s]&/);
  // Pages that look for it show such an image on their own background.
  assert.match(source, /prefers-color-scheme/);
});

Deno.test("makeZoomable() lets no name end its script", () => {
  const { svg, scene } = recordingFigure(NAMED);
  const html = makeZoomable(svg, scene!)!;
  assert.equal(html.match(/<\/script/g)?.length, 1);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.match(html, /^<div[^>]*><img [^>]*><script>[^]*<\/script><\/div>$/);
});

Deno.test("makeZoomable() asks nothing of a network", () => {
  const { svg, scene } = recordingFigure(POOL);
  const script = makeZoomable(svg, scene!)!.split("<script>")[1]!;
  const addresses = script.match(/https?:[^"']*/g) ?? [];
  assert.deepEqual([...new Set(addresses)], ["http://www.w3.org/2000/svg"]);
  assert.doesNotMatch(script, /fetch|XMLHttpRequest|import\(|WebSocket|eval/);
});

Deno.test("makeZoomable() leaves it at the image when there are too many spans", () => {
  const spans = Array.from({ length: 10_001 }, (_, i) => ({
    lane: "a",
    state: "running" as const,
    startMs: i,
    endMs: i + 1,
  }));
  const { svg, scene } = recordingFigure({ ...EMPTY, spans });
  assert.equal(makeZoomable(svg, scene!), null);
});

Deno.test("ZOOM_CLIENT is a function that a page can read", () => {
  const make = new Function(`${ZOOM_CLIENT}\nreturn startZoom;`);
  assert.equal(typeof make(), "function");
});
