import assert from "node:assert/strict";
import { compareTimes, readMachine, readProcess, UsageMeter } from "./usage.ts";

Deno.test("readMachine() and readProcess() read processor time", () => {
  const text = "cpu  100 1 50 800 20 3 4 2 7 7\ncpu0 1 2 3 4\n";
  assert.deepEqual(readMachine(text), { all: 980, busy: 160 });
  assert.deepEqual(readMachine(""), { all: 0, busy: 0 });
  const stat = "7 (a ) b (c) S 1 7 7 0 -1 4194560 11 0 0 0 30 12 5 5 20 0 9";
  assert.equal(readProcess(stat), 42);
});

Deno.test("compareTimes() gives shares since the last question", () => {
  const cores = navigator.hardwareConcurrency;
  const times = (all: number, busy: number, own: [number, number][]) => ({
    all,
    busy,
    own: new Map(own),
  });
  const none = { kernel_cpu: 0, host_cpu_percent: 0 };
  const before = times(1000, 100, [[1, 10], [2, 500]]);
  assert.deepEqual(compareTimes(null, before), none);
  assert.deepEqual(compareTimes(before, before), none);
  // Process 2 has ended, 3 is new.
  const now = times(1100, 150, [[1, 30], [3, 5]]);
  assert.deepEqual(compareTimes(before, now), {
    kernel_cpu: 25 * cores,
    host_cpu_percent: 50,
  });
});

Deno.test("UsageMeter gives all that front ends show", async () => {
  const usage = await new UsageMeter().measure([Deno.pid]);
  assert.ok(usage.kernel_memory > 0 && usage.cpu_count > 0);
  const { total, available, percent, used } = usage.host_virtual_memory;
  assert.ok(total > available && used > 0 && percent > 0 && percent < 100);
  assert.equal(typeof usage.hostname, "string");
  assert.equal(usage.pid, Deno.pid);
  if (Deno.build.os !== "linux") return;
  assert.equal(usage.kernel_cpu, 0);
  assert.equal(usage.host_cpu_percent, 0);
});
