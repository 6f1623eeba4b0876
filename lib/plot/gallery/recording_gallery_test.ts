/**
 * Compares the figures of recordings with their committed SVG, byte for byte.
 */
import { lockContentionFigure } from "../figures/contention.ts";
import { recordingFigure } from "../figures/recording.ts";
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
import { messageSequenceFigure } from "../figures/sequence.ts";
import { taskTreeFigure } from "../figures/task_tree.ts";
import { waitForFigure } from "../figures/wait_for.ts";
import { testGallery } from "./test_gallery.ts";

testGallery({
  "recording_pool": () => recordingFigure(POOL),
  "recording_ping_pong": () => recordingFigure(PINGPONG),
  "recording_deadlock": () => recordingFigure(DEADLOCK),
  "recording_convoy": () => recordingFigure(CONVOY),
  "recording_leaked_child": () => recordingFigure(LEAKED),
  "recording_cores": () => recordingFigure(CORES),
  "recording_vast": () => recordingFigure(VAST),
  "recording_long_names": () => recordingFigure(NAMED),
  "recording_empty": () => recordingFigure(EMPTY),
  "sequence_ping_pong": () => messageSequenceFigure(PINGPONG),
  "sequence_pool": () => messageSequenceFigure(POOL),
  "sequence_vast": () => messageSequenceFigure(VAST),
  "sequence_long_names": () => messageSequenceFigure(NAMED),
  "sequence_empty": () => messageSequenceFigure(EMPTY),
  "task-tree_leaked_child": () => taskTreeFigure(LEAKED),
  "task-tree_pool": () => taskTreeFigure(POOL),
  "task-tree_empty": () => taskTreeFigure(EMPTY),
  "wait-for_deadlock": () => waitForFigure(DEADLOCK),
  "wait-for_philosophers": () => waitForFigure(PHILOSOPHERS),
  "wait-for_convoy": () => waitForFigure(CONVOY),
  "wait-for_broken": () => waitForFigure({ ...DEADLOCK, locks: [] }),
  "wait-for_empty": () => waitForFigure(EMPTY),
  "contention_convoy": () => lockContentionFigure(CONVOY),
  "contention_deadlock": () => lockContentionFigure(DEADLOCK),
  "contention_long_names": () => lockContentionFigure(NAMED),
  "contention_empty": () => lockContentionFigure(EMPTY),
});
