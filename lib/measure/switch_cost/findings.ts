/**
 * What handing over costs: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatInterval } from "../../base/mod.ts";
import type { SpeedUp } from "../../base/record/mod.ts";
import {
  type FoundIn,
  rangeInWords,
  ratioInWords,
  teller,
} from "../../explain/mod.ts";
import type { SwitchCosts, SwitchKind } from "./switch_cost.ts";

type Line = SwitchCosts["line"];

/** Names a kind in sentences and figures. */
export function nameSwitch(kind: SwitchKind, line: Line): string {
  if (kind === "await") return "tasks, by await";
  return kind === "thread" ? "threads, by Atomics" : `processes, by ${line}s`;
}

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
  cost: ({ costs, line }: Pick<SwitchCosts, "costs" | "line">) =>
    `One hand-over costs: ${
      costs.map(({ kind, summary: { medianMs, lowMs, highMs } }) =>
        `${nameSwitch(kind, line)}, ${formatDuration(medianMs)} (${
          formatInterval(lowMs, highMs)
        })`
      ).join("; ")
    }.`,
  dearer: ({ kind, other, ratio }: Against) =>
    `Between ${SIDES[kind]} it costs ${ratioInWords(ratio)} as much as ` +
    `between ${SIDES[other]}.`,
  alike: ({ kind, other, ratio }: Against) =>
    `Between ${SIDES[kind]} against between ${
      SIDES[other]
    }: no difference shown (${rangeInWords(ratio)}).`,
  oneCore: () =>
    "Both sides of a pair shared one core: what is timed is the switch itself.",
  manyCores: () =>
    "The sides of a pair could run on cores of their own: much of the time may " +
    "be that of an idle core which wakes up.",
  line: (line: Line) =>
    `Between processes a hand-over is also one write to a ${line} and one read ` +
    "from it, so it tells no cost of changing the address space alone.",
};

export const describeSwitchCosts = teller(WORDS, findSwitchCosts);

export function* findSwitchCosts(
  { costs, oneCore, line }: Pick<
    SwitchCosts,
    "costs" | "oneCore" | "line" | "stamp"
  >,
): Iterable<FoundIn<typeof WORDS>> {
  const kinds = costs.map(({ kind }) => kind);
  yield { rule: "cost", values: { costs, line } };
  for (const [i, { kind, against: ratio }] of costs.entries()) {
    if (ratio === null) continue;
    const rule = ratio.shown ? "dearer" : "alike";
    yield { rule, values: { kind, other: kinds[i - 1]!, ratio } };
  }
  const hasPairs = kinds.some((kind) => kind !== "await");
  if (hasPairs) yield { rule: oneCore ? "oneCore" : "manyCores", values: null };
  if (kinds.includes("process")) yield { rule: "line", values: line };
}
