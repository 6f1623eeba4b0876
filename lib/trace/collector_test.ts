import assert from "node:assert/strict";
import { Collector } from "./collector.ts";

Deno.test("Collector keeps the first report of a lane, and tells of threads", () => {
  const collector = new Collector();
  let threads = 0;
  collector.onThread = () => threads++;
  collector.lane({ id: "worker 1", kind: "worker" });
  collector.lane({ id: "worker 1", kind: "process" });
  collector.lane({ id: "tea", kind: "task" });
  assert.deepEqual([...collector.lanes.values()], [
    { id: "worker 1", kind: "worker" },
    { id: "tea", kind: "task" },
  ]);
  assert.equal(threads, 1);
});

Deno.test("Collector finds a free id for each that wants the same", () => {
  const collector = new Collector();
  const ids = Array.from({ length: 3 }, () => {
    const id = collector.freeId("tea");
    collector.lane({ id, kind: "task" });
    return id;
  });
  assert.deepEqual(ids, ["tea", "tea (2)", "tea (3)"]);
});

Deno.test("Collector joins values of one counter, and keeps units apart", () => {
  const collector = new Collector();
  collector.count("memory", "MiB", 1, 10);
  collector.count("memory", "MiB", 2, 11);
  collector.count("memory", "%", 2, 50);
  assert.deepEqual([...collector.counters.values()], [
    { name: "memory", unit: "MiB", samples: [[1, 10], [2, 11]] },
    { name: "memory", unit: "%", samples: [[2, 50]] },
  ]);
});

Deno.test("Collector takes nothing after it is closed", () => {
  const collector = new Collector();
  collector.close();
  collector.lane({ id: "late", kind: "task" });
  collector.mark({ atMs: 1, label: "late" });
  collector.span({ lane: "late", state: "running", startMs: 0, endMs: 1 });
  assert.deepEqual(
    [collector.lanes.size, collector.marks.length, collector.spans.length],
    [0, 0, 0],
  );
});
