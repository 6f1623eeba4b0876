// Rules of those who wait: limited, starved, lost wake-up, stuck; and of the others.
import assert from "node:assert/strict";
import type { Recording } from "../base/record/mod.ts";
import { findLimited } from "./limited.ts";
import { findLostWakeUp } from "./waiting.ts";
import { findOthers } from "./others.ts";
import { findStarved } from "./starved.ts";
import { findStuck } from "./waiting.ts";
import {
  checkFound,
  checkQuiet,
  NOISY,
  type Part,
  record,
} from "./test_recording.ts";

function lock(kind: string, capacity: number, name = "lock a") {
  return {
    locks: [{ lock: name, kind, capacity, holders: [], waiters: [] }],
  } satisfies Partial<Recording>;
}

function blocked(reason: string, startMs: number, endMs: number): Part {
  return ["blocked", startMs, endMs, { reason }];
}

Deno.test("findLimited() finds a semaphore that is waited for most of the time", () => {
  const lanes = {
    "lock a": [["held", 0, 50, { label: "tea" }], [
      "held",
      50,
      100,
      { label: "egg" },
    ]],
    "tea": [["running", 0, 50]],
    "egg": [blocked("lock a", 0, 50)],
    "ham": [blocked("lock a", 0, 100)],
  } satisfies Record<string, readonly Part[]>;
  const { lanes: who } = checkFound(
    findLimited,
    record(lanes, lock("Semaphore", 1)),
    /^Limited by lock a, a semaphore of 1: for 100 ms of 100 ms \(100 %\) somebody waited for it, 2 at once at most\.$/,
  );
  assert.deepEqual(who, ["egg", "ham"]);
  checkQuiet(findLimited, record(lanes, lock("Mutex", 1)));
  checkQuiet(
    findLimited,
    record({ ...lanes, "ham": [], "egg": [blocked("lock a", 0, 15)] }, {
      ...lock("Semaphore", 1),
    }),
  );
});

Deno.test("findLimited() tells a full channel from an empty one", () => {
  const counters = (value: number): Partial<Recording> => ({
    ...lock("Channel", 4, "channel a"),
    counters: [{
      name: "values in channel a",
      unit: "values",
      samples: [[0, value], [100, value]],
    }],
  });
  const waits = record({ "tea": [blocked("channel a", 10, 90)] }, counters(4));
  checkFound(findLimited, waits, { waitedMs: 80, most: 1 });
  checkQuiet(
    findLimited,
    record({ "tea": [blocked("channel a", 10, 90)] }, counters(0)),
  );
});

Deno.test("findStarved() counts turns of the same others, not those of a queue", () => {
  const turns = (lanes: readonly string[]): readonly Part[] =>
    lanes.map((label, i) => ["held", 10 + 5 * i, 12 + 5 * i, { label }]);
  const again = turns(Array.from({ length: 12 }, (_, i) => `reader ${i % 2}`));
  checkFound(
    findStarved,
    record({ "lock a": again, "writer": [blocked("lock a", 5, 100)] }, {
      ...lock("RwLock", 9),
    }),
    /^Starved: writer waited 95\.0 ms at lock a, 95 % of the run, while others had lock a 12 times \(reader 0 6 times, reader 1 6 times\)\.$/,
  );
  const queue = turns(Array.from({ length: 12 }, (_, i) => `reader ${i}`));
  checkQuiet(
    findStarved,
    record({ "lock a": queue, "writer": [blocked("lock a", 5, 100)] }, {
      ...lock("Mutex", 1),
    }),
  );
});

Deno.test("findLostWakeUp() wants a wait that began after the last notification", () => {
  const made = (waitMs: number, calledMs: number): Recording =>
    record({ "tea": [blocked("condition a", waitMs, 100)] }, {
      ...lock("Condition", 1, "condition a"),
      stuck: [{ lanes: ["tea"], at: "condition a" }],
      counters: [{
        name: "unheard by anybody: condition a",
        unit: "calls",
        samples: [[calledMs, 1]],
      }],
    });
  checkFound(
    findLostWakeUp,
    made(30, 10),
    /^Lost wake-up: condition a was notified at 10\.0 ms, when nobody waited, and tea has waited for it since 30\.0 ms\.$/,
  );
  checkQuiet(findLostWakeUp, made(5, 10));
  checkQuiet(findLostWakeUp, { ...made(30, 10), stuck: [] });
});

Deno.test("findStuck() says who waits for what, and only of runs that were ended", () => {
  const run = record({ "tea": [["waiting", 0, 100]] });
  checkFound(
    findStuck,
    { ...run, stuck: [{ lanes: ["tea", "egg"], at: "the kettle" }] },
    /^Stuck when the run was ended after 100 ms: tea and egg wait for the kettle\.$/,
  );
  checkQuiet(findStuck, run);
});

Deno.test("findOthers() speaks where code wanted cores that others had", () => {
  const computing = { "worker 1": [["running", 0, 100] as const] };
  checkFound(
    findOthers,
    record(computing, { stamp: NOISY }),
    /^Others had the cores: other programs used 30 % of all cores meanwhile\./,
  );
  checkQuiet(findOthers, record(computing));
  checkQuiet(
    findOthers,
    record({ "worker 1": [["waiting", 0, 100]] }, { stamp: NOISY }),
  );
});
