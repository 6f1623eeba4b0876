import assert from "node:assert/strict";
import {
  describeCircle,
  describeDeadlock,
  findDeadlock,
  findDeadlocks,
  type WaitSnapshot,
} from "./deadlock.ts";
import { Mutex } from "./locks/mutex.ts";
import { snapshotLocks } from "./memory/registry.ts";
import { until } from "./test_threads.ts";

type Row = [
  lock: string,
  holders: string,
  waiters: string,
  kind?: string,
];

function check(rows: readonly Row[], expected: string | null): void {
  const split = (lanes: string) => lanes === "" ? [] : lanes.split(",");
  const snapshots = rows.map((
    [lock, holders, waiters, kind],
  ): WaitSnapshot => ({
    lock,
    holders: split(holders),
    waiters: split(waiters),
    ...kind === undefined ? {} : { kind },
  }));
  assert.equal(findDeadlock(snapshots)?.join(" > ") ?? null, expected);
}

Deno.test("findDeadlock() finds nothing where somebody can go on", () => {
  check([], null);
  check([["a", "A", ""]], null);
  check([["a", "A", "B,C"]], null);
  check([["a", "A", "B"], ["b", "B", "C"], ["c", "C", "D"]], null);
  check([["a", "", "A"]], null);
  // One of two tasks of a thread waits for the other one.
  check([["a", "main", "main"]], null);
  check([["a", "worker 1", "worker 1"]], null);
});

Deno.test("findDeadlock() names lanes and locks of a circle in order", () => {
  check([["a", "A", "B"], ["b", "B", "A"]], "A > b > B > a");
  check(
    [["a", "A", "C"], ["b", "B", "A"], ["c", "C", "B"]],
    "A > b > B > c > C > a",
  );
  check([["a", "A", "A"]], "A > a");
});

Deno.test("findDeadlock() leaves out who only waits for a circle", () => {
  check(
    [["z", "X", "W"], ["a", "A", "X,B"], ["b", "B", "A"]],
    "A > b > B > a",
  );
});

Deno.test("findDeadlock() takes any reader for what stops a writer", () => {
  check([["rw", "R,S", "W", "RwLock"], ["m", "W", "R"]], "R > m > W > rw");
});

Deno.test("findDeadlock() takes a semaphore for stuck only if all its permits are", () => {
  const mutex: Row = ["m", "C", "A"];
  check([["s", "A,B", "C", "Semaphore"], mutex], null);
  check([["s", "A,B", "C", "Semaphore"], ["m", "C", "A,B"]], "A > m > C > s");
  check([["s", "A", "C", "Semaphore"], mutex], "A > m > C > s");
});

Deno.test("findDeadlock() finds two tasks that lock in opposite order", async () => {
  const one = new Mutex({ name: "left fork" });
  const other = new Mutex({ name: "right fork" });
  const controller = new AbortController();
  const { signal } = controller;
  async function dine(lane: string, first: Mutex, second: Mutex) {
    using _first = await first.lock({ lane, signal });
    await Promise.resolve();
    using _second = await second.lock({ lane, signal });
  }
  const tasks = Promise.allSettled([
    dine("Plato", one, other),
    dine("Kant", other, one),
  ]);
  await until(() => findDeadlock(snapshotLocks()) !== null);
  assert.deepEqual(findDeadlock(snapshotLocks()), [
    "Plato",
    "lock right fork",
    "Kant",
    "lock left fork",
  ]);
  controller.abort();
  await tasks;
  assert.equal(findDeadlock(snapshotLocks()), null);
});

Deno.test("findDeadlocks() finds circles that are apart, and only circles", () => {
  const snapshots = ([
    ["a", "1", ["2", "5"]],
    ["b", "2", ["1"]],
    ["c", "3", ["4"]],
    ["d", "4", ["3"]],
    ["e", "5", []],
  ] as const).map(([lock, holder, waiters]) => ({
    lock,
    holders: [holder],
    waiters,
  }));
  assert.deepEqual(
    findDeadlocks(snapshots).map((circle) =>
      circle.map(({ thread, owns, waitsFor }) =>
        `${thread}:${owns}>${waitsFor}`
      )
        .join(" ")
    ),
    ["1:a>b 2:b>a", "3:c>d 4:d>c"],
  );
  // A semaphore with one permit that can come back is no deadlock.
  const free: WaitSnapshot[] = [
    { lock: "s", kind: "Semaphore", holders: ["A", "B"], waiters: ["C"] },
    { lock: "m", kind: "Mutex", holders: ["C"], waiters: ["A"] },
  ];
  assert.deepEqual(findDeadlocks(free), []);
});

Deno.test("describeCircle() goes around the circle", () => {
  assert.equal(
    describeCircle(["a", "lock 1", "b", "lock 2", "c", "lock 3"]),
    "a waits for lock 1 held by b, which waits for lock 2 held by c, which waits for lock 3 held by a",
  );
  assert.equal(
    describeCircle(["a", "lock 1"]),
    "a waits for lock 1 held by a",
  );
});

Deno.test("describeDeadlock() names who owns and who waits", () => {
  const [circle] = findDeadlocks([
    { lock: "lock alice", holders: ["worker 1"], waiters: ["worker 2"] },
    { lock: "lock bob", holders: ["worker 2"], waiters: ["worker 1"] },
  ]);
  assert.equal(
    describeDeadlock(circle!),
    "Deadlock of 2: worker 1 owns lock alice and waits for lock bob; " +
      "worker 2 owns lock bob and waits for lock alice. None of them can go on.",
  );
});
