/**
 * Every kind of figure, drawn from fixed values: what `docs/gallery/` shows.
 *
 * For tests only; nothing else imports this file.
 * @module
 */
import { comparisonFigure } from "../../measure/compare/figure.ts";
import { crossoverFigure } from "../../measure/crossover/figure.ts";
import { lagFigure } from "../../measure/lag/figure.ts";
import { loadFigure } from "../../measure/load/figure.ts";
import { distributionFigure } from "../../measure/measure/figure.ts";
import { memoryFigure } from "../../measure/memory/figure.ts";
import { messageCostFigure } from "../../measure/message_cost/figure.ts";
import { speedUpFigure } from "../../measure/scale/figure.ts";
import { spawnCostFigure } from "../../measure/spawn_cost/figure.ts";
import { switchesFigure } from "../../measure/switches/figure.ts";
import { threadsFigure } from "../../measure/threads/figure.ts";
import { litmusFigure, stressFigure } from "../../race/real/figure.ts";
import { type Figure } from "../core/mod.ts";
import { lockContentionFigure } from "../figures/contention.ts";
import { recordingFigure } from "../figures/recording.ts";
import { raceFigure, runFigure } from "../figures/schedule.ts";
import { messageSequenceFigure } from "../figures/sequence.ts";
import { taskTreeFigure } from "../figures/task_tree.ts";
import { timelineFigure } from "../figures/timeline.ts";
import { turnsFigure } from "../figures/turns.ts";
import { waitForFigure } from "../figures/wait_for.ts";
import { CROSSOVER, NEVER } from "./crossover_gallery_data.ts";
import {
  ALONE as ALONE_FUNCTION,
  CROWDS,
  PAIR,
  SINGLE,
} from "./distribution_gallery_data.ts";
import {
  ALONE,
  CPU,
  FASTER,
  NOISY,
  PREDICTED,
  SLOWER_BY_FAR,
  WAITING,
} from "./gallery_data.ts";
import {
  PYTHON_COMPUTING,
  PYTHON_FREE,
  PYTHON_WAITING,
} from "./gallery_python.ts";
import { LONG, LONG_NAMES, MANY, TINY } from "./gallery_spans.ts";
import { CALM, CROWDED, HELD } from "./lag_gallery_data.ts";
import { LOST_UPDATES, STORE_BUFFERING } from "./litmus_gallery_data.ts";
import { SILENT, STALLED, STICK } from "./load_gallery_data.ts";
import { MEMORY, MEMORY_HERE } from "./memory_gallery_data.ts";
import { CLONE_ONLY, MESSAGE_COSTS } from "./message_cost_gallery_data.ts";
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
import { SPAWN_COSTS, SPAWN_HERE } from "./spawn_cost_gallery_data.ts";
import { MANY_CORES, SCALING, SLOWER } from "./speedup_gallery_data.ts";
import {
  CROWDED_CORES,
  MESSAGES,
  WHOLE_PROCESS,
} from "./switches_gallery_data.ts";
import { LIVING, LIVING_UNSEEN, TURNS } from "./threads_gallery_data.ts";
import { switchCostFigure } from "../../measure/switch_cost/figure.ts";
import { HAND_OVERS } from "./switch_cost_gallery_data.ts";

/** Figures by name; what it begins with is its kind. */
export const FIGURES: Readonly<
  Record<string, () => Figure | Promise<Figure>>
> = {
  "comparison_python": () =>
    comparisonFigure(PYTHON_COMPUTING, { timeline: false }),
  "comparison_python_free": () =>
    comparisonFigure(PYTHON_FREE, { timeline: false }),
  "comparison_python_waiting": () =>
    comparisonFigure(PYTHON_WAITING, { timeline: false }),
  "timeline_python": () => timelineFigure(PYTHON_WAITING),
  "whole_python": () => comparisonFigure(PYTHON_COMPUTING),
  "whole_python_waiting": () => comparisonFigure(PYTHON_WAITING),
  "crossover_three_models": () => crossoverFigure(CROSSOVER),
  "crossover_never": () => crossoverFigure(NEVER),
  "distribution_single": () => distributionFigure(SINGLE),
  "distribution_compared": () => distributionFigure(PAIR),
  "distribution_two_modes": () => distributionFigure(CROWDS),
  "distribution_alone": () => distributionFigure(ALONE_FUNCTION),
  "lag_held": () => lagFigure(HELD),
  "lag_calm": () => lagFigure(CALM),
  "lag_crowded": () => lagFigure(CROWDED),
  "litmus_store_buffering": () => litmusFigure(STORE_BUFFERING),
  "litmus_stress": () => stressFigure(LOST_UPDATES),
  "load_stick": () => loadFigure(STICK),
  "load_stalled": () => loadFigure(STALLED),
  "load_no_answer": () => loadFigure(SILENT),
  "memory_all": () => memoryFigure(MEMORY),
  "memory_here": () => memoryFigure(MEMORY_HERE),
  "message_cost_all": () => messageCostFigure(MESSAGE_COSTS),
  "message_cost_clone": () => messageCostFigure(CLONE_ONLY),
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
  "spawn_cost_all": () => spawnCostFigure(SPAWN_COSTS),
  "spawn_cost_here": () => spawnCostFigure(SPAWN_HERE),
  "speedup_two_cores": () => speedUpFigure(SCALING),
  "speedup_many_cores": () => speedUpFigure(MANY_CORES),
  "speedup_slower": () => speedUpFigure(SLOWER),
  threads_living: () => threadsFigure(LIVING),
  threads_unseen: () => threadsFigure(LIVING_UNSEEN),
  turns: () => turnsFigure(TURNS),
  "switches_crowded_cores": () => switchesFigure(CROWDED_CORES),
  "switches_messages": () => switchesFigure(MESSAGES),
  "switches_whole_process": () => switchesFigure(WHOLE_PROCESS),
  "comparison_computing": () => comparisonFigure(CPU, { timeline: false }),
  "comparison_waiting": () => comparisonFigure(WAITING, { timeline: false }),
  "comparison_predicted": () =>
    comparisonFigure(PREDICTED, { timeline: false }),
  "comparison_noisy": () => comparisonFigure(NOISY, { timeline: false }),
  "comparison_alone": () => comparisonFigure(ALONE, { timeline: false }),
  "timeline_computing": () => timelineFigure(CPU),
  "timeline_waiting": () => timelineFigure(WAITING),
  "timeline_long_names": () => timelineFigure(LONG_NAMES),
  "timeline_many_lanes": () => timelineFigure(MANY),
  "timeline_microseconds": () => timelineFigure(TINY),
  "timeline_minutes": () => timelineFigure(LONG),
  "timeline_empty": () => timelineFigure([]),
  "whole_computing": () => comparisonFigure(CPU),
  "whole_predicted": () => comparisonFigure(PREDICTED),
  "whole_waiting": () => comparisonFigure(WAITING),
  "comparison_faster": () => comparisonFigure(FASTER),
  "comparison_slower": () => comparisonFigure(SLOWER_BY_FAR),
  "hand-over_on_one_core": () => switchCostFigure(HAND_OVERS),
};
