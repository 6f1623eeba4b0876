import assert from "node:assert/strict";
import { explainNode, nodeStandIn, refuseNode, system } from "./system.ts";
import { openWorker } from "./worker.ts";

Deno.test("system() is Deno, where that is", async () => {
  // In Deno it must do nothing.
  await import("./node.ts");
  assert.equal(system(), Deno);
  assert.equal(nodeStandIn(), null);
});

Deno.test("refuseNode() refuses nothing in Deno", () => {
  refuseNode("measure memory");
  assert.equal(explainNode("Cores are missing"), null);
});

Deno.test("openWorker() takes the constructor that a host has put there", () => {
  const TrueWorker = globalThis.Worker;
  const asked: unknown[] = [];
  const HostWorker = function (...args: unknown[]) {
    asked.push(...args);
  };
  try {
    globalThis.Worker = HostWorker as unknown as typeof Worker;
    openWorker("data:text/javascript,", "one");
  } finally {
    globalThis.Worker = TrueWorker;
  }
  assert.deepEqual(asked, [
    "data:text/javascript,",
    { type: "module", name: "one" },
  ]);
});
