import assert from "node:assert/strict";
import { DISPLAY } from "./base/mod.ts";
import { race } from "./race.ts";
import { describeLitmus } from "./race/real/findings.ts";
import { describeCrowd } from "./race/real/run.ts";
import { litmus, stress } from "./stress.ts";
import { Mutex } from "./sync/mod.ts";

const FEW = { rounds: 300, maxMs: 60_000 };

Deno.test("litmus() counts every round, and knows a schedule for each ordered end", async () => {
  const program = litmus.classics.lostUpdate.plain;
  const { rounds, outcomes, schedules } = await litmus(program, FEW);
  assert.equal(rounds, 300);
  assert.equal(outcomes.reduce((sum, { count }) => sum + count, 0), 300);
  assert.equal(schedules, 6);
  const byX = new Map(outcomes.map((one) => [one.values.x, one]));
  assert.deepEqual([...byX.keys()].sort(), [1, 2]);
  assert.equal(byX.get(1)!.verdict, "interesting");
  assert.equal(byX.get(2)!.verdict, "allowed");
  for (const { schedule, values, isOrdered } of outcomes) {
    assert.equal(isOrdered, true);
    const { final } = await race.replay(program, schedule!, { workers: false });
    assert.deepEqual(final, values);
  }
});

Deno.test("atomic classics never end in what they forbid", async () => {
  for (const { atomic } of Object.values(litmus.classics)) {
    const { outcomes, racy, findings } = await litmus(atomic as never, FEW);
    assert.deepEqual(racy, []);
    for (const { verdict, isOrdered, count } of outcomes) {
      assert.ok(verdict === "allowed", JSON.stringify(outcomes));
      assert.ok(isOrdered === true || count === 0);
    }
    assert.match(
      findings.join("\n"),
      /Nothing that the program forbids was seen in 300/,
    );
    assert.match(findings.join("\n"), /promises one order of all steps/);
  }
});

Deno.test("what is not seen is only not seen", async () => {
  const { findings } = await litmus({
    shared: { x: 0, y: 0 },
    threads: [
      (m) => {
        m.x = 1;
      },
      (m) => {
        m.y = 1;
      },
    ],
    outcomes: { forbidden: (m) => m.x === 0 },
  }, { rounds: 10 });
  const words = findings.join("\n");
  assert.match(words, /Nothing that the program forbids was seen in 10 rounds/);
  assert.doesNotMatch(words, /impossible|can not happen|never/);
});

Deno.test("reordering is said only where accesses are plain; locks have no value", async () => {
  const found = await litmus({
    shared: { x: 0, gate: new Mutex() },
    threads: function add(m) {
      using _guard = m.gate.lockSync();
      m.x++;
    },
  }, { rounds: 10 });
  assert.deepEqual(found.outcomes.map(({ values }) => values), [{ x: 2 }]);
  const strange = { ...found.outcomes[0]!, isOrdered: false, schedule: null };
  const say = (racy: readonly string[]) =>
    describeLitmus({ ...found, racy, outcomes: [strange] }, false)[0]!;
  assert.match(say(["x"]), /changed the order of plain accesses to x\.$/);
  assert.match(say([]), /all accesses are atomic, so do not rely on this/);
});

Deno.test("stress() says which schedule fails for sure, seen or not", async () => {
  const program = {
    shared: { x: 0 },
    threads: function add(m: { x: number }) {
      m.x++;
    },
    check: (m: { readonly x: number }) => m.x === 2,
  };
  const { schedule, first, failures, findings, rounds, failingSchedules } =
    await stress(program, FEW);
  assert.equal(failingSchedules, 4);
  const run = await race.replay(program, schedule!, { workers: false });
  assert.equal(run.kind, "check");
  assert.match(findings.join("\n"), /race\.replay\(program, "\d+"\)/);
  if (first === null) {
    assert.match(findings[0]!, /^Not seen in 300 rounds/);
    assert.equal(rounds, 300);
  } else {
    assert.equal(first.final.x, 1);
    assert.ok(failures > 0);
    assert.match(findings[0]!, /^Round [\d\u202f]+ ended with x: 1, expected/);
  }
});

Deno.test("stress() fails at once where every round does", async () => {
  const { first, rounds, failures, endings } = await stress({
    shared: { x: 0 },
    threads: [(m) => {
      m.x = 3;
    }],
    check: (m) => m.x === 2,
  }, FEW);
  assert.deepEqual(first, { round: 1, final: { x: 3 } });
  assert.equal(failures, rounds);
  assert.deepEqual(endings.map(({ fails }) => fails), [true]);
});

Deno.test("stress() tells of a thread that throws, and of the schedule", async () => {
  const { fault, findings, schedule } = await stress({
    shared: { x: 0 },
    threads: function boom(m) {
      if (m.atomics.add("x", 1) === 1) throw new RangeError("second");
    },
    check: () => true,
  }, FEW);
  assert.equal(fault?.round, 1);
  assert.match(findings[0]!, /In round 1, boom \d threw RangeError: second/);
  assert.ok(schedule !== null);
});

Deno.test("a lock keeps every round right", async () => {
  const { first, fault, failingSchedules } = await stress({
    shared: { x: 0 },
    threads: function add(m) {
      using _guard = m.lock("l");
      m.x++;
    },
    check: (m) => m.x === 2,
  }, FEW);
  assert.deepEqual([first, fault, failingSchedules], [null, null, 0]);
});

Deno.test("results are shown as bars, and in words", async () => {
  const shown = await litmus(litmus.classics.lostUpdate.atomic, FEW);
  const bundle = await shown[DISPLAY]();
  const text = String(bundle["text/plain"]);
  assert.match(text, /\| x: 2 +\| 300 +\| 100 % \| allowed +\| 01 +\|/);
  assert.match(text, /Measured on \d+ core/);
  const stressed = await stress({
    shared: { x: 0 },
    threads: [(m) => {
      m.x = 2;
    }],
    check: (m) => m.x === 2,
  }, FEW);
  const words = String((await stressed[DISPLAY]())["text/plain"]);
  assert.match(words, /\| x: 2 +\| 300 +\| 100 % \| holds \|/);
});

Deno.test("litmus() and stress() refuse bad input before anything starts", async () => {
  const program = { shared: { x: 0 }, threads: [() => {}] };
  const check = async (run: () => Promise<unknown>, message: RegExp) => {
    await assert.rejects(run, message);
  };
  await check(() => stress(program), /has no check, expected what must hold/);
  await check(
    () => litmus({ ...program, observe: ["z"] }),
    /observe has "z", expected cells: x/,
  );
  await check(
    () => litmus({ ...program, outcomes: { forbidden: 5 as never } }),
    /outcomes\.forbidden is 5, expected a function/,
  );
  await check(
    () => litmus(program, { rounds: 0 }),
    /rounds is 0, expected an integer/,
  );
  await check(
    () => litmus({ ...program, check: () => true } as never),
    /option "check" is unknown/,
  );
  const stopped = AbortSignal.abort(new Error("stop"));
  await check(() => litmus(program, { signal: stopped }), /stop/);
});

Deno.test("threads that have no core each are said to", () => {
  assert.deepEqual(describeCrowd(2, 2), []);
  assert.match(
    describeCrowd(3, 1).join(),
    /^3 threads had 1 core: some waited/,
  );
});

Deno.test("litmus() ends with its signal", async () => {
  const controller = new AbortController();
  const run = litmus(litmus.classics.storeBuffering.plain, {
    rounds: Infinity,
    maxMs: 60_000,
    signal: controller.signal,
  });
  setTimeout(() => controller.abort(new Error("enough")), 100);
  await assert.rejects(run, /enough/);
});
