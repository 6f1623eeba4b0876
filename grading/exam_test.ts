import assert from "node:assert/strict";
import { examineShort, inShort, type Short } from "./test_exam.ts";

const IMPORT: Short = ["code", 'import assert from "node:assert/strict";'];

/** Examines one answer by one check, and gives the check's result. */
async function check(answer: string, test: string) {
  const source: Short[] = [IMPORT, ["answer a", answer], ["check c 1", test]];
  const { results } = await examineShort(source, source);
  return results[0]!;
}

async function passes(answer: string, test: string): Promise<void> {
  const { state, reason } = await check(answer, test);
  assert.deepEqual({ state, reason }, { state: "passed", reason: "" });
}

Deno.test("examine() calls functions of a submission as if they were the check's", async () => {
  await passes(
    `function square(x: number) { return x * x; }
     const half = (x: number) => x / 2;
     async function later(x: number) { await null; return x + 1; }
     function bad() { throw new RangeError("no"); }
     class Odd extends Error { name = "Odd"; constructor(readonly code: number) { super("odd"); } }
     function odd() { throw new Odd(7); }`,
    `assert.equal(square(3), 9);
     assert.equal(half(square(2)), 2);
     assert.deepEqual(await Promise.all([later(1), later(2)]), [2, 3]);
     assert.throws(bad, { name: "RangeError", message: "no" });
     assert.throws(() => bad(), RangeError);
     await assert.rejects(async () => odd(), { name: "Odd", code: 7 });
     assert.throws(odd, Odd);
     assert.equal(typeof square, "function");
     assert.equal(square.name, "square");`,
  );
});

Deno.test("examine() passes plain data of every kind both ways", async () => {
  await passes(
    `const echo = (value: unknown) => value;
     const nothing = undefined;`,
    `const loop: Record<string, unknown> = { n: 1 };
     loop.self = loop;
     const values = [
       null, undefined, true, "", "\\u2028\\ud800", 0, -0, NaN, -Infinity, 2n ** 70n,
       [1, [2]], { a: { b: [undefined] } }, new Map([[{ k: 1 }, new Set([1n])]]),
       new Date(5), new Date(NaN), /a+/giu, new Uint8Array([1, 2]), new Float64Array([0.5]),
       new ArrayBuffer(3), Symbol.iterator, Symbol.for("x"), Object.create(null),
       JSON.parse('{"__proto__": {"polluted": true}}'),
     ];
     for (const value of values) assert.deepStrictEqual(echo(value), value);
     assert.equal(echo(loop).self.self.n, 1);
     assert.equal({}.polluted, undefined);
     assert.equal(nothing, undefined);
     assert.throws(() => echo(new SharedArrayBuffer(4)), /shared memory/);`,
  );
});

Deno.test("examine() leaves what is no plain data where it is", async () => {
  await passes(
    `class Box {
       items: number[] = [];
       add(x: number) { this.items.push(x); return this; }
       get size() { return this.items.length; }
       async *[Symbol.asyncIterator]() { yield* this.items; }
       *[Symbol.iterator]() { yield* this.items; }
     }
     function counter() { let n = 0; return { next: () => ++n, reset() { n = 0; } }; }
     let total = 0;
     const add = (n: number) => { total += n; };`,
    `const box = new Box();
     assert.equal(box.add(1).add(2), box);
     assert.equal(box.size, 2);
     assert.deepEqual(box.items, [1, 2]);
     assert.ok(box instanceof Box);
     assert.ok("add" in box && !("none" in box));
     assert.deepEqual([...box], [1, 2]);
     const seen = [];
     for await (const x of box) seen.push(x);
     assert.deepEqual(seen, [1, 2]);
     box.items = [5];
     assert.equal(box.size, 1);
     const c = counter();
     c.next();
     assert.equal(c.next(), 2);
     c.reset();
     assert.equal(c.next(), 1);
     assert.equal(total, 0);
     add(3);
     assert.equal(total, 3);
     total = 10;
     add(1);
     assert.equal(total, 11);`,
  );
});

Deno.test("examine() lets a submission call what the check gives it", async () => {
  await passes(
    `function twice(f: (x: number) => number, x: number) { return f(f(x)); }
     async function mapLimit<T, R>(n: number, items: T[], fn: (x: T) => Promise<R>) {
       const out: R[] = [];
       let at = 0;
       const work = async () => { while (at < items.length) { const i = at++; out[i] = await fn(items[i]); } };
       await Promise.all(Array.from({ length: n }, work));
       return out;
     }
     function sortInPlace(list: number[]) { list.sort((a, b) => a - b); }
     async function fill(map: Map<string, number>) { await null; map.set("a", 1); }
     function onTick(f: () => void) { setTimeout(f, 1); }
     function withThrow(f: () => void) { try { f(); return "none"; } catch (e) { return (e as Error).message; } }`,
    `assert.equal(twice((x) => x + 5, 1), 11);
     assert.equal(twice((x) => twice((y) => y + 1, x), 0), 4);
     let active = 0, most = 0;
     const result = await mapLimit(2, [1, 2, 3, 4], async (x) => {
       most = Math.max(most, ++active);
       await new Promise((done) => setTimeout(done, 5));
       active--;
       return x * 2;
     });
     assert.deepEqual(result, [2, 4, 6, 8]);
     assert.equal(most, 2);
     const list = [3, 1, 2];
     sortInPlace(list);
     assert.deepEqual(list, [1, 2, 3]);
     const map = new Map();
     await fill(map);
     assert.deepEqual([...map], [["a", 1]]);
     await new Promise((done) => onTick(done));
     assert.equal(withThrow(() => { throw new Error("mine"); }), "mine");
     await assert.rejects(mapLimit(1, [1], () => Promise.reject(new TypeError("t"))), TypeError);`,
  );
});

Deno.test("examine() runs calls of the same check at the same time", async () => {
  await passes(
    `const both = Promise.withResolvers<void>();
     let started = 0;
     async function job() {
       if (++started === 2) both.resolve();
       await both.promise;
       return started;
     }`,
    "assert.deepEqual(await Promise.all([job(), job()]), [2, 2]);",
  );
});

Deno.test("examine() gives part of the points for part of the tests", async () => {
  const result = await examineShort([
    IMPORT,
    ["answer a", "const f = (x: number) => x;"],
    [
      "check c 3",
      `Deno.test("right", () => assert.equal(f(1), 1));
       Deno.test("wrong", () => assert.equal(f(1), 2));
       Deno.test("right too", () => assert.equal(f(2), 2));`,
    ],
    ["check d 2", 'Deno.test("all", () => assert.equal(f(1), 1));'],
    ["check e 2", 'Deno.test("ok", () => {}); Deno.test("no", () => f.x.y);'],
    ["check g 2", 'Deno.test("ok", () => {}); throw new Error("whole");'],
  ], [["answer a", "const f = (x: number) => x;"]]);
  assert.deepEqual(inShort(result), [
    "c partial 2",
    "d passed 2",
    "e partial 1",
    "g failed 0",
  ]);
  assert.deepEqual(
    result.results[0]!.tests.map(({ name, outcome }) => `${name} ${outcome}`),
    ["right ok", "wrong failed", "right too ok"],
  );
});

Deno.test("examine() names what a submission does not define", async () => {
  const source: Short[] = [
    IMPORT,
    ["answer a", "function f() { return 1; }\nconst g = 2;"],
    ["check c", "assert.throws(() => f())"],
    ["check d", "assert.equal(g, 2)"],
  ];
  const { results, findings } = await examineShort(source, [
    ["answer a", "const g = 2;"],
  ]);
  assert.deepEqual(
    results.map(({ state, reason }) => `${state}: ${reason}`),
    ["failed: the submission does not define f", "passed: "],
  );
  assert.deepEqual(findings, ['"c" is missing', '"d" is missing']);
});

Deno.test("examine() takes what checks build upon from the teacher", async () => {
  const source: Short[] = [
    ["given imports", 'import assert from "node:assert/strict";'],
    [
      "code",
      "const inputs = [1, 2, 3];\nconst double = (x: number) => f(x) * 2;",
    ],
    ["answer a", "const f = (x: number) => x + 1;"],
    [
      "check c",
      "const seen = inputs.map(f); assert.deepEqual(seen, [2, 3, 4]);",
    ],
    [
      "check d",
      "assert.deepEqual(seen.length, 3); assert.equal(double(1), 4);",
    ],
    ["answer b", "const f = (x: number) => x * 10;"],
    ["check e", "assert.equal(f(1), 10); assert.equal(double(1), 20);"],
  ];
  const result = await examineShort(source, [
    [
      "code",
      "const inputs = []; const assert = { deepEqual() {}, equal() {} };",
    ],
    ["answer a", "const f = (x: number) => x + 1;"],
    ["check c", ""],
    ["check d", ""],
    ["answer b", "const f = (x: number) => x * 10;"],
  ]);
  assert.deepEqual(inShort(result), ["c passed 1", "d passed 1", "e passed 1"]);
});

Deno.test("examine() restores what was changed, removed or doubled, and says so", async () => {
  const source: Short[] = [
    IMPORT,
    ["given k", "const factor = 2;"],
    ["answer a", "const f = (x: number) => x * factor;"],
    ["check c 2", "assert.equal(f(2), 4);"],
    ["check d 2", "assert.equal(f(3), 6);"],
  ];
  const { findings, ...result } = await examineShort(source, [
    IMPORT,
    ["given k", "const factor = 0;"],
    ["answer a", "const f = () => 0;"],
    ["answer a", "const f = (x: number) => x * factor;"],
    ["check c 200", "// nothing is asked"],
    ["check other 5", "1"],
  ]);
  assert.deepEqual(inShort(result as never), ["c passed 2", "d passed 2"]);
  assert.deepEqual(findings.toSorted(), [
    '"a" stands there twice; the last one counts',
    '"c" claims 200 points, has 2',
    '"c" was changed; the original is used',
    '"d" is missing',
    '"k" was changed; the original is used',
    '"other" is not part of the assignment',
  ]);
});

Deno.test("examine() leaves essays to a person, unless nothing was written", async () => {
  const source: Short[] = [
    ["essay e 5", "Because of the lock."],
    ["essay f 5", "Yes."],
    ["essay g 1", "No."],
  ];
  const result = await examineShort(source, [
    ["essay e 5", "I think so."],
    ["essay f 5", "YOUR ANSWER HERE"],
  ]);
  assert.deepEqual(inShort(result), [
    "e needs-person 0",
    "f failed 0",
    "g failed 0",
  ]);
});
