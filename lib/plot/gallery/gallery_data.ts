/**
 * Fixed comparisons for the gallery: what the figures in `docs/gallery/` show.
 * Spans by themselves are in `gallery_spans.ts`.
 *
 * For tests only; nothing else imports this file. Pure: no clock, no chance.
 * @module
 */

import type {
  Comparison,
  Model,
  ModelResult,
  Span,
  SpanState,
  SpeedUp,
} from "../../base/record/mod.ts";
import type { HonestyStamp } from "../../base/stamp/mod.ts";
import { span } from "./gallery_spans.ts";

/** A calm machine with two cores. */
export const STAMP: HonestyStamp = {
  cores: 2,
  quotaCores: null,
  otherCpuShare: 0.012,
  missing: [],
  samples: 12,
  os: "linux",
  arch: "x86_64",
  deno: "2.9.6",
  v8: "15.0.245.2",
  noisy: false,
};

/** Computing: four jobs of about 200 ms on two cores. */
export const CPU: Comparison = {
  type: "comparison",
  title: "Four times fib(35): which way is fastest?",
  jobs: 4,
  results: [
    result("sequential", scatter(812, 14), {
      speedup: speedUp(1, 1, 1),
      spans: chain("main thread", "main", "running", [0, 203, 405, 608, 811]),
    }),
    result("async", scatter(816, 15), {
      speedup: speedUp(0.995, 0.984, 1.009),
      spans: chain("main thread", "main", "running", [0, 205, 407, 611, 815]),
    }),
    result("workers", scatter(431, 16), {
      speedup: speedUp(1.884, 1.85, 1.921),
      spans: pool("worker", 2, [14, 211]),
    }),
    result("processes", scatter(538, 26), {
      speedup: speedUp(1.509, 1.47, 1.548),
      spans: pool("process", 4, [58, 232]),
    }),
  ],
  stamp: STAMP,
  prediction: null,
  findings: [
    "Workers were 1.88× as fast as one after another: two cores shared the work.",
    "No difference is shown for async: one thread computes one thing at a time.",
  ],
};

/** The computing comparison, after a learner predicted. */
export const PREDICTED: Comparison = {
  ...CPU,
  title: "You expected async to help: did it?",
  prediction: { async: 4, workers: 2, processes: 0.4 },
};

/** Waiting: eight jobs of 100 ms. */
export const WAITING: Comparison = {
  type: "comparison",
  title: "Eight requests of 100 ms each",
  jobs: 8,
  results: [
    result("sequential", scatter(812, 3), {
      speedup: speedUp(1, 1, 1),
      spans: chain("main thread", "main", "waiting", [
        0,
        101,
        203,
        304,
        406,
        507,
        609,
        710,
        812,
      ]),
    }),
    result("async", scatter(104, 2), {
      speedup: speedUp(7.81, 7.76, 7.85),
      spans: Array.from({ length: 8 }, (_, i): Span => ({
        lane: `task ${i + 1}`,
        kind: "task",
        state: "waiting",
        label: `job ${i + 1}`,
        startMs: i * 0.3,
        endMs: 101 + i * 0.35,
      })),
    }),
    result("workers", scatter(128, 6), {
      speedup: speedUp(6.34, 6.2, 6.5),
      spans: Array.from({ length: 8 }, (_, i) => [
        span(`worker ${i + 1}`, "worker", "starting", [i * 0.5, 18 + i]),
        span(`worker ${i + 1}`, "worker", "messaging", [18 + i, 19.5 + i]),
        span(`worker ${i + 1}`, "worker", "waiting", [19.5 + i, 120 + i]),
        span(`worker ${i + 1}`, "worker", "messaging", [120 + i, 121 + i]),
      ]).flat(),
    }),
  ],
  stamp: { ...STAMP, quotaCores: 1.5 },
  prediction: null,
  findings: [
    "Async was 7.81× as fast: waiting needs no core, so all eight waits overlap.",
  ],
};

/** Others were busy, and not everything could be read. */
export const NOISY: Comparison = {
  ...CPU,
  title: "The same on a busy machine",
  results: [
    result("sequential", [
      812,
      840,
      1210,
      822,
      905,
      1380,
      817,
      829,
      1001,
      860,
      944,
      815,
    ], {
      speedup: speedUp(1, 1, 1),
    }),
    result("workers", [
      431,
      812,
      640,
      455,
      790,
      702,
      515,
      850,
      633,
      471,
      905,
      587,
    ], {
      speedup: speedUp(1.35, 0.97, 1.72, false),
    }),
  ],
  stamp: {
    ...STAMP,
    noisy: true,
    otherCpuShare: null,
    missing: [
      "How busy other programs were is unknown: /proc/stat could not be read; allow it with --allow-read=/proc.",
    ],
  },
  findings: ["No difference is shown between sequential and workers."],
};

/** One model, so that nothing is compared. */
export const ALONE: Comparison = {
  ...CPU,
  title: "Workers alone",
  results: [{ ...CPU.results[2]!, speedup: null }],
  findings: [],
};

/** A speed-up of 400, where one sample is all that the longest bar leaves room for. */
export const FASTER: Comparison = farApart(1 / 400);

/** Starting costs 2,500 times the work. */
export const SLOWER_BY_FAR: Comparison = farApart(2500);

function farApart(factor: number): Comparison {
  const ratio = 1 / factor;
  return {
    ...CPU,
    title: factor < 1 ? "400 times as fast" : "2,500 times slower",
    results: [
      { ...CPU.results[0]!, spans: [] },
      result("workers", scatter(812 * factor, 14 * factor), {
        speedup: speedUp(ratio, ratio * 0.91, ratio * 1.08, true),
      }),
      result("python-subinterpreters", scatter(812 * factor, 30 * factor), {
        speedup: null,
      }),
    ],
    findings: [],
  };
}

function chain(
  lane: string,
  kind: Span["kind"],
  state: SpanState,
  timesMs: readonly number[],
): readonly Span[] {
  return timesMs.slice(1).map((endMs, index) => ({
    ...span(lane, kind, state, [timesMs[index]!, endMs]),
    label: `job ${index + 1}`,
  }));
}

/** Four jobs on as many lanes as given; each lane starts, gets, computes, returns. */
function pool(
  kind: "worker" | "process",
  laneCount: number,
  [startMs, jobMs]: readonly [number, number],
): readonly Span[] {
  return Array.from({ length: laneCount }, (_, lane) => {
    const name = `${kind} ${lane + 1}`;
    const slowdown = laneCount > 2 ? 2 : 1;
    const spans: Span[] = [
      span(name, kind, "starting", [lane, startMs + lane * 3]),
    ];
    let now = startMs + lane * 3;
    for (let job = lane; job < 4; job += laneCount) {
      const end = now + 3 + jobMs * slowdown * (job === 3 ? 0.95 : 0.97);
      spans.push(
        span(name, kind, "messaging", [now, now + 3]),
        {
          ...span(name, kind, "running", [now + 3, end]),
          label: `job ${job + 1}`,
        },
        span(name, kind, "messaging", [end, end + 3]),
      );
      now = end + 3;
    }
    return spans;
  }).flat();
}

function result(
  model: Model,
  samplesMs: readonly number[],
  rest: { readonly speedup: SpeedUp | null; readonly spans?: readonly Span[] },
): ModelResult {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)]!;
  return {
    model,
    samplesMs,
    summary: {
      medianMs: at(0.5),
      lowMs: at(0.3),
      highMs: at(0.72),
      q1Ms: at(0.25),
      q3Ms: at(0.75),
      minMs: at(0),
      maxMs: at(1),
      count: samplesMs.length,
    },
    speedup: rest.speedup,
    spans: rest.spans ?? [],
    results: [],
  };
}

/** Twelve samples around a middle, the last far off. */
function scatter(middleMs: number, widthMs: number): readonly number[] {
  const places = [
    -0.6,
    0.3,
    0,
    -0.2,
    0.9,
    -0.9,
    0.15,
    -0.35,
    0.5,
    -0.1,
    0.05,
    2.6,
  ];
  return places.map((place) => middleMs + place * widthMs);
}

function speedUp(
  ratio: number,
  low: number,
  high: number,
  shown = low > 1,
): SpeedUp {
  return { ratio, low, high, shown };
}
