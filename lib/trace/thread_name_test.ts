import assert from "node:assert/strict";
import { laneOfThread, nameThread, readThreadId } from "./thread_name.ts";

Deno.test("nameThread() lets the newest name of a number win", () => {
  nameThread("worker old", 2 ** 30);
  nameThread("worker new", 2 ** 30);
  assert.equal(laneOfThread(2 ** 30), "worker new");
  assert.equal(laneOfThread(2 ** 30 + 1), undefined);
});

Deno.test("nameThread() does nothing for a thread without a number", () => {
  nameThread("worker none", null);
  assert.equal(laneOfThread(null as unknown as number), undefined);
});

Deno.test({
  name: "readThreadId() tells the main thread's own number on Linux",
  ignore: Deno.build.os !== "linux",
  fn: () => {
    const id = readThreadId();
    assert.ok(Number.isInteger(id) && id! > 0);
    assert.equal(readThreadId(), id);
  },
});

Deno.test({
  name: "readThreadId() gives null and asks nothing without the permission",
  permissions: { read: false },
  fn: () => assert.equal(readThreadId(), null),
});
