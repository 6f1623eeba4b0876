import assert from "node:assert/strict";
import { fitLinesOfRounds, fitRelativeLine } from "./line.ts";

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

Deno.test("fitLinesOfRounds() agrees with a published regression", () => {
  const points = SPEEDS.map((x, index) => ({ x, y: DISTANCES[index]! }));
  const { slope, intercept } = fitLinesOfRounds([points]);
  assert.equal(slope.toFixed(4), "3.9324");
  assert.equal(intercept.toFixed(4), "-17.5791");
  const place = [{ x: 1, y: 3 }, { x: 1, y: 5 }];
  assert.throws(() => fitLinesOfRounds([place]), RangeError);
});

Deno.test("fitRelativeLine() never goes below 0", () => {
  const falling = fitRelativeLine([{ x: 1, y: 4 }, { x: 2, y: 2 }]);
  assert.equal(falling.slope, 0);
  assert.ok(falling.intercept > 2 && falling.intercept < 4);
  const steep = fitRelativeLine([{ x: 1, y: 1 }, { x: 2, y: 4 }]);
  assert.equal(steep.intercept, 0);
  assert.ok(steep.slope > 1 && steep.slope < 2);
});

Deno.test("fitLinesOfRounds() takes the scatter of slopes between rounds for what it is", () => {
  // Slopes 5, 6 and 7: mean 6, standard deviation 1, t of two degrees 4.3027.
  const rounds = [5, 6, 7].map((slope) =>
    [1, 2, 4].map((x) => ({ x, y: 3 + slope * x }))
  );
  const { slope, intercept, low, high } = fitLinesOfRounds(rounds);
  assert.ok(Math.abs(slope - 6) < 1e-9 && Math.abs(intercept - 3) < 1e-9);
  const reach = 4.3027 / Math.sqrt(3);
  assert.ok(Math.abs(low! - (6 - reach)) < 1e-6);
  assert.ok(Math.abs(high! - (6 + reach)) < 1e-6);
  assert.equal(fitLinesOfRounds(rounds.slice(0, 1)).low, null);
});
