import assert from "node:assert/strict";
import { type AxisPlan, makeAxis, timeTicks } from "./axis.ts";
import { makeFrame, spreadLabels } from "./frame.ts";
import { drawMark } from "./marks.ts";
import { NARROW, WIDE } from "./paper.ts";

function labels(plan: AxisPlan, lengthPx = 400): string {
  return makeAxis(plan, [0, lengthPx]).ticks.map(({ label }) => label).join();
}

Deno.test("makeAxis() is round in the unit that it writes", () => {
  const check = (plan: AxisPlan, expected: string) =>
    assert.equal(labels(plan), expected);
  check({ domain: [0, 830], kind: "time" }, "0,200 ms,400 ms,600 ms,800 ms");
  check({ domain: [0, 0.03], kind: "time" }, "0,10 µs,20 µs,30 µs");
  check({ domain: [0, 2.5], kind: "times" }, "0×,0.5×,1×,1.5×,2×,2.5×");
  check({ domain: [0, 3 * 2 ** 20], kind: "bytes" }, "0,1 MiB,2 MiB,3 MiB");
  check({ domain: [0, 0.5], kind: "share" }, "0 %,10 %,20 %,30 %,40 %,50 %");
});

Deno.test("makeAxis() has powers on a logarithmic axis, exact below one", () => {
  const values = (plan: AxisPlan) =>
    makeAxis({ ...plan, isLog: true }, [0, 400]).ticks.map(({ value }) =>
      value
    );
  assert.deepEqual(values({ domain: [0.0005, 2] }), [0.001, 0.01, 0.1, 1]);
  assert.deepEqual(values({ domain: [1, 4] }), [1, 2]);
  assert.deepEqual(values({ domain: [10, 2 ** 20], kind: "bytes" }), [
    16,
    256,
    4096,
    65536,
    2 ** 20,
  ]);
  assert.ok(values({ domain: [21, 29] }).length > 0);
});

Deno.test("makeAxis() survives a domain of no length, and clamps", () => {
  for (const isLog of [false, true]) {
    const { at } = makeAxis({ domain: [5, 5], isLog }, [10, 90]);
    assert.ok(at(5) >= 10 && at(5) <= 90);
    assert.deepEqual([at(-1e9), at(1e9)], [10, 90]);
  }
});

Deno.test("makeFrame() keeps to the paper, larger values above and to the right", () => {
  for (const paper of [WIDE, NARROW]) {
    const { x, y, left, right, top, bottom, markup } = makeFrame(paper, {
      x: { domain: [0, 10] },
      y: { domain: [0, 10], title: "a < b" },
      heightPx: 100,
    });
    assert.deepEqual([x(0), x(10), y(0), y(10)], [left, right, bottom, top]);
    assert.ok(left > paper.left && right <= paper.right);
    assert.match(markup, /a &lt; b/);
  }
});

Deno.test("spreadLabels() keeps the least distance, the order, and the ends", () => {
  const room = { gapPx: 20, top: 0, bottom: 200 };
  const lists = [
    [],
    [100],
    [-50, 300],
    [100, 100, 100],
    [199, 198, 5, 3],
    [60, 10, 61, 62, 12, 64],
  ];
  for (const wanted of lists) {
    const places = spreadLabels(wanted, room);
    const order = wanted.map((_, index) => index)
      .sort((one, other) => wanted[one]! - wanted[other]!);
    const sorted = order.map((index) => places[index]!);
    for (const [index, place] of sorted.entries()) {
      assert.ok(place >= -1e-9 && place <= 200 + 1e-9, `${place}`);
      assert.ok((sorted[index + 1] ?? Infinity) - place >= 20 - 1e-6);
    }
  }
  assert.deepEqual(spreadLabels([80, 20, 50], { ...room, gapPx: 10 }), [
    80,
    20,
    50,
  ]);
});

Deno.test("timeTicks() is round in any unit, anywhere", () => {
  const check = (from: number, to: number, expected: string) =>
    assert.equal(
      timeTicks(from, to, 3).map(([, text]) => text).join(),
      expected,
    );
  check(0, 0.03, "0,10 µs,20 µs,30 µs");
  check(0, 60, "0,20 ms,40 ms,60 ms");
  check(412.31, 412.33, "412.31 ms,412.32 ms,412.33 ms");
  check(600_000, 1_200_000, "10 min,15 min,20 min");
});

Deno.test("drawMark() draws outlines over a ground that hides lines", () => {
  for (const shape of ["circle", "square", "triangle", "diamond"] as const) {
    const look = { shape, look: "skein-workers" };
    assert.equal(drawMark([10, 10], look).match(/<path/g)?.length, 1);
    assert.match(
      drawMark([10, 10], { ...look, isHollow: true }),
      /skein-panel-fill.*fill:none/,
    );
  }
});
