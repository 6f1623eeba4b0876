/**
 * What looking at threads found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { type FoundIn, teller } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { LivingKind, LivingThread, LivingThreads } from "./threads.ts";

const WORDS = {
  living: (
    { groups, isPart }: {
      groups: readonly (readonly [kind: LivingKind, count: number])[];
      isPart: boolean;
    },
  ) => {
    const count = groups.reduce((sum, [, count]) => sum + count, 0);
    const threads = count === 1 ? "1 thread" : `${count} threads`;
    const verbs = count === 1 ? ["is", "lives"] : ["are", "live"];
    const live = isPart ? `${verbs[0]} known to live` : verbs[1];
    const names = groups.map(([kind, count]) =>
      `${count} ${NAMES[kind](count)}`
    );
    return `${threads} ${live} in this process: ${
      new Intl.ListFormat("en-GB").format(names)
    }.`;
  },
  onCores: (
    { watchedMs, share, busy }: {
      watchedMs: number;
      share: number;
      busy: readonly string[];
    },
  ) =>
    `In ${formatDuration(watchedMs)} they were on cores for ${
      formatPercent(share)
    } of one core's time together${
      busy.length === 0 ? "" : `; nearly all the time: ${busy.join(", ")}`
    }.`,
  ready: (threads: readonly LivingThread[]) =>
    `Ready and without a core for a part of the time: ${
      threads.map(({ name, ready }) => `${name} (${formatPercent(ready!)})`)
        .join(", ")
    }.`,
  missing: ({ reason }: { reason: string }) => reason,
};

export const describeThreads = teller(WORDS, findThreads);

export function* findThreads(
  { threads, watchedMs, missing }: Measured<LivingThreads>,
): Iterable<FoundIn<typeof WORDS>> {
  const groups = [...Map.groupBy(threads, ({ kind }) => kind)]
    .map(([kind, { length }]) => [kind, length] as const);
  yield { rule: "living", values: { groups, isPart: missing.length > 0 } };
  const parts = threads.flatMap(({ onCore }) => onCore ?? []);
  if (parts.length > 0) {
    const share = parts.reduce((sum, part) => sum + part, 0);
    const busy = threads.filter(({ onCore }) => (onCore ?? 0) >= COMPUTES)
      .map(({ name }) => name);
    yield { rule: "onCores", values: { watchedMs, share, busy } };
  }
  const waiting = threads.filter(({ ready }) => (ready ?? 0) >= NOTABLE);
  if (waiting.length > 0) yield { rule: "ready", values: waiting };
  for (const reason of missing) yield { rule: "missing", values: { reason } };
}

const NAMES: Readonly<Record<LivingKind, (count: number) => string>> = {
  main: () => "main",
  pool: () => "of pools",
  worker: (count) => count === 1 ? "Worker" : "Workers",
  V8: () => "of V8",
  Deno: () => "of Deno",
  other: (count) => count === 1 ? "other" : "others",
};
/** From this part of the time on, a thread is said to compute. */
export const COMPUTES = 0.8;
const NOTABLE = 0.1;
