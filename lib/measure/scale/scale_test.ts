import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { scale } from "./scale.ts";

const triple = (n: number) => 3 * n;

Deno.test("scale() runs all jobs at every number of Workers, and shows a figure", async () => {
  const scaling = await scale(triple, { jobs: 5, n: [3, 2], samples: 3 });
  assert.deepEqual(scaling.points.map(({ n }) => n), [1, 2, 3]);
  assert.deepEqual(scaling.results, [0, 3, 6, 9, 12]);
  assert.equal(scaling.jobs, 5);
  assert.equal(scaling.title, "triple");
  for (const { samplesMs, summary, speedup } of scaling.points) {
    assert.equal(samplesMs.length, 3);
    assert.ok(summary.medianMs > 0 && speedup.low <= speedup.high);
  }
  assert.ok(scaling.findings.length >= 3);
  assert.deepEqual(
    JSON.parse(JSON.stringify(scaling)),
    structuredClone({ ...scaling }),
  );
  const bundle = await scaling[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /<title>triple<\/title>/);
  assert.match(String(bundle["text/plain"]), /\| 2 /);
});

Deno.test("scale() splits over processes", async () => {
  const scaling = await scale(triple, {
    inputs: [1, 2, 3],
    n: [2],
    samples: 3,
    model: "processes",
  });
  assert.deepEqual(scaling.results, [3, 6, 9]);
  assert.match(scaling.findings.join("\n"), /Starting the processes is part/);
});

Deno.test("scale() says what a job threw, in Workers and in processes", async () => {
  const fail = (n: number) => {
    if (n === 1) throw new RangeError("one is too many");
    return n;
  };
  for (const model of ["workers", "processes"] as const) {
    await assert.rejects(
      scale(fail, { jobs: 2, n: [2], samples: 3, model }),
      /^RangeError: one is too many/,
    );
  }
});

Deno.test("scale() ends its Workers: a waiting one does not outlive an abort", async () => {
  const caller = new AbortController();
  const channel = new BroadcastChannel(crypto.randomUUID());
  const beats = new Set<string>();
  const forever = (name: string) => {
    const channel = new BroadcastChannel(name);
    channel.postMessage("alive");
    return new Promise<void>(() => {});
  };
  const heard = new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      beats.add(data);
      resolve(null);
    };
  });
  const scaling = scale(forever, {
    inputs: [channel.name],
    n: [1],
    samples: 3,
    signal: caller.signal,
  });
  await heard;
  caller.abort(new Error("enough"));
  // A Worker that was left running would keep this test from ending: Deno counts them.
  await assert.rejects(scaling, /enough/);
  assert.deepEqual([...beats], ["alive"]);
  channel.close();
});

Deno.test("scale() ends when time is over", async () => {
  const forever = () => new Promise<void>(() => {});
  await assert.rejects(
    scale(forever, { jobs: 1, n: [1], maxMs: 300 }),
    /Cannot measure scaling "forever": fewer than 3 rounds were done after 300 ms/,
  );
});

Deno.test("scale() refuses what cannot be", async () => {
  const refuse = (options: Parameters<typeof scale>[1], message: RegExp) =>
    assert.rejects(scale(triple, options as never), message);
  await refuse({ jobs: 0 }, /jobs is 0, expected an integer from 1 to/);
  await refuse(
    { n: [0] },
    /n\[0\] is 0, expected an integer from 1 to 256/,
  );
  await refuse({ n: [1.5] }, /n\[0\] is 1.5/);
  await refuse({ samples: 1, n: [1] }, /samples is 1, expected/);
  const outside = 3;
  await assert.rejects(scale((n: number) => n * outside), TypeError);
});
