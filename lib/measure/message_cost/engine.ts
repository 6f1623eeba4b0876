/**
 * What `messageCost()` does, loaded when it is first called.
 *
 * What it is called with is described in `message_cost.ts`.
 * @module
 */

import { checkChoices, checkList, checkWhole } from "../../base/mod.ts";
import { checkRounds } from "../round_checks.ts";
import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { finishStamp } from "../../base/stamp/mod.ts";
import { bootstrapRounds, intervalOfDraws } from "../fit/bootstrap.ts";
import { fitKnee } from "../fit/knee.ts";
import { describeMessageCosts } from "./findings.ts";
import { type MessageSample, startPeer } from "./peer.ts";
import type { Knee, MessageCost, MessageCosts, MessageMode } from "./result.ts";
import { startDeadline, takeRounds } from "../rounds.ts";
import type { MessageCostOptions } from "./message_cost.ts";

/**
 * Sends buffers of each size in each way, and measures; see `messageCost()`.
 *
 * @param options Sizes, ways, and how to measure.
 * @returns All that was measured.
 */
export async function measureMessageCosts(
  options: MessageCostOptions = {},
): Promise<MessageCosts> {
  checkMessageOptions(options);
  const { samples = 11, maxMs = 60_000, seed = 1, title = TITLE } = options;
  const sizes = [...new Set(options.sizes ?? DEFAULT_SIZES)]
    .sort((one, other) => one - other);
  const modes = ALL_MODES.filter((mode) =>
    (options.modes ?? ALL_MODES).includes(mode)
  );
  const count = options.burst ?? 500;
  using deadline = startDeadline({
    purpose: PURPOSE,
    maxMs,
    signal: options.signal,
  });
  using peer = await startPeer(deadline.signal);
  const sends = modes.flatMap((mode) =>
    sizes.map((bytes) => ({ mode, bytes }))
  );
  const { rounds, notes: roundNotes, stampStart } = await takeRounds<
    Arm,
    MessageSample
  >({
    purpose: PURPOSE,
    arms: [...sends, "pingPong", "burst"],
    samples,
    seed,
    deadline,
    measure: async (arm) => {
      if (typeof arm === "object") return await peer.send(arm.mode, arm.bytes);
      return { latencyMs: await peer[arm](count), blockedMs: 0 };
    },
  });
  const costs = modes.map((mode, index) => {
    const columns = sizes.map((_, size) => index * sizes.length + size);
    const matrix = rounds.map((row) => columns.map((column) => row[column]!));
    return describeMode({ mode, sizes, matrix, seed });
  });
  const samplesOf = (column: number) =>
    rounds.map((row) => row[column]!.latencyMs);
  const pingPongMs = samplesOf(sends.length);
  const burstMs = samplesOf(sends.length + 1);
  const measured = {
    title,
    costs,
    burst: {
      count,
      pingPong: summarize(pingPongMs, seed),
      burst: summarize(burstMs, seed),
      gain: computeSpeedUp(pingPongMs, burstMs, seed),
    },
    stamp: await finishStamp(stampStart, {
      samples: rounds.length,
      // A wake-up takes 12 µs or 60 µs by chance, which is shown: no reason to doubt it.
      spread: 0,
    }),
  };
  return {
    ...measured,
    findings: [...describeMessageCosts(measured), ...roundNotes],
  };
}

type Arm =
  | { readonly mode: MessageMode; readonly bytes: number }
  | "pingPong"
  | "burst";

interface ModeSamples {
  readonly mode: MessageMode;
  readonly sizes: readonly number[];
  /** A row a round, a column a size. */
  readonly matrix: readonly (readonly MessageSample[])[];
  readonly seed: number;
}

function describeMode({ mode, sizes, matrix, seed }: ModeSamples): MessageCost {
  const points = sizes.map((bytes, column) => {
    const samplesMs = matrix.map((row) => row[column]!.latencyMs);
    const summary = summarize(samplesMs, seed);
    const blocked = matrix.map((row) => row[column]!.blockedMs);
    return {
      bytes,
      samplesMs,
      summary,
      blockedMs: summarize(blocked, seed).medianMs,
      bytesPerSecond: bytes / summary.medianMs * 1000,
    };
  });
  const fit = (medians: readonly number[]) =>
    fitKnee(sizes.map((bytes, index) => ({ bytes, ms: medians[index]! })));
  const latencies = matrix.map((row) => row.map(({ latencyMs }) => latencyMs));
  const { value, draws } = bootstrapRounds(latencies, fit, { seed });
  const { fixedMs, msPerByte, kneeBytes } = value;
  return {
    mode,
    points,
    fixedMs,
    msPerByte,
    knee: kneeBytes === null
      ? null
      : { bytes: kneeBytes, ...findKneeInterval(draws, sizes) },
  };
}

function findKneeInterval(
  draws: readonly ReturnType<typeof fitKnee>[],
  sizes: readonly number[],
): Pick<Knee, "low" | "high"> {
  const { low, high } = intervalOfDraws(
    draws.map(({ fixedMs, msPerByte }) => fixedMs / msPerByte),
  );
  return {
    low: low >= sizes[0]! ? low : null,
    high: high <= sizes.at(-1)! ? high : null,
  };
}

function checkMessageOptions(options: MessageCostOptions): void {
  checkRounds(PURPOSE, options, ["sizes", "modes", "burst", "seed"]);
  const { sizes = DEFAULT_SIZES, modes = ALL_MODES, burst = 1 } = options;
  checkList([PURPOSE, "sizes"], sizes, "numbers of bytes");
  sizes.forEach((size, i) => checkWhole([PURPOSE, `sizes[${i}]`], size, BYTES));
  const count = new Set(sizes).size;
  checkWhole([PURPOSE, "number of different sizes"], count, { least: 2 });
  checkChoices([PURPOSE, "modes"], modes, ALL_MODES);
  checkWhole([PURPOSE, "burst"], burst, BURST);
}

const ALL_MODES: readonly MessageMode[] = ["clone", "transfer", "share"];
const DEFAULT_SIZES = [6, 10, 14, 18, 20, 22, 24].map((power) => 2 ** power);
const BYTES = { least: 1, most: 2 ** 28 };
const BURST = { least: 1, most: 100_000 };
const TITLE = "What does it cost to send bytes to a Worker?";
const PURPOSE = "measure the cost of messages";
