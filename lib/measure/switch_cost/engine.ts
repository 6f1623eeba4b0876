/**
 * What `switchCost()` does, loaded when it is first called.
 *
 * Who hands over to whom is in `pairs.ts`.
 * @module
 */
import { explainNode, system } from "../../platform/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { choices, flag, settle } from "../options.ts";
import { isNotInstalled } from "../peers.ts";
import { chooseAble, measureInRounds, type Taken } from "../scaffold.ts";
import { computeSpeedUp, summarize } from "../summary.ts";
import { describeSwitchCosts } from "./findings.ts";
import {
  betweenConnectedProcesses,
  betweenPinnedThreads,
  betweenPipedProcesses,
  betweenTasks,
  betweenThreads,
  COUNTS,
  explainNoPairs,
  type HandOver,
} from "./pairs.ts";
import type {
  SwitchCost,
  SwitchCostOptions,
  SwitchCosts,
  SwitchKind,
} from "./switch_cost.ts";

export async function measureSwitchCosts(
  options: SwitchCostOptions,
): Promise<SwitchCosts> {
  const settings = settle(CALL, options, {
    kinds: choices(ALL_KINDS),
    oneCore: flag,
  });
  const { kinds = ALL_KINDS, oneCore = true } = options;
  const wantsPin = oneCore && kinds.some((kind) => kind !== "await");
  let isPinned = false;
  let line: SwitchCosts["line"] = "pipe";
  return await measureInRounds({
    type: "switch cost",
    settings,
    async open(signal) {
      const noPin = wantsPin ? await explainNoPin(signal) : null;
      isPinned = wantsPin && noPin === null;
      const pairs: Record<SwitchKind, HandOver> = {
        await: betweenTasks,
        thread: isPinned ? betweenPinnedThreads : betweenThreads,
        process: betweenPipedProcesses(isPinned),
      };
      const { able, notes } = await chooseAble({
        purpose: CALL.purpose,
        all: ALL_KINDS,
        wanted: kinds,
        none: "no pair can run",
      }, async (kind) => {
        if (kind !== "process") return null;
        // Tried once: only then is it known to work here.
        const noPipe = await explainNoPairs(["bash"]) ??
          await tryPair(pairs.process, signal, "bash");
        if (noPipe === null) return null;
        line = "socket";
        pairs.process = betweenConnectedProcesses;
        return explainNode("Processes were left out") ??
          await explainNoProcesses();
      });
      return {
        arms: able,
        notes: noPin === null
          ? notes
          : [`The pairs could not share a core: ${noPin}.`, ...notes],
        measure: (kind: SwitchKind, signal) => pairs[kind](signal),
      };
    },
    result: (taken) => ({
      oneCore: isPinned,
      line,
      costs: describeCosts(taken),
    }),
    // Where threads run is chance, and shown: no reason to doubt it.
    describe: describeSwitchCosts,
  });
}

async function explainNoPin(signal: AbortSignal): Promise<string | null> {
  const { os } = system().build;
  if (os !== "linux") return `that is known for Linux only, this is ${os}`;
  return await explainNoPairs(["bash", "taskset"]) ??
    await tryPair(betweenPinnedThreads, signal, "bash or taskset");
}

async function tryPair(
  pair: HandOver,
  signal: AbortSignal,
  programs: string,
): Promise<string | null> {
  try {
    await pair(signal);
    return null;
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    return `${programs} is not installed here`;
  }
}

function describeCosts(
  { arms, samplesOf, seed }: Taken<SwitchKind, number>,
): readonly SwitchCost[] {
  return arms.map((kind, i) => {
    const [samplesMs, before] = [samplesOf(kind), arms[i - 1]];
    return {
      kind,
      count: COUNTS[kind],
      samplesMs,
      summary: summarize(samplesMs, seed),
      against: before === undefined
        ? null
        : computeSpeedUp(samplesMs, samplesOf(before), seed),
    };
  });
}

const CALL = {
  purpose: "measure the cost of handing over",
  example: `switchCost({ kinds: ["await", "thread"] })`,
  title: "What does it cost to hand over?",
  samples: 11,
};
const ALL_KINDS: readonly SwitchKind[] = ["await", "thread", "process"];
