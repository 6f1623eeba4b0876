/**
 * Compares the figures of races with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/schedule_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { raceFigure, runFigure } from "./schedule.ts";
import {
  exploreDeep,
  exploreFlag,
  exploreLocked,
  exploreLostUpdate,
  explorePayments,
  explorePhilosophers,
  exploreSampled,
} from "./schedule_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => Promise<string>>> = {
  "schedule_lost_update": async () => raceFigure(await exploreLostUpdate()).svg,
  "schedule_lock": async () => raceFigure(await exploreLocked()).svg,
  "schedule_deadlock": async () => raceFigure(await explorePhilosophers()).svg,
  "schedule_flag": async () => raceFigure(await exploreFlag()).svg,
  "schedule_deep": async () => raceFigure(await exploreDeep()).svg,
  "schedule_async": async () => raceFigure(await explorePayments()).svg,
  "schedule_sampled": async () => raceFigure(await exploreSampled()).svg,
  "schedule_replay": async () => {
    const { shortest } = await exploreFlag();
    return runFigure({ ...shortest!, ranOn: "workers" }).svg;
  },
};

for (const [name, makeSvg] of Object.entries(GALLERY)) {
  Deno.test(`gallery: ${name}`, async () => {
    const svg = `${await makeSvg()}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (Deno.env.get("UPDATE_GALLERY") === "1") {
      await Deno.mkdir(FOLDER, { recursive: true });
      await Deno.writeTextFile(file, svg);
    }
    assert.equal(svg, await Deno.readTextFile(file));
  });
}
