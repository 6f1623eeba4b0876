/**
 * What `switchCost()` does, loaded when it is first called.
 *
 * Who hands over to whom is in `pairs.ts`.
 * @module
 */
import { checkChoices, checkFlag } from "../../base/mod.ts";
import { system } from "../../platform/mod.ts";
import { computeSpeedUp, summarize } from "../compare/summary.ts";
import { isNotInstalled } from "../peers.ts";
import { checkRoundCall, measureInRounds, type Taken } from "../scaffold.ts";
import { describeSwitchCosts } from "./findings.ts";
import {
  betweenPinnedThreads,
  betweenProcesses,
  betweenTasks,
  betweenThreads,
  COUNTS,
  explainNoPairs,
  type HandOver,
} from "./pairs.ts";
import type { SwitchCost, SwitchCosts, SwitchKind } from "./result.ts";
import type { SwitchCostOptions } from "./switch_cost.ts";

/** Has pairs hand over, and measures; see `switchCost()`. */
export async function measureSwitchCosts(
  options: SwitchCostOptions = {},
): Promise<SwitchCosts> {
  const { kinds = ALL_KINDS, oneCore = true } = options;
  checkRoundCall(CALL, options, {
    names: ["kinds", "oneCore", "seed"],
    check() {
      checkChoices([purpose, "kinds"], kinds, ALL_KINDS);
      checkFlag([purpose, "oneCore"], oneCore);
    },
  });
  const { samples = 11, maxMs = 60_000, seed = 1, signal } = options;
  const title = options.title ?? "What does it cost to hand over?";
  let isPinned = false;
  return await measureInRounds({
    type: "switch cost",
    settings: { purpose, title, samples, maxMs, seed, signal },
    async open(signal) {
      const found = await findPairs(kinds, oneCore, signal);
      isPinned = found.isPinned;
      return {
        arms: [...found.pairs.keys()],
        notes: found.notes,
        measure: (kind: SwitchKind, signal) => found.pairs.get(kind)!(signal),
      };
    },
    result: (taken) => ({ oneCore: isPinned, costs: describeCosts(taken) }),
    // Where threads run is chance, and shown: no reason to doubt it.
    describe: describeSwitchCosts,
  });
}

interface Pairs {
  readonly pairs: ReadonlyMap<SwitchKind, HandOver>;
  readonly isPinned: boolean;
  readonly notes: readonly string[];
}

/** Tries what needs programs once: only then is it known to work here. */
async function findPairs(
  kinds: readonly SwitchKind[],
  oneCore: boolean,
  signal: AbortSignal,
): Promise<Pairs> {
  const pairs = new Map<SwitchKind, HandOver>();
  const notes: string[] = [];
  const wantsPin = oneCore && kinds.some((kind) => kind !== "await");
  const noPin = wantsPin ? await explainNoPin(signal) : null;
  const isPinned = wantsPin && noPin === null;
  if (noPin !== null) notes.push(`The pairs could not share a core: ${noPin}.`);
  if (kinds.includes("await")) pairs.set("await", betweenTasks);
  if (kinds.includes("thread")) {
    pairs.set("thread", isPinned ? betweenPinnedThreads : betweenThreads);
  }
  if (kinds.includes("process")) {
    const pair = betweenProcesses(isPinned);
    const reason = await explainNoPairs(["bash"]) ??
      await tryPair(pair, signal, "bash");
    if (reason === null) pairs.set("process", pair);
    else notes.push(`Processes were left out: ${reason}.`);
  }
  if (pairs.size > 0) return { pairs, isPinned, notes };
  throw new RangeError(
    `Cannot ${purpose}: no pair can run, expected at least one. ${
      notes.join(" ")
    }`,
  );
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
  { rounds, arms, seed }: Taken<SwitchKind, number>,
): readonly SwitchCost[] {
  const samplesOf = (column: number) => rounds.map((row) => row[column]!);
  return arms.map((kind, column) => {
    const samplesMs = samplesOf(column);
    return {
      kind,
      count: COUNTS[kind],
      samplesMs,
      summary: summarize(samplesMs, seed),
      against: column === 0
        ? null
        : computeSpeedUp(samplesMs, samplesOf(column - 1), seed),
    };
  });
}

const purpose = "measure the cost of handing over";
const CALL = { purpose, example: `switchCost({ kinds: ["await", "thread"] })` };
const ALL_KINDS: readonly SwitchKind[] = ["await", "thread", "process"];
