import assert from "node:assert/strict";
import { fitLine, fitRelativeLine, studentT } from "./fit_line.ts";

// Ezekiel (1930), "Methods of Correlation Analysis": speed of cars and distance to
// stop; R's data set `cars`. R gives slope 3.9324 (3.0970 to 4.7679), intercept -17.5791.
const SPEEDS =
  ("4 4 7 7 8 9 10 10 10 11 11 12 12 12 12 13 13 13 13 14 14 14 14 15 15 15 16 16 " +
    "17 17 17 18 18 18 18 19 19 19 20 20 20 20 20 22 23 24 24 24 24 25").split(
      " ",
    ).map(Number);
const DISTANCES =
  ("2 10 4 22 16 10 18 26 34 17 28 14 20 24 28 26 34 34 46 26 36 60 80 20 26 54 32 40 " +
    "32 40 50 42 56 76 84 36 46 68 32 48 52 56 64 66 54 70 92 93 120 85").split(
      " ",
    ).map(Number);

Deno.test("fitLine() agrees with a published regression and its interval", () => {
  const points = SPEEDS.map((x, index) => ({ x, y: DISTANCES[index]! }));
  const { slope, intercept, low, high } = fitLine(points);
  assert.equal(slope.toFixed(4), "3.9324");
  assert.equal(intercept.toFixed(4), "-17.5791");
  assert.equal(low!.toFixed(3), "3.097");
  assert.equal(high!.toFixed(3), "4.768");
});

Deno.test("fitLine() gives no interval with two points, and refuses one place", () => {
  const fit = fitLine([{ x: 1, y: 3 }, { x: 2, y: 5 }]);
  assert.deepEqual(fit, { slope: 2, intercept: 1, low: null, high: null });
  assert.throws(() => fitLine([{ x: 1, y: 3 }, { x: 1, y: 5 }]), RangeError);
});

Deno.test("fitRelativeLine() never goes below 0", () => {
  const falling = fitRelativeLine([{ x: 1, y: 4 }, { x: 2, y: 2 }]);
  assert.equal(falling.slope, 0);
  assert.ok(falling.intercept > 2 && falling.intercept < 4);
  const steep = fitRelativeLine([{ x: 1, y: 1 }, { x: 2, y: 4 }]);
  assert.equal(steep.intercept, 0);
  assert.ok(steep.slope > 1 && steep.slope < 2);
});

Deno.test("studentT() agrees with tables", () => {
  const expected: Readonly<Record<number, string>> = {
    1: "12.706",
    3: "3.182",
    5: "2.571",
    10: "2.228",
    30: "2.042",
    1000: "1.962",
  };
  for (const [freedom, t] of Object.entries(expected)) {
    assert.ok(Math.abs(studentT(Number(freedom)) - Number(t)) < 0.0015, t);
  }
});
