/**
 * What messages cost: rules, and their words. Pure.
 * @module
 */
import { formatBytes, formatDuration, formatPercent } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  capitalize,
  type FoundIn,
  ratioInWords,
  teller,
} from "../../explain/mod.ts";
import { describeQuotient } from "../summary.ts";
import type {
  BurstCost,
  Knee,
  MessageCost,
  MessageCosts,
  MessageMode,
} from "./message_cost.ts";

/** What the ways are called in figures, and at the beginning of sentences. */
export const MODE_NAMES: Readonly<Record<MessageMode, string>> = {
  clone: "copied",
  transfer: "transferred",
  share: "shared",
  process: "as a value to a process",
  pipe: "as bytes to a process",
};

interface Range {
  readonly mode: MessageMode;
  /** The smallest and the largest size. */
  readonly bytes: readonly [least: number, most: number];
}

interface Against {
  readonly mode: MessageMode;
  readonly bytes: number;
  readonly other: Summary;
  readonly clone: Summary;
}

const WORDS = {
  knee: (
    { mode, knee, fixedMs, rounds, last }: {
      mode: MessageMode;
      knee: Knee;
      fixedMs: number;
      rounds: number;
      last: { bytes: number; bytesPerSecond: number };
    },
  ) => {
    const from = knee.low === null ? "below the range" : formatBytes(knee.low);
    const to = knee.high === null ? "beyond the range" : formatBytes(knee.high);
    return `${nameOf(mode)}: the knee is at ${formatBytes(knee.bytes)} (${
      nameInterval(rounds)
    } ${from} to ${to}). Below it a message takes about ${
      formatDuration(fixedMs)
    } whatever its size; above it the size decides, ${
      formatBytes(last.bytesPerSecond)
    }/s at ${formatBytes(last.bytes)}.`;
  },
  flat: ({ mode, bytes, ms }: Range & { ms: number }) =>
    `${nameOf(mode)}: no knee from ${
      writeRange(bytes)
    }, a message takes about ${formatDuration(ms)} whatever its size.`,
  growing: (
    { mode, bytes, fromMs, toMs }: Range & { fromMs: number; toMs: number },
  ) =>
    `${nameOf(mode)}: no knee from ${writeRange(bytes)}, the cost grows from ${
      formatDuration(fromMs)
    } to ${formatDuration(toMs)}.`,
  blocking: (
    { mode, bytes, blockedMs, share }: {
      mode: MessageMode;
      bytes: number;
      blockedMs: number;
      share: number;
    },
  ) =>
    `${nameOf(mode)}: the sender is blocked while copying. Posting ${
      formatBytes(bytes)
    } took ${formatDuration(blockedMs)}, ${formatPercent(share)} of the whole.`,
  faster: ({ mode, bytes, other, clone }: Against) =>
    `${nameOf(mode)}: ${formatBytes(bytes)} arrived in ${
      formatDuration(other.medianMs)
    }, ${describeQuotient(clone, other)} as fast as copied.`,
  slower: ({ mode, bytes, other, clone }: Against) =>
    `${nameOf(mode)}: ${formatBytes(bytes)} took ${
      describeQuotient(other, clone)
    } as long as copied to a Worker.`,
  alike: ({ mode, bytes }: Against) =>
    `${nameOf(mode)}: with ${
      formatBytes(bytes)
    }, no difference shown against copying.`,
  burst: ({ count, pingPong, burst, gain }: BurstCost) =>
    `${formatDuration(pingPong.medianMs)} a small message one at a time, ${
      formatDuration(burst.medianMs)
    } in a burst of ${count}: ${writeGain(gain)}`,
  shared: () =>
    "Writing the bytes is in none of these times; shared memory is sent " +
    "once, and what is written to it later needs no message but a signal.",
};

export const describeMessageCosts = teller(WORDS, findMessageCosts);

type Found = Iterable<FoundIn<typeof WORDS>>;

export function* findMessageCosts(
  { costs, stamp, burst }: Pick<MessageCosts, "costs" | "stamp" | "burst">,
): Found {
  for (const cost of costs) yield* findKnee(cost, stamp.samples);
  for (const { mode, points } of costs) {
    const last = points.at(-1);
    // Of what is copied only: all else is posted at once.
    const isCopied = mode === "clone" || mode === "process";
    if (!isCopied || last === undefined || last.blockedMs < LEAST_MS) continue;
    const { bytes, blockedMs, summary } = last;
    const share = blockedMs / summary.medianMs;
    yield { rule: "blocking", values: { mode, bytes, blockedMs, share } };
  }
  yield* findWays(costs);
  yield { rule: "burst", values: burst };
  const isShared = costs.some(({ mode }) => mode === "share");
  if (isShared) yield { rule: "shared", values: null };
}

function* findKnee(
  { mode, points, knee, fixedMs }: MessageCost,
  rounds: number,
): Found {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return;
  if (knee !== null) {
    return yield {
      rule: "knee",
      values: { mode, knee, fixedMs, rounds, last },
    };
  }
  const bytes = [first.bytes, last.bytes] as const;
  // Flat, as far as the intervals tell; else it grows all along.
  const isFlat = last.summary.lowMs <= 2 * first.summary.highMs;
  const [fromMs, toMs] = [first.summary.medianMs, last.summary.medianMs];
  if (isFlat) yield { rule: "flat", values: { mode, bytes, ms: toMs } };
  else yield { rule: "growing", values: { mode, bytes, fromMs, toMs } };
}

/** What the largest message gains or loses against a copy to a Worker. */
function* findWays(costs: readonly MessageCost[]): Found {
  const clone = costs.find(({ mode }) => mode === "clone")?.points.at(-1)
    ?.summary;
  for (const { mode, points } of costs) {
    const last = points.at(-1);
    if (mode === "clone" || !clone || last === undefined) continue;
    const { bytes, summary: other } = last;
    const rule = other.highMs < clone.lowMs
      ? "faster"
      : other.lowMs > clone.highMs
      ? "slower"
      : "alike";
    yield { rule, values: { mode, bytes, other, clone } };
  }
}

function nameOf(mode: MessageMode): string {
  return capitalize(MODE_NAMES[mode]);
}

function writeRange([least, most]: Range["bytes"]): string {
  return `${formatBytes(least)} to ${formatBytes(most)}`;
}

function writeGain(gain: SpeedUp): string {
  if (!gain.shown) return "no difference shown.";
  const words = `${ratioInWords(gain, "")} as fast`;
  return gain.ratio > 1
    ? `${words}, as nobody waits to be woken. Send in batches.`
    : `${words}.`;
}

// Less is nothing that anybody would notice.
const LEAST_MS = 0.1;
