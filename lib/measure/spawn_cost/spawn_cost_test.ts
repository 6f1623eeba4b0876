import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { SPAWN_COSTS } from "../../plot/gallery/spawn_cost_gallery_data.ts";
import { spawnCost } from "./spawn_cost.ts";
import { isNotInstalled } from "../peers.ts";
import { describeSpawnCosts, findSpawnCosts } from "./findings.ts";

Deno.test("spawnCost() times every stage of all that can be started", async () => {
  const spawned = await spawnCost({
    samples: 3,
    kinds: ["promise", "web worker", "node worker", "true", "deno"],
  });
  const medians = spawned.costs.map(({ stages }) =>
    stages.firstResult!.medianMs
  );
  assert.equal(spawned.costs.length, 5);
  assert.deepEqual(medians, medians.toSorted((one, other) => one - other));
  for (const { kind, samples, stages } of spawned.costs) {
    assert.equal(samples.length, 3);
    const talks = kind !== "promise" && kind !== "true";
    assert.equal(stages.firstMessage !== null, talks);
    assert.equal(stages.roundTrip !== null, kind !== "true");
    for (const { constructor, firstMessage, firstResult } of samples) {
      assert.ok(constructor! > 0 && firstResult! > 0);
      if (talks) {
        assert.ok(constructor! <= firstMessage!, kind);
        assert.ok(firstMessage! <= firstResult!, kind);
      }
    }
  }
  assert.deepEqual(
    JSON.parse(JSON.stringify(spawned)),
    structuredClone({ ...spawned }),
  );
  const bundle = await spawned[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /node Worker/);
  assert.match(String(bundle["text/plain"]), /\| process, true/);
});

Deno.test({
  name: "spawnCost() says what it may not start",
  permissions: { run: false, read: true },
  fn: async () => {
    const { costs, findings } = await spawnCost({
      kinds: ["promise", "true", "python3"],
      samples: 3,
    });
    assert.deepEqual(costs.map(({ kind }) => kind), ["promise"]);
    assert.match(
      findings.join("\n"),
      /true was left out: running "true" is not/,
    );
    assert.match(findings.join("\n"), /python3 was left out/);
    await assert.rejects(
      spawnCost({ kinds: ["true"] }),
      /nothing can be started, expected at least one/,
    );
  },
});

Deno.test("spawnCost() ends when asked to", async () => {
  const reason = new Error("enough");
  await assert.rejects(
    spawnCost({
      signal: AbortSignal.abort(reason),
      kinds: ["promise", "deno"],
    }),
    /enough/,
  );
});

Deno.test("isNotInstalled() tells a missing program from other failures", () => {
  assert.ok(isNotInstalled(new Deno.errors.NotFound("no such file")));
  assert.ok(!isNotInstalled(new Deno.errors.NotCapable("run")));
});

Deno.test("findSpawnCosts() finds who holds this thread, and what is faster than starting", () => {
  const found = Array.from(findSpawnCosts(SPAWN_COSTS));
  const of = (rule: string) => found.filter((one) => one.rule === rule);
  const [holds] = of("blocking");
  assert.ok(holds?.rule === "blocking");
  assert.deepEqual(holds.values.map(({ kind }) => kind), [
    "web worker",
    "node worker",
  ]);
  assert.equal(Math.round(100 * holds.values[1]!.share), 94);
  assert.deepEqual(
    of("warm").map(({ values }) => (values as { kind: string }).kind),
    ["web worker", "python3", "deno", "node worker"],
  );
});

Deno.test("describeSpawnCosts() puts each rule into words", () => {
  const words = describeSpawnCosts(SPAWN_COSTS).join("\n");
  assert.match(words, /an async call 174 ns .*, a process that does nothing/);
  assert.match(words, /24\.2 ms for a node Worker \(94 %/);
  assert.match(
    words,
    /a web Worker answers in .*: 16\d× \(95 % interval .*\) as fast/,
  );
});
