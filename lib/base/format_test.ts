import assert from "node:assert/strict";
import {
  chooseUnit,
  countOf,
  formatBytes,
  formatCores,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatTick,
  speedInWords,
} from "./format.ts";

Deno.test("formatDuration() keeps three digits that count", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0 µs"],
    [0.0004, "400 ns"],
    [0.0351, "35.1 µs"],
    [0.9994, "999 µs"],
    [4.2, "4.20 ms"],
    [9.996, "10.0 ms"],
    [99.96, "100 ms"],
    [1520.4, "1520 ms"],
    [42_000, "42.0 s"],
    [1_030_000, "17.2 min"],
  ];
  for (const [ms, expected] of cases) {
    assert.equal(formatDuration(ms), expected);
  }
});

Deno.test("formatDuration() stays in the unit given while digits remain", () => {
  const seconds = chooseUnit(60_000);
  assert.equal(formatDuration(560, seconds), "0.56 s");
  assert.equal(formatDuration(5.6, seconds), "5.60 ms");
});

Deno.test("formatNumber() writes zero and small ratios", () => {
  assert.deepEqual([0, 0.5, 1, 12.34].map(formatNumber), [
    "0",
    "0.50",
    "1.00",
    "12.3",
  ]);
});

Deno.test("formatNumber() has two digits that count of little, and three of much", () => {
  assert.deepEqual(
    [0.0012345, 0.0876, 0.0994, 0.0996, 9999, 10_049, -0.00051].map(
      formatNumber,
    ),
    ["0.0012", "0.088", "0.099", "0.10", "9999", "10000", "-0.00051"],
  );
});

Deno.test("formatTick() writes round durations without zeros", () => {
  assert.deepEqual(
    [0.0001, 0.001, 0.01, 1, 100, 1000, 10_000, 100_000].map((ms) =>
      formatTick(ms)
    ),
    ["100 ns", "1 µs", "10 µs", "1 ms", "100 ms", "1 s", "10 s", "100 s"],
  );
});

Deno.test("formatPercent() writes nothing as zero, and keeps two digits below ten", () => {
  assert.deepEqual(
    [0, 0.0001, 0.0012, 0.05, 0.0995, 0.123, 0.9996, 1.234].map((share) =>
      formatPercent(share)
    ),
    [
      "0 %",
      "less than 0.1 %",
      "0.1 %",
      "5 %",
      "10 %",
      "12 %",
      "100 %",
      "123 %",
    ],
  );
  assert.deepEqual([0.107, 0.0012].map((share) => formatPercent(share, 3)), [
    "10.7 %",
    "0.12 %",
  ]);
});

Deno.test("formatBytes() writes powers of 1024", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0 B"],
    [64, "64 B"],
    [1023, "1023 B"],
    [1024, "1 KiB"],
    [1.5 * 1024 ** 2, "1.5 MiB"],
    [113 * 1024, "113 KiB"],
    [3 * 1024 ** 3, "3 GiB"],
    [2 ** 45, "32 TiB"],
  ];
  for (const [bytes, words] of cases) assert.equal(formatBytes(bytes), words);
});

Deno.test("speedInWords() never leaves the reader a fraction", () => {
  assert.deepEqual(
    [1.914, 1, 0.5, 0.037, 0.0004, 400].map((ratio) =>
      speedInWords({ ratio, low: ratio, high: ratio }).value
    ),
    [
      "1.91× as fast",
      "1.00× as fast",
      "2.00× slower",
      "27.0× slower",
      "2500× slower",
      "400× as fast",
    ],
  );
});

Deno.test("speedInWords() turns the interval around with the ratio", () => {
  assert.deepEqual(speedInWords({ ratio: 0.5, low: 0.4, high: 0.8 }), {
    value: "2.00× slower",
    interval: "1.25× to 2.50×",
  });
});

Deno.test("countOf() knows one from many, and groups digits", () => {
  assert.deepEqual(
    [
      countOf(1, "core"),
      countOf(0, "core"),
      countOf(2, "process", "processes"),
    ],
    ["1 core", "0 cores", "2 processes"],
  );
  assert.equal(countOf(1234567, "run"), "1\u202f234\u202f567 runs");
  assert.equal(formatCores(1.04), "1 core");
  assert.equal(formatCount(1e18), "about 1.0 × 10^18");
});
