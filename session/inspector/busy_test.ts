import assert from "node:assert/strict";
import { judge, type ThreadEvidence } from "./busy.ts";

const [EPOLL, FUTEX] = [232, 202];

function check(seen: readonly Partial<ThreadEvidence>[], expected: boolean) {
  let watch = { startNs: 1e9, blocked: 0 };
  let isBusy = false;
  for (const { cpuNs = 1e9, syscall = null } of seen) {
    ({ isBusy, watch } = judge(watch, { cpuNs, syscall }));
  }
  assert.equal(isBusy, expected, JSON.stringify(seen));
}

Deno.test("judge() calls a session busy that has used the processor", () => {
  check([{ cpuNs: 1e9 + 4e6 }], true);
  check([{ cpuNs: 1e9 + 1e6 }], false);
});

Deno.test("judge() does not take waiting for a turn for computing", () => {
  // Ready to run for long, but never run: the machine is busy, not the session.
  check(Array(100).fill({ syscall: null }), false);
  check(Array(100).fill({ syscall: EPOLL }), false);
});

Deno.test("judge() calls a session busy that blocks inside a call", () => {
  check(Array(2).fill({ syscall: FUTEX }), true);
  check([{ syscall: FUTEX }], false);
  check([{ syscall: FUTEX }, {}, { syscall: FUTEX }], false);
});
