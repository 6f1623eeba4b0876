/**
 * Says in short sentences what messages cost. Pure.
 * @module
 */

import { formatBytes, formatDuration, formatTimes } from "../../base/mod.ts";
import { describeQuotient } from "../quotient.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import type { MessageCost, MessageCosts, MessagePoint } from "./result.ts";
import { describeNoise } from "../../base/stamp/mod.ts";

/**
 * Says what was measured.
 *
 * @param measured The measurement.
 * @returns Sentences; doubts first.
 */
export function describeMessageCosts(
  measured: Omit<MessageCosts, "findings">,
): string[] {
  const { costs, stamp, burst } = measured;
  const clone = costs.find(({ mode }) => mode === "clone");
  return [
    ...describeNoise(stamp),
    ...costs.flatMap((cost) => findKnee(cost, stamp.samples)),
    ...findBlocking(clone),
    ...findWays(costs),
    ...findBurst(burst),
    ...(costs.some(({ mode }) => mode === "share")
      ? [
        "Writing the bytes is in none of these times; shared memory is sent " +
        "once, and what is written to it later needs no message but a signal.",
      ]
      : []),
  ];
}

function findKnee(
  { mode, points, knee, fixedMs }: MessageCost,
  rounds: number,
): string[] {
  const name = NAMES[mode];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const range = `${formatBytes(first.bytes)} to ${formatBytes(last.bytes)}`;
  if (knee !== null) {
    const { bytes, low, high } = knee;
    const from = low === null ? "below the range" : formatBytes(low);
    const to = high === null ? "beyond the range" : formatBytes(high);
    return [
      `${name}: the knee is at ${formatBytes(bytes)} (${
        nameInterval(rounds)
      } ${from} ` +
      `to ${to}). Below it a message takes about ${formatDuration(fixedMs)} ` +
      `whatever its size; above it the bytes decide, ` +
      `${formatBytes(last.bytesPerSecond)}/s at ${formatBytes(last.bytes)}.`,
    ];
  }
  // Flat, as far as the intervals tell; else it grows all along.
  const isFlat = last.summary.lowMs <= 2 * first.summary.highMs;
  return isFlat
    ? [
      `${name}: no knee from ${range}, a message takes about ` +
      `${formatDuration(last.summary.medianMs)} whatever its size.`,
    ]
    : [
      `${name}: no knee from ${range}, the cost grows from ` +
      `${formatDuration(first.summary.medianMs)} to ` +
      `${formatDuration(last.summary.medianMs)}.`,
    ];
}

function findBlocking(clone: MessageCost | undefined): string[] {
  const last = clone?.points.at(-1);
  if (last === undefined || last.blockedMs < 0.1) return [];
  const share = Math.round(100 * last.blockedMs / last.summary.medianMs);
  return [
    `Copying holds the sender: posting ${formatBytes(last.bytes)} took ` +
    `${formatDuration(last.blockedMs)}, ${share} % of the whole, in which it ` +
    `can do nothing else.`,
  ];
}

/** What the largest message gains by not being copied. */
function findWays(costs: readonly MessageCost[]): string[] {
  const lastOf = (cost: MessageCost | undefined) => cost?.points.at(-1);
  const clone = lastOf(costs.find(({ mode }) => mode === "clone"));
  if (clone === undefined) return [];
  return costs.flatMap((cost) => {
    const other = lastOf(cost);
    if (cost.mode === "clone" || other === undefined) return [];
    return [compareWays(cost, other, clone)];
  });
}

function compareWays(
  { mode }: MessageCost,
  other: MessagePoint,
  clone: MessagePoint,
): string {
  const name = NAMES[mode];
  const size = formatBytes(other.bytes);
  if (other.summary.highMs < clone.summary.lowMs) {
    return `${name}: ${size} were there in ${
      formatDuration(other.summary.medianMs)
    }, ${describeQuotient(clone.summary, other.summary)} as fast as copied.`;
  }
  return other.summary.lowMs > clone.summary.highMs
    ? `${name}: ${size} took ${
      describeQuotient(other.summary, clone.summary)
    } as long as copied.`
    : `${name}: with ${size}, no difference shown against copying.`;
}

function findBurst({ count, pingPong, burst, gain }: MessageCosts["burst"]) {
  const words =
    `${formatDuration(pingPong.medianMs)} a small message one at a ` +
    `time, ${formatDuration(burst.medianMs)} in a burst of ${count}`;
  if (!gain.shown) return [`${words}: no difference shown.`];
  const ratio = `${formatTimes(gain.ratio)} (${formatTimes(gain.low)} to ${
    formatTimes(gain.high)
  })`;
  return gain.ratio > 1
    ? [
      `${words}: ${ratio} as fast, as nobody waits to be woken. Send in batches.`,
    ]
    : [`${words}: ${ratio} as fast.`];
}

const NAMES = {
  clone: "Copied",
  transfer: "Given away",
  share: "Shared",
} as const;
