/**
 * Fixed reports for the gallery: what handing over costs.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */
import type {
  SwitchCost,
  SwitchCosts,
  SwitchKind,
} from "../../measure/switch_cost/switch_cost.ts";
import { STAMP } from "./gallery_data.ts";

/** From a microtask to a process. */
export const HAND_OVERS: SwitchCosts = {
  type: "switch cost",
  title: "What does it cost to hand over?",
  oneCore: true,
  line: "pipe",
  costs: [
    handOver("await", 0.00021),
    handOver("thread", 0.0052),
    handOver("process", 0.0117),
  ],
  stamp: { ...STAMP, samples: 9 },
  findings: [
    "A hand-over between threads costs 24.8 times what one between tasks costs.",
  ],
};

function handOver(kind: SwitchKind, ms: number): SwitchCost {
  const places = [-0.6, 0.3, 0, -0.2, 0.9, -0.9, 0.15, -0.35, 1.6];
  const samplesMs = places.map((place) => ms * (1 + 0.06 * place));
  const sorted = samplesMs.toSorted((a, b) => a - b);
  return {
    kind,
    count: 2000,
    samplesMs,
    summary: {
      medianMs: sorted[4]!,
      lowMs: sorted[1]!,
      highMs: sorted[7]!,
      q1Ms: sorted[2]!,
      q3Ms: sorted[6]!,
      minMs: sorted[0]!,
      maxMs: sorted[8]!,
      count: 9,
    },
    against: null,
  };
}
