import assert from "node:assert/strict";
import type { SessionEvent } from "../protocol/mod.ts";
import { Credibility } from "./credibility.ts";

type Step =
  | SessionEvent
  | { readonly do: (credibility: Credibility) => void };

const begin = (id: string): Step => ({ do: (now) => now.begin(id) });
const order = (id: number): Step => ({ do: (now) => now.order(id) });
const ask = (id: number): Step => ({ do: (now) => now.ask(id) });
const answer: Step = { do: (now) => now.answer() };
const forgetOrders: Step = { do: (now) => now.forgetOrders() };

const ready = { type: "ready", pid: 1, deno: "2", v8: "1" } as const;
const done = (executionId: string, outcome: "ok" | "interrupted" = "ok") =>
  ({ type: "done", executionId, outcome }) as const;
const stream = (executionId: string) =>
  ({ type: "stream", executionId, name: "stdout", text: "x" }) as const;
const result = (executionId: string) =>
  ({ type: "result", executionId, data: {}, metadata: {} }) as const;
const error = (executionId: string, background: boolean) => {
  const report = { name: "E", message: "", stack: "" };
  return { type: "error", executionId, background, report } as const;
};
const input = (executionId: string) =>
  ({ type: "input", executionId, prompt: "?", password: false }) as const;
const interrupted = (interruptId: number) =>
  ({ type: "interrupted", interruptId }) as const;
const description = (lookupId: number) =>
  ({ type: "description", lookupId, text: null }) as const;
const started = (executionId: string, what: "worker" | "process", pid = 7) =>
  ({
    type: "started",
    executionId,
    what,
    childId: 1,
    name: "x",
    raw: true,
    pid,
  }) as const;
const ended = { type: "ended", childId: 1 } as const;
const exiting = { type: "exiting", code: 0 } as const;

/** Whether the last of the events is admitted; those before it have to be. */
function check(
  steps: readonly Step[],
  expected: boolean,
  mayStartPrograms = true,
): void {
  const credibility = new Credibility(mayStartPrograms);
  const verdicts = steps.flatMap((step) => {
    if ("type" in step) return [credibility.admits(step)];
    step.do(credibility);
    return [];
  });
  const name = JSON.stringify(steps);
  assert.deepEqual(
    verdicts.slice(0, -1),
    verdicts.slice(0, -1).fill(true),
    name,
  );
  assert.equal(verdicts.at(-1), expected, name);
}

Deno.test("Credibility admits what a session says that tells the truth", () => {
  check([ready, begin("1"), stream("1"), result("1"), done("1")], true);
  check([begin("1"), error("1", false), done("1")], true);
  check([begin("1"), done("1"), stream("1")], true);
  check([begin("1"), done("1"), error("1", true)], true);
  check([begin("1"), input("1"), answer, input("1")], true);
  check([begin("1"), order(5), done("1", "interrupted"), interrupted(5)], true);
  check([ask(3), description(3)], true);
  check(
    [begin("1"), started("1", "process"), started("1", "process"), ended],
    true,
  );
});

Deno.test("Credibility refuses what is said of cells that are not there", () => {
  for (const say of [stream, result, input, done]) check([say("9")], false);
  check([error("9", true)], false);
  check([started("9", "worker")], false);
});

Deno.test("Credibility refuses what only a running cell can have", () => {
  const over = [begin("1"), done("1")];
  check([...over, result("1")], false);
  check([...over, error("1", false)], false);
  check([...over, done("1")], false);
  check([...over, { type: "page", executionId: "1", data: {} }], false);
  check(
    [...over, { type: "expressions", executionId: "1", values: {} }],
    false,
  );
  check([begin("1"), { do: (now) => now.end("1") }, done("1")], false);
});

Deno.test("Credibility refuses what nobody has asked for", () => {
  check([begin("1"), done("1", "interrupted")], false);
  check([interrupted(5)], false);
  check([order(5), interrupted(6)], false);
  check([order(5), interrupted(5), interrupted(5)], false);
  check([order(5), forgetOrders, interrupted(5)], false);
  check([description(3)], false);
  check([ask(3), description(3), description(3)], false);
});

Deno.test("Credibility refuses what happens once when it comes again", () => {
  check([ready, ready], false);
  check([exiting, exiting], false);
  check([begin("1"), input("1"), input("1")], false);
});

Deno.test("Credibility refuses programs where none may be started, but no Workers", () => {
  check([begin("1"), started("1", "process")], false, false);
  check([begin("1"), started("1", "worker")], true, false);
  check([ended], false);
});

Deno.test("Credibility admits copies for cells that were sent, also without programs", () => {
  const copy = { type: "copy", copyId: 1, port: 9, token: "t" } as const;
  const stop = { type: "copy-stop", copyId: 1 } as const;
  const copied = { type: "copied", copyId: 1, number: 1 } as const;
  const asked = [begin("1"), { ...copy, executionId: "1" }];
  check([...asked, copied, stop], true, false);
  check([...asked, { ...copy, executionId: "1" }], false);
  check([{ ...copy, executionId: "9" }], false);
  check([stop], false);
  check([copied], false);
});

Deno.test("Credibility bounds how many children are believed in", () => {
  const credibility = new Credibility(true);
  credibility.begin("1");
  let admitted = 0;
  for (let childId = 0; childId < 100_010; childId++) {
    const event = { ...started("1", "worker"), childId };
    if (credibility.admits(event)) admitted++;
  }
  assert.equal(admitted, 100_000);
});

Deno.test("Credibility.admitsMark() does not depend on what the other pipe says", () => {
  const credibility = new Credibility(true);
  assert.equal(credibility.admitsMark(done("1")), false);
  credibility.begin("1");
  assert.equal(credibility.admits(done("1")), true);
  assert.equal(credibility.admitsMark(done("1")), true);
  assert.equal(credibility.admitsMark(ended), false);
  assert.equal(credibility.admitsMark(started("1", "process")), true);
  assert.equal(credibility.admitsMark(ended), true);
  assert.equal(credibility.admitsMark(stream("1")), false);
});
