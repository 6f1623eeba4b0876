import assert from "node:assert/strict";
import type { SessionEvent, SessionExit } from "../../protocol/mod.ts";
import { Session } from "../../session/mod.ts";
import { DEADLINE_MS, within } from "./within.ts";

Deno.test("Session tells events in order and its end once, after the last", async () => {
  const events: SessionEvent[] = [];
  const exits: SessionExit[] = [];
  const done = Promise.withResolvers<void>();
  {
    await using session = new Session({
      notebookUrl: import.meta.url,
      permissions: { type: "all" },
      onEvents(more) {
        assert.equal(exits.length, 0);
        events.push(...more);
        if (more.some(({ type }) => type === "done")) done.resolve();
      },
      onExit: (exit) => void exits.push(exit),
    });
    // Before the process is ready, which must not matter.
    session.execute({
      executionId: "e1",
      name: "cell.ts",
      hoisted: null,
      body: "(async () => { console.log('hi'); return { value: 5 } })",
    });
    await within(done.promise, DEADLINE_MS, "the end of the cell");
  }
  assert.deepEqual(events.map(({ type }) => type), [
    "ready",
    "stream",
    "result",
    "done",
  ]);
  const [, stream, result] = events;
  assert.deepEqual(stream, {
    type: "stream",
    executionId: "e1",
    name: "stdout",
    text: "hi\n",
  });
  assert.ok(result?.type === "result");
  assert.deepEqual(result.data, { "text/plain": "5" });
  assert.deepEqual(exits.map(({ type }) => type), ["closed"]);
});

Deno.test("Session.interrupt() is answered although the session has ended", async () => {
  const ended = Promise.withResolvers<SessionExit>();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    onEvents() {},
    onExit: ended.resolve,
  });
  Deno.kill(session.pid, "SIGKILL");
  const exit = await within(ended.promise, DEADLINE_MS, "the end");
  assert.equal(exit.type, "killed");
  assert.equal(await session.interrupt(), true);
});

Deno.test("Session keeps its secrets off the command line", async () => {
  const ready = Promise.withResolvers<void>();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    onEvents: (events) =>
      events.some(({ type }) => type === "ready") && ready.resolve(),
    onExit() {},
  });
  await within(ready.promise, DEADLINE_MS, "the session");
  const { stdout } = await new Deno.Command("ps", {
    args: ["-o", "args=", "-p", String(session.pid)],
  }).output();
  assert.doesNotMatch(new TextDecoder().decode(stdout), /[0-9a-f]{32}/);
});

Deno.test("Session.interrupt() in the same breath as a cell keeps it from running", async () => {
  const events: SessionEvent[] = [];
  const done = Promise.withResolvers<void>();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    onEvents(more) {
      events.push(...more);
      if (more.some((event) => event.type === "result")) done.resolve();
    },
    onExit() {},
  });
  const cell = { name: "cell.ts", hoisted: null };
  const endless = "(async () => { while (true); })";
  // The process is not ready yet: it will read both commands at once.
  session.execute({ ...cell, executionId: "1", body: endless });
  assert.equal(
    await within(session.interrupt(), DEADLINE_MS, "the interrupt"),
    true,
  );
  const body = "(async () => ({ value: 7 }))";
  session.execute({ ...cell, executionId: "2", body });
  await within(done.promise, DEADLINE_MS, "the next cell");
  const ends = events.filter(({ type }) => type === "done");
  assert.deepEqual(ends[0], {
    type: "done",
    executionId: "1",
    outcome: "interrupted",
  });
});
