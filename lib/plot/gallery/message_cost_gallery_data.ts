/**
 * Fixed measurements of messages for the gallery.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */

import { fitKnee } from "../../measure/fit/line.ts";
import type {
  MessageCost,
  MessageCosts,
  MessageMode,
} from "../../measure/message_cost/message_cost.ts";
import { summarize } from "../../measure/summary.ts";
import { STAMP } from "./gallery_data.ts";

const SIZES = [6, 10, 14, 18, 20, 22, 24].map((power) => 2 ** power);

/** The usual picture: only copying has a knee. */
export const MESSAGE_COSTS: MessageCosts = {
  type: "message cost",
  title: "What does it cost to send bytes to a Worker?",
  costs: [
    cost("clone", (bytes) => 0.058 + bytes * 5e-7),
    cost("transfer", (bytes) => 0.066 + bytes * 1e-13),
    cost("share", (bytes) => 0.055 + bytes * 1e-13),
  ],
  burst: {
    count: 500,
    pingPong: summarize([0.057, 0.059, 0.061, 0.064]),
    burst: summarize([0.0041, 0.0043, 0.0046, 0.0049]),
    gain: { ratio: 13.5, low: 12.1, high: 14.9, shown: true },
  },
  stamp: STAMP,
  findings: [
    "Copied: the knee is at 113 KiB (95 % interval 96 KiB to 132 KiB). Below it a message takes about 58.0 µs whatever its size; above it the bytes decide, 1.9 GiB/s at 16 MiB.",
    "60.0 µs a small message one at a time, 4.45 µs in a burst of 500: 13.5× (12.1× to 14.9×) as fast, as nobody waits to be woken. Send in batches.",
  ],
};

/** Two sizes, one way. */
export const CLONE_ONLY: MessageCosts = {
  ...MESSAGE_COSTS,
  title: "Only copying, of small messages",
  costs: [cost("clone", () => 0.06, [64, 4096])],
  findings: [
    "Copied: no knee from 64 B to 4 KiB, a message takes about 60.0 µs whatever its size.",
  ],
};

function cost(
  mode: MessageMode,
  timeOf: (bytes: number) => number,
  sizes: readonly number[] = SIZES,
): MessageCost {
  const points = sizes.map((bytes) => {
    const ms = timeOf(bytes);
    const samplesMs = [0.93, 0.97, 1, 1.02, 1.12].map((scatter) =>
      ms * scatter
    );
    return {
      bytes,
      samplesMs,
      summary: summarize(samplesMs),
      blockedMs: mode === "clone" ? 0.014 + bytes * 2.4e-7 : 0.014,
      bytesPerSecond: bytes / ms * 1000,
    };
  });
  const { fixedMs, msPerByte, kneeBytes } = fitKnee(
    points.map(({ bytes, summary }) => ({ bytes, ms: summary.medianMs })),
  );
  return {
    mode,
    points,
    fixedMs,
    msPerByte,
    knee: kneeBytes === null
      ? null
      : { bytes: kneeBytes, low: kneeBytes * 0.85, high: kneeBytes * 1.17 },
  };
}
