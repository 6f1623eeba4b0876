/**
 * What starting things costs: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import type { Summary } from "../../base/record/mod.ts";
import { type FoundIn, teller } from "../../explain/mod.ts";
import { describeQuotient } from "../summary.ts";
import type { SpawnCosts, SpawnKind } from "./spawn_cost.ts";

const NAMES: Readonly<Record<SpawnKind, string>> = {
  "promise": "an async call",
  "web worker": "a web Worker",
  "node worker": "a node Worker",
  "true": "a process that does nothing",
  "python3": "a process with Python",
  "deno": "a process with Deno",
};

const WORDS = {
  ladder: (steps: readonly { kind: SpawnKind; result: Summary }[]) =>
    `From the start to the first result: ${
      steps.map(({ kind, result: { medianMs, lowMs, highMs } }) =>
        `${NAMES[kind]} ${formatDuration(medianMs)} (${
          formatDuration(lowMs)
        } to ${formatDuration(highMs)})`
      ).join(", ")
    }.`,
  blocking: (
    holds: readonly { kind: SpawnKind; heldMs: number; share: number }[],
  ) =>
    `The call that starts one blocks this thread: ${
      holds.map(({ kind, heldMs, share }) =>
        `${formatDuration(heldMs)} for ${NAMES[kind]} (${
          formatPercent(share)
        } of the time to its first result)`
      ).join(", ")
    }. Start it before the work that has to be fast.`,
  warm: (
    { kind, result, trip }: { kind: SpawnKind; result: Summary; trip: Summary },
  ) =>
    `Once started, ${NAMES[kind]} answers in ${
      formatDuration(trip.medianMs)
    }: ${describeQuotient(result, trip)} as fast as starting another.`,
};

export const describeSpawnCosts = teller(WORDS, findSpawnCosts);

export function* findSpawnCosts(
  { costs }: Pick<SpawnCosts, "costs" | "stamp">,
): Iterable<FoundIn<typeof WORDS>> {
  const steps = costs.flatMap(({ kind, stages: { firstResult } }) =>
    firstResult === null ? [] : [{ kind, result: firstResult }]
  );
  const holds = costs.flatMap(({ kind, stages }) => {
    const [held, whole] = [stages.constructor, stages.firstResult];
    if (held === null || whole === null || held.medianMs < LEAST_MS) return [];
    const share = held.medianMs / whole.medianMs;
    return [{ kind, heldMs: held.medianMs, share }];
  });
  if (steps.length > 0) yield { rule: "ladder", values: steps };
  if (holds.length > 0) yield { rule: "blocking", values: holds };
  for (const { kind, stages: { firstResult, roundTrip: trip } } of costs) {
    if (firstResult === null || trip === null || kind === "promise") continue;
    // Only what is surely so: the slowest round trip below the fastest start.
    const isSure = trip.highMs < firstResult.lowMs;
    const values = { kind, result: firstResult, trip };
    if (isSure) yield { rule: "warm", values };
  }
}

// Less is nothing that anybody would notice.
const LEAST_MS = 1;
