import assert from "node:assert/strict";
import { logUncaught } from "./rejections.ts";
import { within } from "../tests/session/within.ts";

Deno.test("logUncaught() logs what nobody catches, and the process goes on", async () => {
  const lines: string[] = [];
  const logged = Promise.withResolvers<void>();
  using _log = logUncaught((line) => {
    lines.push(line);
    if (lines.length === 2) logged.resolve();
  });
  void Promise.reject(new Error("first"));
  queueMicrotask(() => {
    throw new Error("second");
  });
  await within(logged.promise, 10_000, "both lines");
  assert.match(lines.sort()[0]!, /^Error in Skein: Error: first\n/);
  assert.match(lines[1]!, /^Error in Skein: Error: second\n/);
});
