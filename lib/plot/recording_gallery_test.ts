/**
 * Compares the figures of recordings with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/recording_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { lockContentionFigure } from "./contention.ts";
import { recordingFigure } from "./recording.ts";
import {
  CONVOY,
  CORES,
  DEADLOCK,
  EMPTY,
  LEAKED,
  NAMED,
  PHILOSOPHERS,
  PINGPONG,
  POOL,
  VAST,
} from "./recording_fixtures.ts";
import { messageSequenceFigure } from "./sequence.ts";
import { taskTreeFigure } from "./task_tree.ts";
import { waitForFigure } from "./wait_for.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => string>> = {
  "recording_pool": () => recordingFigure(POOL).svg,
  "recording_ping_pong": () => recordingFigure(PINGPONG).svg,
  "recording_deadlock": () => recordingFigure(DEADLOCK).svg,
  "recording_convoy": () => recordingFigure(CONVOY).svg,
  "recording_leaked_child": () => recordingFigure(LEAKED).svg,
  "recording_cores": () => recordingFigure(CORES).svg,
  "recording_vast": () => recordingFigure(VAST).svg,
  "recording_long_names": () => recordingFigure(NAMED).svg,
  "recording_empty": () => recordingFigure(EMPTY).svg,
  "sequence_ping_pong": () => messageSequenceFigure(PINGPONG).svg,
  "sequence_pool": () => messageSequenceFigure(POOL).svg,
  "sequence_vast": () => messageSequenceFigure(VAST).svg,
  "sequence_long_names": () => messageSequenceFigure(NAMED).svg,
  "sequence_empty": () => messageSequenceFigure(EMPTY).svg,
  "task-tree_leaked_child": () => taskTreeFigure(LEAKED).svg,
  "task-tree_pool": () => taskTreeFigure(POOL).svg,
  "task-tree_empty": () => taskTreeFigure(EMPTY).svg,
  "wait-for_deadlock": () => waitForFigure(DEADLOCK).svg,
  "wait-for_philosophers": () => waitForFigure(PHILOSOPHERS).svg,
  "wait-for_convoy": () => waitForFigure(CONVOY).svg,
  "wait-for_empty": () => waitForFigure(EMPTY).svg,
  "contention_convoy": () => lockContentionFigure(CONVOY).svg,
  "contention_deadlock": () => lockContentionFigure(DEADLOCK).svg,
  "contention_long_names": () => lockContentionFigure(NAMED).svg,
  "contention_empty": () => lockContentionFigure(EMPTY).svg,
};

for (const [name, makeSvg] of Object.entries(GALLERY)) {
  Deno.test(`gallery: ${name}`, async () => {
    const svg = `${makeSvg()}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (Deno.env.get("UPDATE_GALLERY") === "1") {
      await Deno.mkdir(FOLDER, { recursive: true });
      await Deno.writeTextFile(file, svg);
    }
    assert.equal(svg, await Deno.readTextFile(file));
  });
}
