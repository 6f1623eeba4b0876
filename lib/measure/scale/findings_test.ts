import assert from "node:assert/strict";
import {
  MANY_CORES,
  SCALING,
  SLOWER,
} from "../../plot/gallery/speedup_gallery_data.ts";
import { describeScaling } from "./findings.ts";
import type { Scaling } from "./result.ts";

function check(scaling: Scaling, expected: RegExp): void {
  assert.match(describeScaling(scaling).join("\n"), expected);
}

Deno.test("describeScaling() gives speed-up, limit and interval", () => {
  check(
    SCALING,
    /With 2 Workers .* 1.91× .*\(95 % interval 1.85× to 1.96×\); 2 cores allow 2.00×/,
  );
  check(SCALING, /4 Workers on 2 cores gave 1.90× .*, no gain shown over 2/);
  check(
    MANY_CORES,
    /10 % of the work is serial \(95 % interval 9.7 % to 11 %\); then no number of cores would give more than 9.62× \(8.93× to 10.3×\)/,
  );
  check(
    SCALING,
    /serial part of Amdahl's law can not be told: it takes 2 points or more, and there is 1\./,
  );
});

Deno.test("describeScaling() tells no law of noise, naps, or no difference", () => {
  const says = (scaling: Scaling, expected: RegExp) => {
    check(scaling, expected);
    const words = describeScaling(scaling).join("\n");
    assert.doesNotMatch(words, /is serial|shows no rise|contention is/);
  };
  says(
    { ...MANY_CORES, stamp: { ...MANY_CORES.stamp, noisy: true } },
    /serial part of Amdahl's law can not be told: the samples scatter/,
  );
  says(
    { ...MANY_CORES, cpuShare: 0.02 },
    /can not be told: the work was on a core for 2 % of its time only/,
  );
  const flat = MANY_CORES.points.map((point) => ({
    ...point,
    speedup: { ratio: 1.01, low: 0.97, high: 1.06, shown: false },
  }));
  says(
    { ...MANY_CORES, points: flat },
    /can not be told: the samples show no difference/,
  );
  check(
    { ...MANY_CORES, model: "processes" },
    /not looked for: starting the processes would count as serial/,
  );
});

Deno.test("describeScaling() says why a law was not fitted, or what it found", () => {
  check(SCALING, /Universal Scalability Law was not fitted: there are 2 cores/);
  check(
    MANY_CORES,
    /contention is 10 % and coherency 0.00030: about 55 Workers/,
  );
  check(
    { ...SCALING, amdahl: null, points: SCALING.points.slice(0, 1) },
    /it takes 2 points or more, and there are 0/,
  );
});

Deno.test("describeScaling() tells overhead that grows from a serial part", () => {
  check(MANY_CORES, /shows no rise \(Karp–Flatt: 11 % with 2, 11 % with 16\)/);
  const rising = MANY_CORES.points.map((point) => ({
    ...point,
    karpFlatt: point.n === 1
      ? null
      : { part: point.n / 100, low: point.n / 110, high: point.n / 90 },
  }));
  check(
    { ...MANY_CORES, points: rising },
    /rises \(Karp–Flatt: 2 % with 2, 16 %/,
  );
});

Deno.test("describeScaling() says no difference where there is none, and slower where it is", () => {
  const flat = SCALING.points.map((point) => ({
    ...point,
    speedup: { ratio: 1.01, low: 0.97, high: 1.06, shown: false },
  }));
  check(
    { ...SCALING, points: flat },
    /2 Workers against 1: no difference shown/,
  );
  const unsure = SLOWER.points.map((point) => ({
    ...point,
    speedup: { ratio: 0.9, low: 0.5, high: 1.2, shown: false },
  }));
  const words = describeScaling({ ...SLOWER, points: unsure }).join("\n");
  assert.doesNotMatch(words, /Amdahl/);
  check(SLOWER, /^Noisy: other programs used 31 %/);
  check(SLOWER, /Whether splitting the work is the reason can not be told/);
  const calm = MANY_CORES.points.map((point) => ({
    ...point,
    speedup: point.n === 1 ? point.speedup : SLOWER.points[1]!.speedup,
  }));
  check(
    { ...MANY_CORES, points: calm, amdahl: SLOWER.amdahl },
    /1\.61× as long .*: splitting it makes it slower/,
  );
  check(
    { ...MANY_CORES, points: calm, amdahl: SLOWER.amdahl },
    /Amdahl's law does not describe this/,
  );
});

Deno.test("describeScaling() names shares that are not equal", () => {
  const points = MANY_CORES.points.map((point) =>
    point.n === 16 ? { ...point, ideal: 15 } : point
  );
  check({ ...MANY_CORES, points }, /at best 15.0× with 16/);
});
