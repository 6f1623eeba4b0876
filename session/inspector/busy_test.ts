import assert from "node:assert/strict";
import {
  choosePatience,
  judge,
  type Runner,
  type ThreadEvidence,
  type Watch,
} from "./busy.ts";

const [EPOLL, FUTEX] = [232, 202];

function check(
  seen: readonly Partial<ThreadEvidence>[],
  expected: ReturnType<typeof judge>["verdict"],
  runner: Runner = "cell",
  timesEnded = 0,
): void {
  const patience = choosePatience(runner, timesEnded);
  let watch: Watch = {
    startNs: 1e9,
    stirredNs: 1e9,
    stirs: 0,
    blocked: 0,
    asleep: 0,
  };
  let verdict = null;
  // Unless told, it stirs all the time.
  let last = 0;
  for (const { cpuNs = 1e9, syscall = null, stirs = ++last } of seen) {
    ({ verdict, watch } = judge(watch, { cpuNs, syscall, stirs }, patience));
  }
  assert.equal(verdict, expected, JSON.stringify(seen.slice(0, 3)));
}

Deno.test("judge() calls a session busy that has used the processor", () => {
  check([{ cpuNs: 1e9 + 32e6 }], "busy");
  check([{ cpuNs: 1e9 + 28e6 }], null);
});

Deno.test("judge() calls a session busy sooner that neither waits nor reads nor takes memory", () => {
  const still = { cpuNs: 1e9 + 10e6, stirs: 0 };
  check([still], "busy");
  check([{ ...still, cpuNs: 1e9 + 8e6 }], null);
  check([{ ...still, stirs: 1 }], null);
  check(
    [{ cpuNs: 1e9 + 6e6, stirs: 3 }, { cpuNs: 1e9 + 14e6, stirs: 3 }],
    null,
  );
  check(
    [{ cpuNs: 1e9 + 6e6, stirs: 3 }, { cpuNs: 1e9 + 16e6, stirs: 3 }],
    "busy",
  );
  // Nobody counts: then only time does.
  check([{ ...still, stirs: null }, { cpuNs: 1e9 + 29e6, stirs: null }], null);
  // Our own code, or what was ended once, gets its whole time.
  for (const runner of ["nobody", "upkeep"] as const) {
    check([still], null, runner);
  }
  check([still], null, "cell", 1);
});

Deno.test("judge() does not take waiting for a turn for computing", () => {
  // Ready to run for long, but never run: the machine is busy, not the session.
  check(Array(1000).fill({ syscall: null }), null);
});

Deno.test("judge() calls a session busy that blocks inside a call", () => {
  check(Array(40).fill({ syscall: FUTEX }), "busy");
  check(Array(20).fill({ syscall: FUTEX }), null);
  check([...Array(20).fill({ syscall: FUTEX }), {}, { syscall: FUTEX }], null);
});

Deno.test("judge() calls a session deaf that waits for events all the time", () => {
  check(Array(100).fill({ syscall: EPOLL }), null);
  check(Array(300).fill({ syscall: EPOLL }), "deaf");
  check(Array(300).fill({ syscall: EPOLL }), "deaf", "upkeep");
  check([...Array(150).fill({ syscall: EPOLL }), {}, { syscall: EPOLL }], null);
});

Deno.test("judge() gives what is not a cell's code more time", () => {
  check([{ cpuNs: 1e9 + 40e6 }], null, "nobody");
  check([{ cpuNs: 1e9 + 60e6 }], "busy", "nobody");
  check(Array(40).fill({ syscall: FUTEX }), null, "nobody");
  check(Array(60).fill({ syscall: FUTEX }), "busy", "nobody");
  check([{ cpuNs: 1e9 + 2e9 }], null, "upkeep");
  check([{ cpuNs: 1e9 + 4e9 }], "busy", "upkeep");
});

Deno.test("choosePatience() is greater once V8 has ended code, but not for ever", () => {
  check([{ cpuNs: 1e9 + 100e6 }], null, "cell", 1);
  check([{ cpuNs: 1e9 + 300e6 }], "busy", "cell", 1);
  check([{ cpuNs: 1e9 + 6e6 }], "busy", "cell", 2);
  check([{ cpuNs: 1e9 + 4e6 }], null, "cell", 2);
  check([{ cpuNs: 1e9 + 2e9 }], null, "upkeep", 1);
  check([{ cpuNs: 1e9 + 2e9 }], null, "upkeep", 2);
});
