import assert from "node:assert/strict";
import { Turns } from "./turns.ts";

Deno.test("Turns does one thing after another, failures included", async () => {
  const turns = new Turns();
  const log: string[] = [];
  const first = Promise.withResolvers<void>();
  const all = [
    turns.take(async () => {
      log.push("first begins");
      await first.promise;
      log.push("first ends");
      return 1;
    }),
    turns.take(() => {
      log.push("second");
      return Promise.reject(new Error("no"));
    }),
    turns.take(() => Promise.resolve(log.push("third"))),
  ];
  await Promise.resolve();
  assert.deepEqual(log, ["first begins"]);
  first.resolve();
  const results = await Promise.allSettled(all);
  assert.deepEqual(log, ["first begins", "first ends", "second", "third"]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});
