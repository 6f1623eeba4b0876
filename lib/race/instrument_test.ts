import assert from "node:assert/strict";
import { race } from "../race.ts";
import { makeThread, type Shared } from "./test_programs.ts";

/** Runs a thread alone, and gives its steps and what memory holds at the end. */
async function run(body: string, shared: Shared): Promise<[string[], Shared]> {
  const program = { shared, threads: makeThread(body), copies: 1 };
  const { steps, final } = await race.replay(program, "", { workers: false });
  return [steps.map(({ text }) => text), final];
}

Deno.test("instrument() makes a step of every access, in the order of JavaScript", async () => {
  const check = async (body: string, steps: string[], end: Shared) => {
    const shared = { x: 1, y: 5, list: [1, 2] };
    const [found, final] = await run(body, shared);
    assert.deepEqual(found, steps, body);
    assert.deepEqual(final, { ...shared, ...end }, body);
  };
  await check("(m) => { m.x; }", ["reads x: 1"], {});
  await check("(m) => m.x++", ["reads x: 1", "writes x = 2"], { x: 2 });
  await check("function (m) { m.y = m.x++; }", [
    "reads x: 1",
    "writes x = 2",
    "writes y = 1",
  ], { x: 2, y: 1 });
  await check("(m) => { m.y = --m.x; }", [
    "reads x: 1",
    "writes x = 0",
    "writes y = 0",
  ], { x: 0, y: 0 });
  await check("(m) => { m.x *= m.y - 2; }", [
    "reads x: 1",
    "reads y: 5",
    "writes x = 3",
  ], { x: 3 });
  await check("(m) => { m.x ||= m.y; m.x &&= m.y; }", [
    "reads x: 1",
    "reads x: 1",
    "reads y: 5",
    "writes x = 5",
  ], { x: 5 });
  await check("(m) => { m['x'] = m.list.length; }", ["writes x = 2"], { x: 2 });
  await check("(m) => { m.list[m.x] += 10; }", [
    "reads x: 1",
    "reads list[1]: 2",
    "writes list[1] = 12",
  ], { list: [1, 12] });
  await check("(m) => { let i = 0; m.list[i++]++; m.list[i] = i; }", [
    "reads list[0]: 1",
    "writes list[0] = 2",
    "writes list[1] = 1",
  ], { list: [2, 1] });
  await check("(m) => { const a = m.x\n m.y = a\n m.x++ }", [
    "reads x: 1",
    "writes y = 1",
    "reads x: 1",
    "writes x = 2",
  ], { x: 2, y: 1 });
  await check("(m) => { if (m.x) m.y = 2; else m.y = 3; }", [
    "reads x: 1",
    "writes y = 2",
  ], { y: 2 });
  await check("(m) => { for (const one of [3]) m.x = { m: one }.m; }", [
    "writes x = 3",
  ], { x: 3 });
  await check("(m) => { m.x = `${m.y}`; }", ["reads y: 5", 'writes x = "5"'], {
    x: "5",
  });
});

Deno.test("instrument() follows helper functions that use the memory", async () => {
  const [steps, final] = await run(
    `(m) => {
      function add(by) { m.x += by; return m.x; }
      const twice = (by) => add(by) + add(by);
      const pure = (n) => n + 1;
      m.x = twice(pure(1));
    }`,
    { x: 0 },
  );
  assert.equal(steps.length, 7);
  assert.deepEqual(final, { x: 6 });
});

Deno.test("instrument() works on methods and functions with a number", async () => {
  const program = {
    shared: { x: 0 },
    ...{
      threads: [
        {
          add(m: { x: number }, id: number) {
            m.x = id + 1;
          },
        }.add,
      ],
    },
  };
  const { final } = await race.replay(program, "", { workers: false });
  assert.deepEqual(final, { x: 1 });
});

Deno.test("instrument() refuses what it cannot follow", async () => {
  const check = async (body: string, message: RegExp) => {
    await assert.rejects(run(body, { x: 1, list: [1] }), (error: Error) => {
      assert.ok(error instanceof TypeError, String(error));
      assert.match(error.message, message);
      return true;
    });
  };
  await check("({ x }) => { x; }", /its first parameter is a pattern/);
  await check("(m) => { const all = m; }", /it uses "m" as a whole/);
  await check(
    "(m) => { m.z = 1; }",
    /m.z is neither .*expected a cell \(x, list\)/,
  );
  await check("(m) => { m[m.x] = 1; }", /it works out the name of a cell/);
  await check("(m) => { m.list = []; }", /the array "list" as a whole/);
  await check("(m) => { m.list.push(1); }", /the array "list" as a whole/);
  await check("(m) => { [m.x] = [1]; }", /it unpacks into cells/);
  await check("(m) => { delete m.x; }", /it deletes a cell/);
  await check("(m) => { [1].forEach(() => m.x++); }", /without a name/);
  await check(
    "(m) => { const f = () => m.x; [1].map(f); }",
    /it passes on "f", which uses the memory/,
  );
  await check("(m) => { for (const m of [1]) m; }", /it declares "m" again/);
  await check("(m) => { const f = (m) => m.x; f(1); }", /declares "m" again/);
  await check("(m) => { m.atomics.wait('x', 1); }", /it uses m\.atomics\.wait/);
  await check("(m) => { m.x = outside; }", /it uses "outside" from outside/);
  await check("(m) => { for (m.x of [1]) {} }", /in a way that is unknown/);
});

Deno.test("instrument() refuses what is not the same each time, and says what is", async () => {
  const check = async (body: string, message: RegExp) => {
    await assert.rejects(run(body, { x: 1 }), (error: Error) => {
      assert.ok(error instanceof TypeError, String(error));
      assert.match(error.message, message);
      return true;
    });
  };
  await check("(m) => { m.x = Math.random(); }", /uses Math\.random .*dice/);
  await check("(m) => { m.x = Math['random'](); }", /uses Math\.random/);
  await check("(m) => { const { random } = Math; }", /uses Math as a whole/);
  await check("(m) => { m.x = globalThis.Math.random(); }", /Math\.random/);
  await check("(m) => { m.x = crypto.randomUUID(); }", /it uses crypto/);
  await check("(m) => { m.x = Date.now(); }", /uses Date\.now .*who goes on/);
  await check("(m) => { m.x = +new Date(); }", /it uses Date .*now: 0/);
  await check("(m) => { m.x = performance.now(); }", /performance\.now/);
  await check("(m) => { setInterval(() => {}, 1); }", /it uses setInterval/);
  await check("async (m) => { await fetch('x:'); }", /it uses fetch .*answer/);
  await check(`(m) => { using l = m.unlock("l"); }`, /which is nothing/);
  await check(`(m) => { m.lock("l").unlock(); }`, /using guard = m\.lock\(/);
  await check(
    `async (m) => { await using l = await m.lock("l"); }`,
    /await using/,
  );
  await check("(m) => { m.lock(); }", /m\.lock\(\) has 0 arguments/);
  await check(`(m) => { m.lock("l", () => 1); }`, /has 2 arguments/);
  await check(`(m) => { m.wait("c"); }`, /has 1 argument\b/);
  const [steps] = await run(
    "(m) => { m.x = Math.max(1, new Date(5).getTime(), Date.UTC(1970, 0)); }",
    { x: 1 },
  );
  assert.deepEqual(steps, ["writes x = 5"]);
  // Names of its own are no globals.
  await run("(m) => { const Date = { now: () => 3 }; m.x = Date.now(); }", {
    x: 1,
  });
});

Deno.test("a cell that is not there, or cannot hold a value, is the thread's error", async () => {
  const fails = async (body: string, message: RegExp) => {
    const program = { shared: { x: 1, list: [1] }, threads: makeThread(body) };
    const { kind, reason } = await race.replay({ ...program, copies: 1 }, "", {
      workers: false,
    });
    assert.equal(kind, "error");
    assert.match(reason, message);
  };
  await fails("(m) => { m.list[1] = 2; }", /Cannot use cell "list\[1\]"/);
  await fails("(m) => { m.x = {}; }", /it is an object/);
  await fails("(m) => { m.x = 'a'.repeat(99); }", /the text has 99 characters/);
  await fails(
    "(m) => { m.x = 'a'; m.atomics.add('x', 1); }",
    /expected a number/,
  );
  await fails("(m) => { for (;;) {} }", /without a step on shared memory/);
});
