import assert from "node:assert/strict";
import { logTicks, makeFrame, spreadLabels } from "./chart.ts";
import { drawMark } from "./chart_marks.ts";

Deno.test("spreadLabels() keeps the least distance, the order, and the ends", () => {
  const room = { gapPx: 20, top: 0, bottom: 200 };
  const check = (wanted: readonly number[]) => {
    const places = spreadLabels(wanted, room);
    const order = wanted.map((_, index) => index)
      .sort((one, other) => wanted[one]! - wanted[other]!);
    const sorted = order.map((index) => places[index]!);
    for (const [index, place] of sorted.entries()) {
      assert.ok(place >= -1e-9 && place <= 200 + 1e-9, `${place}`);
      const next = sorted[index + 1] ?? Infinity;
      assert.ok(next - place >= 20 - 1e-6, sorted.join(" "));
    }
  };
  check([]);
  check([100]);
  check([-50, 300]);
  check([100, 100, 100]);
  check([199, 198, 5, 3]);
  check([60, 10, 61, 62, 12, 64]);
});

Deno.test("spreadLabels() leaves what does not collide where it is", () => {
  const room = { gapPx: 10, top: 0, bottom: 100 };
  assert.deepEqual(spreadLabels([80, 20, 50], room), [80, 20, 50]);
});

Deno.test("logTicks() are the powers within the domain, exact below one", () => {
  const values = (from: number, to: number, base?: number) =>
    logTicks([from, to], String, base).map(({ value }) => value);
  assert.deepEqual(values(0.0005, 2), [0.001, 0.01, 0.1, 1]);
  assert.deepEqual(values(1, 1000), [1, 10, 100, 1000]);
  assert.deepEqual(values(20, 90), []);
  assert.deepEqual(values(10, 2 ** 20, 16), [16, 256, 4096, 65536, 2 ** 20]);
});

Deno.test("makeFrame() puts larger values above and to the right", () => {
  const axis = {
    type: "linear",
    domain: [0, 10],
    ticks: [],
    title: "a < b",
  } as const;
  const { x, y, left, right, top, bottom, markup } = makeFrame({
    x: axis,
    y: axis,
    heightPx: 100,
  });
  assert.deepEqual([x(0), x(10), y(0), y(10)], [left, right, bottom, top]);
  assert.match(markup, /a &lt; b/);
});

Deno.test("drawMark() draws outlines over a ground that hides lines", () => {
  const look = "skein-workers";
  for (const shape of ["circle", "square", "triangle", "diamond"] as const) {
    const solid = drawMark([10, 10], { shape, look });
    const hollow = drawMark([10, 10], { shape, look, isHollow: true });
    assert.equal(solid.match(/<path/g)?.length, 1);
    assert.match(hollow, /skein-panel-fill.*fill:none/);
  }
});
