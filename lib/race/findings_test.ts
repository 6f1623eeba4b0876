import assert from "node:assert/strict";
import { DISPLAY } from "../base/mod.ts";
import { race } from "../race.ts";
import { makeThread } from "./test_programs.ts";

Deno.test("race() says what it found in sentences with numbers", async () => {
  const { findings, missing } = await race({
    shared: { x: 0 },
    threads: [
      makeThread("function a(m) { m.x++; }"),
      makeThread("function b(m) { m.x++; }"),
    ],
    check: (m) => m.x === 2,
  });
  assert.deepEqual(missing, []);
  assert.equal(findings[0], "4 of 6 schedules fail.");
  assert.equal(findings[1], "4 of 6 end with x: 1, expected m.x === 2.");
  assert.match(
    findings[2]!,
    /^The shortest that fails is 0110, which switches threads 2 times: a reads x: 0, b reads x: 0, /,
  );
  assert.match(
    findings[2]!,
    /An update is lost: a writes x = 1, worked out from what it read before b writes x = 1\.$/,
  );
  assert.match(findings[3]!, /^5 runs through 12 states were enough/);
  assert.match(findings[4]!, /^2 of them were repeated on real threads/);
  assert.match(
    findings[5]!,
    /atomic accesses only: plain ones may be reordered/,
  );
});

Deno.test("race() says which way a program with one schedule went", async () => {
  const one = {
    shared: { x: 0 },
    threads: makeThread("(m) => { m.x = 1; }"),
    copies: 1,
  };
  const passing = await race({ ...one, check: () => true }, {
    workers: false,
  });
  assert.equal(passing.findings[0], "The only schedule passes.");
  const failing = await race({ ...one, check: () => false }, {
    workers: false,
  });
  assert.equal(failing.findings[0], "1 of 1 schedule fails.");
  assert.equal(failing.shortest?.reason, "x: 1, expected false");
});

Deno.test("race() says that loops wait, and that awaits are where others come in", async () => {
  const spinning = await race({
    shared: { go: false },
    threads: [
      makeThread("(m) => { while (!m.go) {} }"),
      makeThread("(m) => { m.go = true; }"),
    ],
  }, { workers: false });
  assert.equal(spinning.total, 2);
  assert.ok(
    spinning.findings.some((text) => /rests until something/.test(text)),
  );
  const awaiting = await race({
    shared: { x: 0 },
    threads: makeThread("async (m) => { await null; m.x++; }"),
  });
  assert.equal(awaiting.confirmed, null);
  assert.ok(
    awaiting.findings.some((text) =>
      /come between at an await only/.test(text)
    ),
  );
});

Deno.test("race() shows how a program without a check ends, and judges nothing", async () => {
  const result = await race({
    shared: { x: 0 },
    threads: makeThread("(m) => { m.x++; }"),
  }, { workers: false });
  const { findings, endings } = result;
  assert.equal(findings[0], "6 schedules end in 2 different ways.");
  assert.equal(findings[1], "4 of 6 end with x: 1, such as 0110.");
  assert.equal(findings[2], "2 of 6 end with x: 2, such as 0011.");
  assert.match(
    findings[3]!,
    /^Nothing says which .*check: \(m\) => m\.x === 1/,
  );
  assert.deepEqual(
    endings.map(({ kind, final, schedules, schedule }) => [
      kind,
      final.x,
      schedules,
      schedule,
    ]),
    [["ended", 1, 4, "0110"], ["ended", 2, 2, "0011"]],
  );
  const bundle = await result[DISPLAY]();
  assert.ok(!/pass/.test(String(bundle["text/plain"])));
  assert.ok(!/passes|all pass/.test(String(bundle["image/svg+xml"])));
  assert.ok(!/passes/.test(String(bundle["text/html"])));
  const drawn = await race({
    shared: { x: 0 },
    threads: makeThread("(m) => { for (let i = 0; i < 6; i++) m.x++; }"),
    copies: 4,
  }, { workers: false, maxRuns: 300 });
  assert.match(drawn.findings[0]!, /^30 schedules drawn at random end in/);
  assert.ok(drawn.endings.every(({ schedule }) => schedule !== ""));
  const stuck = await race({
    shared: { x: 0 },
    threads: [
      makeThread(`(m) => { m.lock("a"); m.lock("b"); m.x = 1; }`),
      makeThread(`(m) => { if (m.x === 0) m.lock("b"); m.x = 2; }`),
    ],
  }, { workers: false });
  assert.match(stuck.findings[0]!, /schedules fail/);
  assert.doesNotMatch(stuck.findings.join("\n"), /pass/);
});
