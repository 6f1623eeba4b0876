/**
 * Tests and benchmarks that cells define run at the cell's end, are reported
 * in it, and fail it.
 * @module
 */
import assert from "node:assert/strict";
import { openFolder, type Run, TestKernel } from "./open_kernel.ts";

/** What a cell prints, without times. */
function report(run: Run): string {
  return run.text("stdout").replace(/\([\d.]+m?s\)/g, "(T)");
}

async function check(
  code: string,
  expected: { readonly text?: string; readonly error?: RegExp },
): Promise<Run> {
  await using kernel = new TestKernel({ languageServer: false });
  const run = await kernel.run(code);
  if (expected.text !== undefined) assert.equal(report(run), expected.text);
  assert.equal(run.status, expected.error === undefined ? "ok" : "error", code);
  if (expected.error !== undefined) assert.match(run.error, expected.error);
  return run;
}

Deno.test("a test that passes is reported in its cell", async () => {
  const run = await check(
    `Deno.test("passes", () => { console.log("its body"); }); 5`,
    {
      text: "running 1 test\nits body\npasses ... ok (T)\n\n" +
        "ok | 1 passed | 0 failed (T)\n",
    },
  );
  assert.equal(run.result, "5");
});

Deno.test("a test that fails fails its cell, with its own place", async () => {
  await check(
    `Deno.test("passes", () => {});
Deno.test("fails", async () => { await 1; throw new Error("boom"); });`,
    {
      text: "running 2 tests\npasses ... ok (T)\nfails ... FAILED (T)\n\n" +
        "FAILED | 1 passed | 1 failed (T)\n",
      error:
        /^TestsFailed: 1 of 2 failed: fails\n.*fails: Error: boom\nCell \[1\], line 2, column 49/s,
    },
  );
});

Deno.test("steps are reported below their test, and fail it", async () => {
  await check(
    `Deno.test("outer", async (t) => {
       await t.step("a", async (t) => { await t.step("deep", () => { throw new Error("d"); }); });
       console.log(await t.step({ name: "b", fn() {} }), await t.step(function c() {}), t.name);
       await t.step({ name: "no", ignore: true, fn() {} });
     });`,
    {
      text: "running 1 test\nouter ...\n  a ...\n    deep ... FAILED (T)\n" +
        "  a ... FAILED (T)\n  b ... ok (T)\n  c ... ok (T)\ntrue true outer\n" +
        "  no ... ignored\nouter ... FAILED (T)\n\n" +
        "FAILED | 0 passed | 1 failed (T)\n",
      error: /outer > a > deep: Error: d/,
    },
  );
});

Deno.test("hooks run around tests, also when one fails", async () => {
  const run = await check(
    `for (const kind of ["beforeAll", "beforeEach", "afterEach", "afterAll"]) {
       Deno.test[kind](() => console.log(kind, 1));
       Deno.test[kind](() => console.log(kind, 2));
     }
     Deno.test("x", () => { throw 1; });`,
    { error: /x: Uncaught: 1/ },
  );
  const calls = [...run.text().matchAll(/^(before|after)(\w+) (\d)$/gm)];
  assert.deepEqual(calls.map(([call]) => call), [
    "beforeAll 1",
    "beforeAll 2",
    "beforeEach 1",
    "beforeEach 2",
    "afterEach 2",
    "afterEach 1",
    "afterAll 2",
    "afterAll 1",
  ]);
  await check(
    `Deno.test.beforeAll(() => { throw new Error("no"); }); Deno.test("x", () => {});`,
    { error: /^TestsFailed: 1 of 1 failed: beforeAll/ },
  );
});

Deno.test("ignore, only, each, retry, timeout and exits are as in deno test", async () => {
  await check(
    `Deno.test.ignore("no", () => { throw 1; });
     Deno.test.only("one", () => {});
     Deno.test("other", () => { throw 1; });`,
    {
      text: "running 3 tests\nno ... ignored\none ... ok (T)\n" +
        "other ... ignored\n\nok | 1 passed | 0 failed | 2 ignored (T)\n",
    },
  );
  const each = await check(
    `Deno.test.each([[1, 2], [1, 1]])("%i is %d (%#)", (a, b) => { if (a !== b) throw 1; });
     Deno.test.each([{ a: { b: "x" } }])("$a.b 100%%", () => {});`,
    { error: /^TestsFailed: 1 of 3 failed: 1 is 2 \(0\)/ },
  );
  assert.match(each.text(), /^1 is 1 \(1\) \.\.\. ok/m);
  assert.match(each.text(), /^x 100% \.\.\. ok/m);
  await check(
    `let tries = 0;
     Deno.test({ name: "third", retry: 2, fn() { if (++tries < 3) throw 1; } });`,
    {},
  );
  await check(
    `Deno.test({ name: "slow", timeout: 10, fn: () => new Promise(() => {}) });`,
    { error: /slow: Error: still running after 10 ms/ },
  );
  await check(`Deno.test("exits", () => { Deno.exit(3); });`, {
    error: /exits: Error: the test called Deno.exit\(3\)/,
  });
  await check(`Deno.test("x", () => { Deno.test("y", () => {}); });`, {
    error: /Cannot define a test inside a test/,
  });
  await check("Deno.test(() => {});", {
    error: /^TypeError: Cannot define Deno.test: it has no name/,
  });
});

Deno.test("node:test runs, with suites, hooks and subtests", async () => {
  const run = await check(
    `import { after, before, describe, it, test } from "node:test";
     import assert from "node:assert";
     describe("suite", () => {
       before(() => console.log("before"));
       after(() => console.log("after"));
       it("case", () => assert.equal(1, 1));
       it.skip("skipped", () => { throw 1; });
       describe("inner", () => { it("deep", async () => {}); });
     });
     await test("unequal", () => assert.equal(1, 2));
     test("parent", async (t) => { await t.test("child", () => { throw new TypeError("kid"); }); });
     0`,
    { error: /^TestsFailed: 2 of 3 failed: unequal, parent\n/ },
  );
  assert.match(
    run.error,
    /unequal: AssertionError: 1 == 2\nCell \[1\], line 10/,
  );
  assert.match(run.error, /parent > child: TypeError: kid/);
  const text = report(run);
  for (
    const line of [
      "before",
      "after",
      "  case ... ok (T)",
      "  skipped ... ignored",
    ]
  ) assert.ok(text.split("\n").includes(line), `${line}\n${text}`);
  assert.match(text, /^ {2}inner \.\.\.\n {4}deep \.\.\. ok/m);
});

Deno.test("a test that wants leaks to be found is told that nobody looks", async () => {
  const note =
    /^Leaks were not looked for \(sanitizeOps, sanitizeResources\)/gm;
  for (
    const code of [
      `Deno.test({ name: "a", sanitizeOps: true, fn() {} });
       Deno.test({ name: "b", sanitizeResources: true, fn() {} });`,
      `Deno.test.sanitizer({ resources: true }); Deno.test("a", () => {});`,
    ]
  ) {
    const run = await check(code, {});
    assert.equal(run.text("stdout").match(note)?.length, 1, code);
  }
  const silent = await check(
    `Deno.test({ name: "a", sanitizeOps: false, fn() {} });`,
    {},
  );
  assert.doesNotMatch(silent.text(), note);
});

Deno.test("a snapshot in a cell is refused with the reason; the origin is the notebook", async () => {
  const run = await check(
    `Deno.test("a", (t) => console.log(t.origin));
     Deno.test("b", async (t) => { await t.assertSnapshot(1); });`,
    {
      error: /b: Error: Cannot compare with a snapshot: a cell is no test file/,
    },
  );
  assert.match(run.text(), /^file:.*notebook\.ipynb$/m);
});

Deno.test("a cell that ends in a test of node:test has no result", async () => {
  for (const last of ["describe", "it", "test", "suite"]) {
    const run = await check(
      `import { ${last} } from "node:test"; ${last}("x", () => {});`,
      {},
    );
    assert.equal(run.result, undefined, last);
    assert.match(run.text(), /^x \.\.\. ok/m);
  }
  const own = await check(`Deno.test("x", () => {}); Promise.resolve(5)`, {});
  assert.equal(own.result, "Promise { 5 }");
  const none = await check(`Promise.resolve()`, {});
  assert.equal(none.result, "Promise { undefined }");
});

Deno.test("tests of an imported module run with the cell that imports it", async () => {
  await using folder = await openFolder({
    "m.ts": `Deno.test("of the module", () => { throw new Error("m"); });`,
  });
  await using kernel = new TestKernel({
    languageServer: false,
    notebookUrl: folder.notebookUrl,
  });
  const run = await kernel.run(`import "./m.ts";`);
  assert.match(run.error, /^TestsFailed: 1 of 1 failed: of the module/);
  assert.equal((await kernel.run("1 + 1")).text(), "");
});

Deno.test("a cell that fails runs none of its tests, nor does a later one", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const run = await kernel.run(
    `Deno.test("x", () => {}); throw new Error("own")`,
  );
  assert.match(run.error, /^Error: own/);
  assert.equal((await kernel.run("1")).text(), "");
});

Deno.test("an interrupt ends a test that hangs, and keeps the session", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const run = kernel.start(
    `let kept = 1; Deno.test("loops", () => { console.log("in it"); for (;;); });`,
  );
  await run.printed("in it");
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  assert.equal((await kernel.run("kept")).result, "1");
});

Deno.test("benchmarks are run, their output is shown once, and one that fails fails its cell", async () => {
  const run = await check(
    `Deno.bench("b", () => { console.log("body"); });
     Deno.bench({ name: "seven", n: 7, async fn() { await 1; } });
     Deno.bench("spans", (b) => { b.start(); b.end(); });
     Deno.bench("bad", () => { throw new Error("no"); });`,
    { error: /^TestsFailed: 1 of 4 failed: bad\n.*bad: Error: no/s },
  );
  assert.equal(run.text().match(/^body$/gm)?.length, 1);
  assert.match(run.text(), /^benchmark +average +min +p75 +max +calls$/m);
  assert.match(run.text(), /^seven .* 7$/m);
  assert.match(run.text(), /^bad +FAILED$/m);
});
