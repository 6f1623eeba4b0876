import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import {
  CLONE_ONLY,
  MESSAGE_COSTS,
} from "../../plot/gallery/message_cost_gallery_data.ts";
import { messageCost } from "./message_cost.ts";
import { describeMessageCosts } from "./findings.ts";
import { startPeer } from "./peer.ts";

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
  assert.match(String(bundle["image/svg+xml"]), /given away/);
  assert.match(String(bundle["text/plain"]), /\| 64 B/);
});

Deno.test("startPeer() gets a transferred buffer back, and sends it again", async () => {
  using peer = await startPeer(new AbortController().signal);
  for (let turn = 0; turn < 3; turn++) {
    // A buffer that did not come back would be detached: posting it again throws.
    const { latencyMs, blockedMs } = await peer.send("transfer", 4096);
    assert.ok(latencyMs >= blockedMs);
  }
  assert.ok(await peer.burst(50) > 0);
  assert.ok(await peer.pingPong(5) > 0);
});

Deno.test("startPeer() lets nobody wait after the signal", async () => {
  const caller = new AbortController();
  using peer = await startPeer(caller.signal);
  const sent = peer.pingPong(1e9);
  caller.abort(new Error("enough"));
  await assert.rejects(sent, /enough/);
  await assert.rejects(startPeer(caller.signal), /enough/);
});

Deno.test("messageCost() refuses what cannot be", async () => {
  await assert.rejects(
    messageCost({ sizes: [64] }),
    /number of different sizes is 1, expected a whole number, 2 or more/,
  );
  await assert.rejects(
    messageCost({ sizes: [0, 64] }),
    /sizes\[0\] is 0, expected a whole number from 1/,
  );
  await assert.rejects(
    messageCost({ burst: 0 }),
    /burst is 0, expected a whole number from 1 to 100000/,
  );
  await assert.rejects(messageCost({ samples: 1 }), /samples is 1, expected/);
});

Deno.test("describeMessageCosts() names the knee, what is held, and what a burst gains", () => {
  const words = describeMessageCosts(MESSAGE_COSTS).join("\n");
  assert.match(
    words,
    /Copied: the knee is at 11\d KiB \(95 % interval 9\d KiB to 13\d KiB\)/,
  );
  assert.match(
    words,
    /Shared: no knee from 64 B to 16 MiB, .* whatever its size/,
  );
  assert.match(
    words,
    /Copying holds the sender: posting 16 MiB took 4.04 ms, 48 %/,
  );
  assert.match(words, /Given away: 16 MiB were there in .* as fast as copied/);
  assert.match(words, /in a burst of 500: 13.5× \(12.1× to 14.9×\) as fast/);
  const clone = describeMessageCosts(CLONE_ONLY).join("\n");
  assert.doesNotMatch(clone, /Given away|Shared|shared memory/);
});
