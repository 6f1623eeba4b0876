import assert from "node:assert/strict";
import type { ProcessFacts } from "./census.ts";
import { isChild, listKin } from "./kin.ts";

/** A process, `pid` started by `parent`. */
function process(
  pid: number,
  parent: number,
  more: Partial<ProcessFacts> = {},
): ProcessFacts {
  return {
    pid,
    parent,
    group: pid,
    session: pid,
    stamp: `t${pid}`,
    isEnded: false,
    threads: 1,
    ...more,
  };
}

function checkKin(
  all: readonly ProcessFacts[],
  expected: readonly number[],
  roots = [{ pid: 10, stamp: "t10" }],
): void {
  const isMarked = ({ stamp }: ProcessFacts) => stamp === "marked";
  const found = listKin(all, { roots, isMarked, ownSession: 5 }).map((
    { pid },
  ) => pid);
  assert.deepEqual(found.sort((a, b) => a - b), expected);
}

Deno.test("listKin() follows descendants, and nobody else", () => {
  const strangers = [process(1, 0), process(2, 1), process(5, 2)];
  checkKin(strangers, []);
  checkKin([...strangers, process(10, 5)], [10]);
  checkKin([...strangers, process(10, 5), process(11, 10)], [10, 11]);
  checkKin([process(12, 11), process(11, 10), process(10, 5)], [10, 11, 12]);
});

Deno.test("listKin() takes no process for another one with the same number", () => {
  const reused = process(10, 1, { stamp: "later" });
  checkKin([reused, process(11, 10)], []);
  checkKin([reused, process(11, 10, { stamp: "marked" })], [11]);
});

Deno.test("listKin() finds what was left by its parents by its mark", () => {
  const orphan = process(20, 1, { stamp: "marked" });
  checkKin([process(10, 5), orphan, process(21, 20)], [10, 20, 21]);
  checkKin([orphan, process(21, 20)], [20, 21], []);
});

Deno.test("listKin() takes the POSIX sessions of its kin, but not our own", () => {
  const member = process(11, 1, { group: 10, session: 10 });
  checkKin([process(10, 5), member], [10, 11]);
  checkKin([process(10, 5, { session: 9 }), member], [10]);
  // The leader has gone; one that is marked proves whose the others are.
  const marked = process(12, 1, { group: 10, session: 10, stamp: "marked" });
  checkKin([member], []);
  checkKin([member, marked], [11, 12]);
  checkKin([
    process(5, 1),
    process(6, 5, { session: 5 }),
    process(10, 5, { session: 5 }),
  ], [10]);
});

Deno.test("listKin() leaves out what has ended, but not its children", () => {
  const ended = process(11, 10, { isEnded: true });
  checkKin([process(10, 5), ended, process(12, 11)], [10, 12]);
});

Deno.test("isChild() believes a session only what the system says too", () => {
  const child = process(11, 10);
  const cases: [number, ProcessFacts | null, boolean][] = [
    [11, child, true],
    [11, null, false],
    [11, process(11, 1), false],
    [1, process(1, 10), false],
    [0, process(0, 10), false],
    [-11, process(-11, 10), false],
    [12, child, false],
    [11.5, child, false],
    [NaN, child, false],
  ];
  for (const [pid, found, expected] of cases) {
    assert.equal(isChild(pid, found, 10), expected, String(pid));
  }
});
