import assert from "node:assert/strict";
import { findHolder, type HeldBy, type Profile } from "./line_samples.ts";

type Row = readonly [name: string, url: string, line: number, parent?: number];

/** A profile of 10 ms a sample from 100 ms on; nodes are numbered from 1. */
function makeProfile(
  rows: readonly Row[],
  samples: readonly number[],
): Profile {
  return {
    startTime: 100_000,
    endTime: 100_000 + 10_000 * samples.length,
    samples,
    timeDeltas: samples.map(() => 10_000),
    nodes: rows.map(([functionName, url, line], i) => ({
      id: i + 1,
      callFrame: { functionName, url, lineNumber: line - 1, columnNumber: 0 },
      children: rows.flatMap(([, , , parent], j) =>
        parent === i + 1 ? [j + 1] : []
      ),
      positionTicks: [{ line: line + 1, ticks: 1 }, {
        line: line + 2,
        ticks: 9,
      }],
    })),
  };
}

function check(
  rows: readonly Row[],
  samples: readonly number[],
  expected: HeldBy | null,
): void {
  const stretch = { startMs: 100, endMs: 1000 };
  assert.deepEqual(findHolder(makeProfile(rows, samples), stretch), expected);
}

const CELL = "cell_3.ts";
const ROWS: readonly Row[] = [
  ["(root)", "", 1],
  ["", CELL, 1, 1],
  ["countPrimes", CELL, 4, 2],
  ["isPrime", CELL, 9, 3],
  ["sqrt", "node:math", 1, 4],
];

Deno.test("findHolder() names function and hottest line of a cell", () => {
  const found = { code: "countPrimes", source: "cell_3.ts:6", share: 1 };
  check(ROWS, [3, 3, 3, 3], found);
  // Less than half of the time within what it calls.
  check(ROWS, [3, 3, 4, 3], found);
  check(ROWS, [2, 3, 3, 3], { ...found, share: 0.75 });
});

Deno.test("findHolder() names the innermost function of the user's", () => {
  check(ROWS, [4, 5, 5, 5], {
    code: "isPrime",
    source: "cell_3.ts:11",
    share: 1,
  });
  // A cell's own code has no name.
  check(ROWS, [2, 2, 2], {
    code: "a function",
    source: "cell_3.ts:3",
    share: 1,
  });
});

Deno.test("findHolder() tells no line where types were taken out, and no address of text", () => {
  const check1 = (url: string, source?: string) =>
    check([["(root)", "", 1], ["spin", url, 7, 1]], [2, 2, 2], {
      code: "spin",
      ...(source === undefined ? {} : { source }),
      share: 1,
    });
  check1("file:///home/me/work.ts", "work.ts");
  check1("file:///home/me/work.js", "work.js:9");
  check1("https://example.com/work.mjs?v=2", "work.mjs:9");
  check1("data:text/javascript,0");
});

Deno.test("findHolder() says nothing of few samples, of others, and of other times", () => {
  check(ROWS, [3, 3], null);
  check([["(root)", "", 1], ["op", "ext:core/01.js", 1, 1]], [2, 2, 2], null);
  check(ROWS, [1, 1, 1], null);
  const late = { startMs: 500, endMs: 900 };
  assert.equal(findHolder(makeProfile(ROWS, [3, 3, 3]), late), null);
  const empty = { nodes: [], startTime: 0, endTime: 0 };
  assert.equal(findHolder(empty, late), null);
});

Deno.test("findHolder() counts a function that calls itself once", () => {
  const rows: readonly Row[] = [
    ["(root)", "", 1],
    ["fib", CELL, 2, 1],
    ["fib", CELL, 2, 2],
    ["fib", CELL, 2, 3],
  ];
  check(rows, [2, 3, 4, 4], { code: "fib", source: "cell_3.ts:4", share: 1 });
});
