/**
 * What handing over costs: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatInterval, formatTimes } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { SwitchCosts, SwitchKind } from "./result.ts";

/** What the kinds are called in sentences and figures. */
export const SWITCH_NAMES: Readonly<Record<SwitchKind, string>> = {
  await: "tasks, by await",
  thread: "threads, by Atomics",
  process: "processes, by pipes",
};

const SIDES: Readonly<Record<SwitchKind, string>> = {
  await: "tasks",
  thread: "threads",
  process: "processes",
};

interface Against {
  readonly kind: SwitchKind;
  readonly other: SwitchKind;
  readonly ratio: SpeedUp;
}

const WORDS = {
  cost: (costs: readonly { kind: SwitchKind; summary: Summary }[]) =>
    `One hand-over costs: ${
      costs.map(({ kind, summary: { medianMs, lowMs, highMs } }) =>
        `${SWITCH_NAMES[kind]}, ${formatDuration(medianMs)} (${
          formatInterval(lowMs, highMs)
        })`
      ).join("; ")
    }.`,
  dearer: ({ kind, other, ratio }: Against) =>
    `Between ${SIDES[kind]} it costs ${inWords(ratio)} as much as between ${
      SIDES[other]
    }.`,
  alike: ({ kind, other, ratio: { low, high } }: Against) =>
    `Between ${SIDES[kind]} against between ${
      SIDES[other]
    }: no difference shown (${formatTimes(low)} to ${formatTimes(high)}).`,
  oneCore: () =>
    "Both sides of a pair shared one core: what is timed is the switch itself.",
  manyCores: () =>
    "The sides of a pair could run on cores of their own: much of the time may " +
    "be that of an idle core which wakes up.",
  pipes: () =>
    "Between processes a hand-over is also one write to a pipe and one read " +
    "from it, so it tells no cost of changing the address space alone.",
};

/** Says what was measured; doubts first. */
export function describeSwitchCosts(measured: Measured<SwitchCosts>): string[] {
  const { stamp } = measured;
  return [
    ...describeNoise(stamp),
    ...say(WORDS, findSwitchCosts(measured), groundsOf(stamp)),
  ];
}

/** Applies all rules. */
export function findSwitchCosts(
  { costs, oneCore }: Pick<SwitchCosts, "costs" | "oneCore">,
): FoundIn<typeof WORDS>[] {
  const kinds = costs.map(({ kind }) => kind);
  const hasPairs = kinds.some((kind) => kind !== "await");
  return [
    { rule: "cost", values: costs },
    ...costs.flatMap(({ kind, against: ratio }, i) => {
      if (ratio === null) return [];
      const rule = ratio.shown ? "dearer" as const : "alike" as const;
      return [{ rule, values: { kind, other: kinds[i - 1]!, ratio } }];
    }),
    ...(hasPairs
      ? [{ rule: oneCore ? "oneCore" : "manyCores", values: null } as const]
      : []),
    ...(kinds.includes("process")
      ? [{ rule: "pipes", values: null } as const]
      : []),
  ];
}

function inWords({ ratio, low, high }: SpeedUp): string {
  return `${formatTimes(ratio)} (95 % interval ${formatTimes(low)} to ${
    formatTimes(high)
  })`;
}
