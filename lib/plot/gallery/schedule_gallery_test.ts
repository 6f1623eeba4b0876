/**
 * Compares the figures of races with their committed SVG, byte for byte.
 */
import { raceFigure, runFigure } from "../figures/schedule.ts";
import {
  exploreDeep,
  exploreFlag,
  exploreLocked,
  exploreLostUpdate,
  explorePayments,
  explorePhilosophers,
  exploreSampled,
  exploreUnchecked,
} from "./schedule_gallery_data.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "schedule_lost_update": async () => raceFigure(await exploreLostUpdate()),
  "schedule_lock": async () => raceFigure(await exploreLocked()),
  "schedule_deadlock": async () => raceFigure(await explorePhilosophers()),
  "schedule_flag": async () => raceFigure(await exploreFlag()),
  "schedule_deep": async () => raceFigure(await exploreDeep()),
  "schedule_async": async () => raceFigure(await explorePayments()),
  "schedule_sampled": async () => raceFigure(await exploreSampled()),
  "schedule_unchecked": async () => raceFigure(await exploreUnchecked()),
  "schedule_replay": async () => {
    const { shortest } = await exploreFlag();
    return runFigure({ ...shortest!, ranOn: "workers" });
  },
});
