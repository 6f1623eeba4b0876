/**
 * What `messageCost()` does, loaded when it is first called.
 *
 * How bytes are sent is in `posts.ts`.
 * @module
 */
import { explainNoProcesses } from "../../run/process/mod.ts";
import { bootstrapRounds, intervalOfDraws } from "../fit/bootstrap.ts";
import { fitKnee } from "../fit/line.ts";
import { explainNoDeno, findDenoDoor } from "../deno_peers.ts";
import { choices, settle, some, whole } from "../options.ts";
import {
  type Bench,
  chooseAble,
  measureInRounds,
  type Taken,
} from "../scaffold.ts";
import { computeSpeedUp, summarize } from "../summary.ts";
import { describeMessageCosts } from "./findings.ts";
import type {
  Knee,
  MessageCost,
  MessageCostOptions,
  MessageCosts,
  MessageMode,
} from "./message_cost.ts";
import {
  type MessageSample,
  openPipePost,
  openProcessPost,
  openWorkerPost,
} from "./posts.ts";

export async function measureMessageCosts(
  options: MessageCostOptions,
): Promise<MessageCosts> {
  const settings = settle(CALL, options, {
    sizes: some("numbers of bytes", whole({ least: 1, most: 2 ** 28 }), 2),
    modes: choices(ALL_MODES),
    burst: whole({ least: 1, most: 100_000 }),
  });
  const { sizes = DEFAULT_SIZES, modes = USUAL_MODES, burst = 500 } = options;
  const sorted = [...new Set(sizes)].sort((one, other) => one - other);
  return await measureInRounds({
    type: "message cost",
    settings,
    open: (signal) => openBench(modes, sorted, burst, signal),
    result: (taken) => ({
      costs: describeModes(taken, sorted),
      burst: describeBurst(taken, burst),
    }),
    // A wake-up takes 12 µs or 60 µs by chance, which is shown: no reason to doubt it.
    describe: describeMessageCosts,
  });
}

type Arm =
  | { readonly mode: MessageMode; readonly bytes: number }
  | "pingPong"
  | "burst";

async function openBench(
  wanted: readonly MessageMode[],
  sizes: readonly number[],
  count: number,
  signal: AbortSignal,
): Promise<Bench<Arm, MessageSample>> {
  const { able, notes } = await chooseAble({
    purpose: CALL.purpose,
    all: ALL_MODES,
    wanted,
    none: "no mode can be used",
  }, async (mode) => {
    if (mode === "process") return await explainNoProcesses();
    return mode === "pipe" ? await explainNoDeno() : null;
  });
  await using opened = new AsyncDisposableStack();
  const worker = opened.use(await openWorkerPost(signal));
  const process = able.includes("process")
    ? opened.use(await openProcessPost(signal))
    : null;
  const door = able.includes("pipe") ? await findDenoDoor() : null;
  const pipe = door && opened.use(await openPipePost(door, signal));
  if (door?.line === "socket") notes.push(NO_PIPE);
  const all = opened.move();
  return {
    arms: [
      ...able.flatMap((mode) => sizes.map((bytes) => ({ mode, bytes }))),
      "pingPong",
      "burst",
    ],
    notes,
    async measure(arm) {
      if (typeof arm === "string") {
        return { latencyMs: await worker[arm](count), blockedMs: 0 };
      }
      const { mode, bytes } = arm;
      if (mode === "process") return await process!.send(bytes);
      if (mode === "pipe") return await pipe!.send(bytes);
      return await worker.send(mode, bytes);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function describeModes(
  { rounds, arms, samplesOf, seed }: Taken<Arm, MessageSample>,
  sizes: readonly number[],
): readonly MessageCost[] {
  const sized = arms.filter((arm) => typeof arm !== "string");
  return [...Map.groupBy(sized, ({ mode }) => mode)].map(([mode, own]) => {
    const points = own.map((arm) => {
      const [samples, { bytes }] = [samplesOf(arm), arm];
      const samplesMs = samples.map(({ latencyMs }) => latencyMs);
      const summary = summarize(samplesMs, seed);
      const blocked = samples.map(({ blockedMs }) => blockedMs);
      return {
        bytes,
        samplesMs,
        summary,
        blockedMs: summarize(blocked, seed).medianMs,
        bytesPerSecond: bytes / summary.medianMs * 1000,
      };
    });
    const { value, draws } = bootstrapRounds(
      rounds.map((_, round) => points.map((point) => point.samplesMs[round]!)),
      (medians) =>
        fitKnee(sizes.map((bytes, i) => ({ bytes, ms: medians[i]! }))),
      seed,
    );
    const { fixedMs, msPerByte, kneeBytes } = value;
    const knee = kneeBytes === null
      ? null
      : { bytes: kneeBytes, ...findKneeInterval(draws, sizes) };
    return { mode, points, fixedMs, msPerByte, knee };
  });
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

function describeBurst(
  { samplesOf, seed }: Taken<Arm, MessageSample>,
  count: number,
): MessageCosts["burst"] {
  const [pingPongMs, burstMs] = (["pingPong", "burst"] as const).map((arm) =>
    samplesOf(arm).map(({ latencyMs }) => latencyMs)
  ) as [number[], number[]];
  return {
    count,
    pingPong: summarize(pingPongMs, seed),
    burst: summarize(burstMs, seed),
    gain: computeSpeedUp(pingPongMs, burstMs, seed),
  };
}

const NO_PIPE = "The pipe was a loopback socket to a copy of this session: " +
  "this notebook may not start programs.";
const CALL = {
  purpose: "measure the cost of messages",
  example: `messageCost({ sizes: [64, 65_536], modes: ["clone", "pipe"] })`,
  title: "What does it cost to send bytes?",
  samples: 11,
};
const USUAL_MODES: readonly MessageMode[] = ["clone", "transfer", "share"];
const ALL_MODES: readonly MessageMode[] = [...USUAL_MODES, "process", "pipe"];
const DEFAULT_SIZES = [6, 10, 14, 18, 20, 22, 24].map((power) => 2 ** power);
