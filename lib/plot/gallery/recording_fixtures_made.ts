/**
 * Fixed recordings that follow a rule: turns, rounds, jobs of given lengths.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */
import type { Link, Recording, TraceSpan } from "../../base/record/mod.ts";
import { EMPTY, lane, link, span } from "./recording_fixtures_parts.ts";

/** Eight jobs on two workers: whichever is free takes the next. */
export function makePool(): Recording {
  const spans: TraceSpan[] = [
    span("main", "running", [0, 3]),
    span("main", "waiting", [3, 118], { reason: "8 jobs" }),
    span("main", "running", [118, 122]),
    span("core 0", "running", [0, 3], { label: "main" }),
    span("core 1", "running", [118, 122], { label: "main" }),
  ];
  const links: Link[] = [];
  const lengthMs = [24, 18, 30, 22, 26, 20, 28, 24];
  const freeMs = [14, 16];
  for (const [index, start] of freeMs.entries()) {
    spans.push(span(`worker ${index + 1}`, "starting", [3 + index, start]));
    links.push(
      link("spawn", ["main", `worker ${index + 1}`], [
        2 + index * 0.5,
        3 + index,
      ]),
    );
  }
  const lengths: [number, number][] = [[0, 0], [3, 8]];
  lengthMs.forEach((ms, job) => {
    const worker = freeMs[0]! <= freeMs[1]! ? 0 : 1;
    const name = `worker ${worker + 1}`;
    const startMs = freeMs[worker]!;
    const endMs = startMs + ms;
    links.push(
      link("message", ["main", name], [startMs - 0.8, startMs], {
        bytes: 128,
        label: `job ${job + 1}`,
      }),
    );
    spans.push(
      span(name, "running", [startMs, endMs], { label: `job ${job + 1}` }),
    );
    spans.push(
      span(`core ${worker}`, "running", [startMs, endMs], { label: name }),
    );
    spans.push(
      span(name, "serialising", [endMs, endMs + 1.2], { reason: "result" }),
    );
    links.push(
      link("message", [name, "main"], [endMs + 1.2, endMs + 1.6], {
        bytes: 4096,
        label: `result ${job + 1}`,
      }),
    );
    lengths.push([startMs, 7 - job]);
    freeMs[worker] = endMs + 1.8;
  });
  return {
    ...EMPTY,
    title: "Eight jobs on a pool of two",
    durationMs: 122,
    lanes: [
      lane("core 0", "core"),
      lane("core 1", "core"),
      lane("main", "main"),
      lane("worker 1", "worker"),
      lane("worker 2", "worker"),
    ],
    spans,
    links: links.toSorted((a, b) => a.startMs - b.startMs),
    counters: [{ name: "queue length", unit: "jobs", samples: lengths }],
  };
}

/** A ball that goes round between three workers, with a rest. */
export function makePingPong(): Recording {
  const names = ["ping", "pong", "pang"];
  const spans: TraceSpan[] = [span("main", "running", [0, 1])];
  const links: Link[] = names.map((name, i) =>
    link("spawn", ["main", name], [0.3 + i * 0.2, 1 + i * 0.3])
  );
  let atMs = 3;
  for (let round = 0; round < 9; round++) {
    if (round === 5) atMs += 240;
    const [from, to] = [names[round % 3]!, names[(round + 1) % 3]!];
    spans.push(span(from, "running", [atMs, atMs + 1], { label: "hit" }));
    const arrivedMs = atMs + 1.4 + round % 2 * 0.3;
    links.push(
      link("message", [from, to], [atMs + 1, arrivedMs], {
        bytes: 64 << round,
        label: `ball ${round + 1}`,
      }),
    );
    // Every third message finds its receiver busy, and queues.
    const queueMs = round % 3 === 2 ? 1.2 : 0;
    if (queueMs > 0) {
      spans.push(
        span(to, "running", [arrivedMs - 0.6, arrivedMs + queueMs], {
          label: "other work",
        }),
      );
    }
    atMs = arrivedMs + queueMs;
  }
  spans.push(span(names[0]!, "running", [atMs, atMs + 1], { label: "hit" }));
  return {
    ...EMPTY,
    title: "A ball between three workers",
    durationMs: atMs + 2,
    lanes: [lane("main", "main"), ...names.map((name) => lane(name, "worker"))],
    spans: spans.toSorted((a, b) => a.startMs - b.startMs),
    links,
  };
}

/** Sixteen turns at one lock, each begun while others waited. */
export function makeConvoy(): Recording {
  const workers = ["worker 1", "worker 2", "worker 3", "worker 4"];
  const spans: TraceSpan[] = [];
  const links: Link[] = [];
  const wantedMs = [4, 5, 6, 7];
  let freeMs = 4;
  for (let turn = 0; turn < 16; turn++) {
    const who = workers[turn % 4]!;
    const startMs = Math.max(freeMs, wantedMs[turn % 4]!);
    const endMs = startMs + 6 + turn % 3;
    if (startMs > wantedMs[turn % 4]!) {
      spans.push(
        span(who, "blocked", [wantedMs[turn % 4]!, startMs], {
          reason: "lock results",
        }),
      );
      links.push(
        link("lock", [workers[(turn + 3) % 4]!, who], [freeMs - 0.2, startMs]),
      );
    }
    spans.push(span("lock results", "held", [startMs, endMs], { label: who }));
    spans.push(span(who, "running", [startMs, endMs + 2]));
    wantedMs[turn % 4] = endMs + 2;
    freeMs = endMs + 0.2;
  }
  spans.push(span("lock log", "held", [10, 14], { label: "worker 2" }));
  spans.push(span("lock log", "held", [60, 66], { label: "worker 3" }));
  return {
    ...EMPTY,
    title: "Four workers, one lock",
    durationMs: freeMs + 4,
    lanes: [
      ...workers.map((name) => lane(name, "worker")),
      lane("lock results", "lock"),
      lane("lock log", "lock"),
    ],
    spans: spans.toSorted((a, b) => a.startMs - b.startMs),
    links,
    locks: [
      {
        lock: "lock results",
        holders: ["worker 4"],
        waiters: ["worker 1", "worker 2"],
      },
      { lock: "lock log", holders: [], waiters: [] },
    ],
  };
}

/** Sampled cores and workers, with counters and marks. */
export function makeCores(): Recording {
  const spans: TraceSpan[] = [];
  for (let i = 0; i < 20; i++) {
    const at = i * 10;
    spans.push(
      span("core 0", "running", [at, at + 10], {
        label: i % 2 === 0 ? "worker 1" : "worker 3",
        sampled: true,
      }),
    );
    spans.push(
      span("core 1", "running", [at, at + 10], {
        label: i % 5 < 3 ? "worker 2" : "main",
        sampled: true,
      }),
    );
    spans.push(
      span("worker 1", i % 2 === 0 ? "running" : "runnable", [at, at + 10], {
        sampled: true,
      }),
    );
    spans.push(
      span("worker 3", i % 2 === 1 ? "running" : "runnable", [at, at + 10], {
        sampled: true,
      }),
    );
  }
  spans.push(
    span("worker 2", "running", [0, 180], { label: "counted exactly" }),
  );
  spans.push(span("main", "messaging", [180, 186]));
  spans.push(span("main", "running", [186, 200]));
  return {
    ...EMPTY,
    title: "Three busy workers on two cores",
    durationMs: 200,
    lanes: [
      lane("core 0", "core"),
      lane("core 1", "core"),
      lane("main", "main"),
      lane("worker 1", "worker"),
      lane("worker 2", "worker"),
      lane("worker 3", "worker"),
      lane("jobs", "queue"),
    ],
    spans: [
      ...spans,
      span("jobs", "waiting", [20, 180], { label: "3 jobs wait" }),
    ]
      .toSorted((a, b) => a.startMs - b.startMs),
    links: [link("wake", ["worker 2", "main"], [180, 181])],
    counters: [
      {
        name: "memory",
        unit: "MiB",
        samples: [[0, 41], [30, 60.5], [90, 72], [140, 55], [190, 44]],
      },
      {
        name: "queue length",
        unit: "jobs",
        samples: [[0, 0], [20, 3], [60, 2], [120, 1], [180, 0]],
      },
    ],
    marks: [{ atMs: 90, label: "garbage collected" }, {
      atMs: 95,
      label: "worker 3 moved to core 0",
    }, { atMs: 180, label: "all done" }],
    missing: ["Spans are sampled every 10 ms: what is shorter may be missing"],
  };
}

/** Short spans and messages, as many as asked for. */
export function makeVast(
  count: number,
  workers: number,
  restMs = 0,
): Recording {
  const names = Array.from({ length: workers }, (_, i) => `worker ${i + 1}`);
  const spans = Array.from({ length: count }, (_, i): TraceSpan => {
    const lane = i % workers;
    const isLate = i > count / 2;
    const startMs = Math.floor(i / workers) * 4 + (lane * 7) % 5 * 0.3 +
      (isLate ? restMs : 0);
    const state = i % 11 === 0
      ? "blocked"
      : i % 3 === 0
      ? "waiting"
      : "running";
    return span(names[lane]!, state, [startMs, startMs + 1 + i * 13 % 29 / 10]);
  });
  const links = spans.filter((_, i) => i % 4 === 0).map((from, i) =>
    link("message", [from.lane, names[(i * 5 + 1) % workers]!], [
      from.endMs,
      from.endMs + 0.2,
    ], { bytes: 100 })
  ).filter(({ from, to }) => from !== to);
  return {
    ...EMPTY,
    title: `${count} spans`,
    durationMs: Math.ceil(count / workers) * 4 + 4 + restMs,
    lanes: [lane("main", "main"), ...names.map((name) => lane(name, "worker"))],
    spans,
    links,
    counters: [{
      name: "messages",
      unit: "a second",
      samples: links.map((
        { startMs },
        i,
      ): [number, number] => [startMs, i * 7 % 90]),
    }],
  };
}
