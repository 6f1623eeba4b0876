/**
 * Fixed recordings for tests and the gallery: the shapes that traces have.
 *
 * For tests only; nothing else imports this file. Pure: no clock, no chance.
 * @module
 */
import type { Recording } from "../../base/record/mod.ts";
import {
  makeConvoy,
  makeCores,
  makePingPong,
  makePool,
  makeVast,
} from "./recording_fixtures_made.ts";
import { EMPTY, lane, link, span } from "./recording_fixtures_parts.ts";

export { EMPTY };

/** Eight jobs on a pool of two workers, with cores and a queue. */
export const POOL: Recording = makePool();

/** Three workers that pass a ball, with a long pause in the middle. */
export const PINGPONG: Recording = makePingPong();

/** Two workers, each holding what the other wants. */
export const DEADLOCK: Recording = {
  ...EMPTY,
  title: "Two transfers at once",
  durationMs: 300,
  lanes: [
    lane("main", "main"),
    lane("worker 1", "worker"),
    lane("worker 2", "worker"),
    lane("worker 3", "worker"),
    lane("lock alice", "lock"),
    lane("lock bob", "lock"),
  ],
  spans: [
    span("main", "running", [0, 9]),
    span("main", "waiting", [9, 300]),
    span("worker 1", "running", [8, 40], { label: "transfer" }),
    span("lock alice", "held", [20, 300], { label: "worker 1" }),
    span("worker 2", "running", [9, 44], { label: "transfer" }),
    span("lock bob", "held", [22, 300], { label: "worker 2" }),
    span("worker 1", "blocked", [40, 300], {
      reason: "lock bob",
      source: "cell_3.ts:4",
    }),
    span("worker 2", "blocked", [44, 300], {
      reason: "lock alice",
      source: "cell_3.ts:9",
    }),
    span("worker 3", "running", [30, 60], { label: "report" }),
    span("worker 3", "blocked", [60, 300], { reason: "lock alice" }),
  ],
  links: [
    link("spawn", ["main", "worker 1"], [3, 8]),
    link("spawn", ["main", "worker 2"], [5, 9]),
    link("spawn", ["main", "worker 3"], [7, 30]),
  ],
  marks: [{ atMs: 250, label: "no progress since 60 ms" }],
  locks: [
    {
      lock: "lock alice",
      holders: ["worker 1"],
      waiters: ["worker 2", "worker 3"],
    },
    { lock: "lock bob", holders: ["worker 2"], waiters: ["worker 1"] },
  ],
};

/** Five philosophers, each with one fork, waiting for the next one's. */
export const PHILOSOPHERS: Recording = {
  ...EMPTY,
  title: "Five philosophers",
  durationMs: 80,
  locks: [0, 1, 2, 3, 4].map((seat) => ({
    lock: `fork ${seat}`,
    holders: [`philosopher ${seat}`],
    waiters: [`philosopher ${(seat + 4) % 5}`],
  })),
};

/** Four workers that all want one lock all the time, and a lock nobody fights for. */
export const CONVOY: Recording = makeConvoy();

/** A request whose audit task is still at work after it was answered. */
export const LEAKED: Recording = {
  ...EMPTY,
  title: "A request and a forgotten child",
  durationMs: 140,
  lanes: [
    lane("main", "main"),
    lane("handle request", "task", "main"),
    lane("read user", "task", "handle request"),
    lane("read orders", "task", "handle request"),
    lane("write audit", "task", "handle request"),
  ],
  spans: [
    span("main", "running", [0, 4]),
    span("handle request", "running", [4, 10], { label: "parse" }),
    span("handle request", "waiting", [10, 62], { reason: "children" }),
    span("read user", "running", [10, 13]),
    span("read user", "waiting", [13, 38], { label: "database" }),
    span("read orders", "running", [13, 16]),
    span("read orders", "waiting", [16, 60], { label: "database" }),
    span("write audit", "running", [16, 19]),
    span("write audit", "waiting", [19, 128], { label: "disk" }),
    span("main", "waiting", [19, 62]),
    span("handle request", "running", [62, 70], { label: "reply" }),
    span("write audit", "running", [128, 134]),
  ],
  links: [
    link("spawn", ["main", "handle request"], [3, 4]),
    link("spawn", ["handle request", "read user"], [9, 10]),
    link("spawn", ["handle request", "read orders"], [9.5, 13]),
    link("spawn", ["handle request", "write audit"], [10, 16]),
  ],
  marks: [
    { atMs: 70, label: "reply sent", lane: "handle request" },
    { atMs: 72, label: "reply received" },
  ],
};

/** Two workers and a busy main thread on two cores, sampled, with counters. */
export const CORES: Recording = makeCores();

/** More lanes, spans and messages than there is room for. */
export const VAST: Recording = makeVast(6000, 64, 1500);

/** A thousand spans in twenty lanes. */
export const THOUSAND: Recording = makeVast(1000, 20);

/** Names that are long, or try to be markup. */
export const NAMED: Recording = {
  ...EMPTY,
  title: `Names <script>alert("title")</script> that are long & odd`,
  durationMs: 90,
  lanes: [
    lane("the main thread of the whole notebook process", "main"),
    lane(`<img src=x onerror="alert(1)">`, "worker"),
    lane("工作者 一", "worker"),
    lane(
      "lock of the table that all of the workers write their results to",
      "lock",
    ),
  ],
  spans: [
    span("the main thread of the whole notebook process", "running", [0, 30], {
      label: "a label that has no room within the mark where it stands",
    }),
    span(`<img src=x onerror="alert(1)">`, "running", [10, 70], {
      label: `</text><script>alert("x")</script>`,
    }),
    span("工作者 一", "blocked", [20, 60], {
      reason:
        "lock of the table that all of the workers write their results to",
    }),
    span(
      "lock of the table that all of the workers write their results to",
      "held",
      [12, 61],
      { label: `<img src=x onerror="alert(1)">` },
    ),
    span("工作者 一", "serialising", [60, 80]),
  ],
  links: [
    link(
      "message",
      [
        "the main thread of the whole notebook process",
        `<img src=x onerror="alert(1)">`,
      ],
      [5, 10],
      {
        bytes: 1_500_000,
        label: "a message with a very long name that must be cut",
      },
    ),
    link("message", [
      "工作者 一",
      `the main thread of the whole notebook process`,
    ], [
      80,
      82,
    ], { bytes: 12 }),
    link("lock", [`<img src=x onerror="alert(1)">`, "工作者 一"], [59, 61]),
  ],
  marks: [10, 12, 14, 16, 80].map((atMs) => ({
    atMs,
    label: `<b>a moment</b> with words that go on and on, at ${atMs} ms`,
  })),
  locks: [{
    lock: "lock of the table that all of the workers write their results to",
    holders: [`<img src=x onerror="alert(1)">`],
    waiters: ["工作者 一"],
  }],
  missing: ["Cores were not recorded: reading /proc needs --allow-all"],
};
