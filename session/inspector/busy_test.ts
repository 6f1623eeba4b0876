import assert from "node:assert/strict";
import {
  judge,
  type Patience,
  type ThreadEvidence,
  WITH_CELLS,
  WITH_OURSELVES,
} from "./busy.ts";

const [EPOLL, FUTEX] = [232, 202];

function check(
  seen: readonly Partial<ThreadEvidence>[],
  expected: boolean,
  patience: Patience = WITH_CELLS,
): void {
  let watch = { startNs: 1e9, blocked: 0 };
  let isBusy = false;
  for (const { cpuNs = 1e9, syscall = null } of seen) {
    ({ isBusy, watch } = judge(watch, { cpuNs, syscall }, patience));
  }
  assert.equal(isBusy, expected, JSON.stringify(seen));
}

Deno.test("judge() calls a session busy that has used the processor", () => {
  check([{ cpuNs: 1e9 + 12e6 }], true);
  check([{ cpuNs: 1e9 + 8e6 }], false);
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

Deno.test("judge() gives our own code more time", () => {
  check([{ cpuNs: 1e9 + 25e6 }], false, WITH_OURSELVES);
  check([{ cpuNs: 1e9 + 60e6 }], true, WITH_OURSELVES);
  check(Array(20).fill({ syscall: FUTEX }), false, WITH_OURSELVES);
  check(Array(60).fill({ syscall: FUTEX }), true, WITH_OURSELVES);
});
