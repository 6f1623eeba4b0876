/**
 * What `messageCost()` does, loaded when it is first called.
 *
 * How bytes are sent is in `posts.ts`.
 * @module
 */
import { checkChoices, checkList, checkWhole } from "../../base/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { bootstrapRounds, intervalOfDraws } from "../fit/bootstrap.ts";
import { fitKnee } from "../fit/knee.ts";
import {
  type Bench,
  checkRoundCall,
  measureInRounds,
  type Taken,
} from "../scaffold.ts";
import { describeMessageCosts } from "./findings.ts";
import type { MessageCostOptions } from "./message_cost.ts";
import {
  explainNoPipes,
  type MessageSample,
  openPipePost,
  openProcessPost,
  openWorkerPost,
  type Post,
} from "./posts.ts";
import type { Knee, MessageCost, MessageCosts, MessageMode } from "./result.ts";

/** Sends buffers of each size in each way, and measures; see `messageCost()`. */
export async function measureMessageCosts(
  options: MessageCostOptions = {},
): Promise<MessageCosts> {
  checkRoundCall(CALL, options, {
    names: ["sizes", "modes", "burst", "seed"],
    check: () => checkMessageOptions(options),
  });
  const { samples = 11, maxMs = 60_000, seed = 1, signal } = options;
  const title = options.title ?? "What does it cost to send bytes?";
  const sizes = [...new Set(options.sizes ?? DEFAULT_SIZES)]
    .sort((one, other) => one - other);
  const wanted = ALL_MODES.filter((mode) =>
    (options.modes ?? USUAL_MODES).includes(mode)
  );
  const count = options.burst ?? 500;
  return await measureInRounds({
    type: "message cost",
    settings: { purpose, title, samples, maxMs, seed, signal },
    open: (signal) => openBench(wanted, { sizes, count, signal }),
    result: (taken) => ({
      costs: describeModes(taken, sizes),
      burst: describeBurst(taken, count),
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
  { sizes, count, signal }: {
    readonly sizes: readonly number[];
    readonly count: number;
    readonly signal: AbortSignal;
  },
): Promise<Bench<Arm, MessageSample>> {
  const reasons = {
    process: wanted.includes("process") ? await explainNoProcesses() : null,
    pipe: wanted.includes("pipe") ? await explainNoPipes() : null,
  };
  const modes = wanted.filter((mode) =>
    mode !== "process" && mode !== "pipe" || reasons[mode] === null
  );
  const notes = Object.values(reasons).flatMap((reason) =>
    reason === null ? [] : [`${reason}.`]
  );
  if (modes.length === 0) {
    throw new RangeError(
      `Cannot ${purpose}: no mode can be used. ${notes.join(" ")}`,
    );
  }
  await using opened = new AsyncDisposableStack();
  const worker = opened.use(await openWorkerPost(signal));
  const posts = new Map<MessageMode, Post>();
  if (modes.includes("process")) {
    posts.set("process", opened.use(await openProcessPost(signal)));
  }
  if (modes.includes("pipe")) {
    posts.set("pipe", opened.use(await openPipePost(signal)));
  }
  const all = opened.move();
  return {
    arms: [
      ...modes.flatMap((mode) => sizes.map((bytes) => ({ mode, bytes }))),
      "pingPong",
      "burst",
    ],
    notes,
    async measure(arm) {
      if (typeof arm === "string") {
        return { latencyMs: await worker[arm](count), blockedMs: 0 };
      }
      const { mode, bytes } = arm;
      return mode === "process" || mode === "pipe"
        ? await posts.get(mode)!.send(bytes)
        : await worker.send(mode, bytes);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

function describeModes(
  { rounds, arms, seed }: Taken<Arm, MessageSample>,
  sizes: readonly number[],
): readonly MessageCost[] {
  const columns = arms.flatMap((arm, column) =>
    typeof arm === "string" ? [] : [{ mode: arm.mode, column }]
  );
  return [...Map.groupBy(columns, ({ mode }) => mode)].map(([mode, own]) =>
    describeMode(
      mode,
      sizes,
      rounds.map((row) => own.map(({ column }) => row[column]!)),
      seed,
    )
  );
}

function describeMode(
  mode: MessageMode,
  sizes: readonly number[],
  matrix: readonly (readonly MessageSample[])[],
  seed: number,
): MessageCost {
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
  const knee = kneeBytes === null
    ? null
    : { bytes: kneeBytes, ...findKneeInterval(draws, sizes) };
  return { mode, points, fixedMs, msPerByte, knee };
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
  { rounds, arms, seed }: Taken<Arm, MessageSample>,
  count: number,
): MessageCosts["burst"] {
  const samplesOf = (arm: Arm) =>
    rounds.map((row) => row[arms.indexOf(arm)]!.latencyMs);
  const [pingPongMs, burstMs] = [samplesOf("pingPong"), samplesOf("burst")];
  return {
    count,
    pingPong: summarize(pingPongMs, seed),
    burst: summarize(burstMs, seed),
    gain: computeSpeedUp(pingPongMs, burstMs, seed),
  };
}

function checkMessageOptions(options: MessageCostOptions): void {
  const { sizes = DEFAULT_SIZES, modes = ALL_MODES, burst = 1 } = options;
  checkList([purpose, "sizes"], sizes, "numbers of bytes");
  sizes.forEach((size, i) => checkWhole([purpose, `sizes[${i}]`], size, BYTES));
  const count = new Set(sizes).size;
  checkWhole([purpose, "number of different sizes"], count, { least: 2 });
  checkChoices([purpose, "modes"], modes, ALL_MODES);
  checkWhole([purpose, "burst"], burst, BURST);
}

const purpose = "measure the cost of messages";
const CALL = {
  purpose,
  example: `messageCost({ sizes: [64, 65_536], modes: ["clone", "pipe"] })`,
};
const USUAL_MODES: readonly MessageMode[] = ["clone", "transfer", "share"];
const ALL_MODES: readonly MessageMode[] = [...USUAL_MODES, "process", "pipe"];
const DEFAULT_SIZES = [6, 10, 14, 18, 20, 22, 24].map((power) => 2 ** power);
const BYTES = { least: 1, most: 2 ** 28 };
const BURST = { least: 1, most: 100_000 };
