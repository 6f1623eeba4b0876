import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import {
  CLONE_ONLY,
  MESSAGE_COSTS,
} from "../../plot/gallery/message_cost_gallery_data.ts";
import { messageCost } from "./message_cost.ts";
import { describeMessageCosts, findMessageCosts } from "./findings.ts";
import { openWorkerPost } from "./posts.ts";

Deno.test("messageCost() sends every size in every way, and shows a figure", async () => {
  const measured = await messageCost({
    sizes: [100_000, 64],
    samples: 3,
    burst: 20,
  });
  assert.deepEqual(
    measured.costs.map(({ mode }) => mode),
    ["clone", "transfer", "share"],
  );
  for (const { points, fixedMs, msPerByte } of measured.costs) {
    assert.deepEqual(points.map(({ bytes }) => bytes), [64, 100_000]);
    for (const { samplesMs, summary, blockedMs, bytesPerSecond } of points) {
      assert.equal(samplesMs.length, 3);
      assert.ok(blockedMs > 0 && bytesPerSecond > 0 && summary.medianMs > 0);
    }
    assert.ok(fixedMs >= 0 && msPerByte >= 0);
  }
  assert.equal(measured.burst.count, 20);
  assert.equal(measured.burst.pingPong.count, 3);
  assert.deepEqual(
    JSON.parse(JSON.stringify(measured)),
    structuredClone({ ...measured }),
  );
  const bundle = await measured[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /shared/);
  assert.match(String(bundle["text/plain"]), /\| 64 B/);
});

Deno.test("messageCost() sends to processes, as values and through a pipe", async () => {
  const { costs, findings, stamp } = await messageCost({
    ...{ sizes: [64, 300_000], samples: 3, burst: 5 },
    modes: ["pipe", "process"],
  });
  assert.deepEqual(costs.map(({ mode }) => mode), ["process", "pipe"]);
  assert.equal(stamp.samples, 3);
  for (const { points } of costs) {
    assert.ok(points.every(({ summary }) => summary.medianMs > 0));
  }
  assert.match(findings.join("\n"), /As a value to a process: /);
});

Deno.test({
  name: "messageCost() leaves processes out that it may not start",
  permissions: { run: false, read: true },
  async fn() {
    const { costs, findings } = await messageCost({
      ...{ sizes: [64, 128], samples: 3, burst: 5 },
      modes: ["share", "process", "pipe"],
    });
    assert.deepEqual(costs.map(({ mode }) => mode), ["share"]);
    assert.match(findings.join("\n"), /Processes were left out: .*skein run/);
    await assert.rejects(messageCost({ modes: ["pipe"] }), /no mode can be/);
  },
});

Deno.test("openWorkerPost() gets a transferred buffer back, and sends it again", async () => {
  await using worker = await openWorkerPost(new AbortController().signal);
  for (let turn = 0; turn < 3; turn++) {
    // A buffer that did not come back would be detached: posting it again throws.
    const { latencyMs, blockedMs } = await worker.send("transfer", 4096);
    assert.ok(latencyMs >= blockedMs);
  }
  assert.ok(await worker.burst(50) > 0);
  assert.ok(await worker.pingPong(5) > 0);
});

Deno.test("openWorkerPost() lets nobody wait after the signal", async () => {
  const caller = new AbortController();
  await using worker = await openWorkerPost(caller.signal);
  const sent = worker.pingPong(1e9);
  caller.abort(new Error("enough"));
  await assert.rejects(sent, /enough/);
  await assert.rejects(openWorkerPost(caller.signal), /enough/);
});

Deno.test("messageCost() refuses what cannot be", async () => {
  await assert.rejects(
    messageCost({ sizes: [64] }),
    /number of different sizes is 1, expected an integer, 2 or more/,
  );
  await assert.rejects(
    messageCost({ sizes: [0, 64] }),
    /sizes\[0\] is 0, expected an integer from 1/,
  );
  await assert.rejects(
    messageCost({ burst: 0 }),
    /burst is 0, expected an integer from 1 to 100000/,
  );
  await assert.rejects(messageCost({ samples: 1 }), /samples is 1, expected/);
});

Deno.test("findMessageCosts() finds the knee, who is blocked, and what a burst gains", () => {
  const found = Array.from(findMessageCosts(MESSAGE_COSTS));
  assert.deepEqual(found.map(({ rule }) => rule), [
    "knee",
    "flat",
    "flat",
    "blocking",
    "faster",
    "faster",
    "burst",
    "shared",
  ]);
  const [knee, , , blocking] = found;
  assert.ok(knee?.rule === "knee" && blocking?.rule === "blocking");
  assert.equal(knee.values.mode, "clone");
  assert.equal(Math.round(100 * blocking.values.share), 48);
  const alone = Array.from(findMessageCosts(CLONE_ONLY)).map(({ rule }) =>
    rule
  );
  assert.deepEqual(alone, ["flat", "burst"]);
});

Deno.test("describeMessageCosts() puts each rule into words", () => {
  const words = describeMessageCosts(MESSAGE_COSTS).join("\n");
  for (
    const part of [
      /Copied: the knee is at 11\d KiB \(95 % interval 9\d KiB to 13\d KiB\)/,
      /Shared: no knee from 64 B to 16 MiB, .* whatever its size/,
      /blocked while copying. Posting 16 MiB took 4.04 ms, 48 %/,
      /Transferred: 16 MiB arrived in .* as fast as copied/,
      /in a burst of 500: 13.5× \(12.1× to 14.9×\) as fast/,
    ]
  ) assert.match(words, part);
});
