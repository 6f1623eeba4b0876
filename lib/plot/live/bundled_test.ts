import assert from "node:assert/strict";
import { WIDE } from "../core/mod.ts";
import { makeScene, zoomScript } from "../figures/scene.ts";
import { recordingSource } from "../figures/recording.ts";
import { CORES, EMPTY, NAMED } from "../gallery/recording_fixtures.ts";
import { bundleAll } from "./build.ts";
import { packScene, unpackScene } from "./scene.ts";

Deno.test("bundled.ts is what its sources are bundled to", async () => {
  const committed = await Deno.readTextFile(
    new URL("bundled.ts", import.meta.url),
  );
  // Another Deno may bundle with other names: `deno task live`.
  assert.equal(committed, await bundleAll());
});

Deno.test("packScene() keeps all that is drawn, to what can be seen", () => {
  const scene = makeScene(recordingSource(CORES), WIDE);
  const again = unpackScene(JSON.parse(JSON.stringify(packScene(scene))));
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toFixed(3)) : value;
  const [one, other] = [again, scene].map((each) =>
    JSON.parse(JSON.stringify(each, rounded))
  );
  assert.deepEqual(one, other);
});

Deno.test("zoomScript() lets no name end its script", () => {
  const script = zoomScript(recordingSource(NAMED), WIDE)!;
  assert.doesNotMatch(script, /<\/script/);
  assert.doesNotThrow(() => new Function(script));
});

Deno.test("zoomScript() leaves it at the image when there are too many spans", () => {
  const spans = Array.from({ length: 10_001 }, (_, i) => ({
    lane: "a",
    state: "running" as const,
    startMs: i,
    endMs: i + 1,
  }));
  const source = recordingSource({ ...EMPTY, spans });
  assert.equal(zoomScript(source, WIDE), null);
});
