/**
 * The rule of one at a time: several threads or tasks with work, of which never
 * two are at it at once.
 *
 * Pure. Tasks of one thread are looked at in `tasks_in_turn.ts`.
 * @module
 */
import { formatDuration, formatPercent, formatTimes } from "../base/mod.ts";
import type { Stretch } from "../base/record/mod.ts";
import {
  addUp,
  anyMs,
  countActive,
  reachOf,
  sumOf,
  timeIn,
  WANTING,
} from "./busy.ts";
import { SHORTER_HOLD } from "./convoy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";
import { findTasksInTurn } from "./tasks_in_turn.ts";
import { lanesInWords, rangeInWords } from "./words.ts";

/** Finds work that could be done at once and was not. */
export function findOneAtATime(
  { run, arm, grounds }: Facts,
): Claim | undefined {
  if (arm?.model === "async") {
    return findAsyncComputing(arm, grounds?.computing ?? null);
  }
  if (run === undefined) return undefined;
  return findThreadsInTurn(run) ?? findTasksInTurn(run);
}

/** Finds that jobs which compute gain nothing from `async`. */
function findAsyncComputing(
  { speedup, waitingShare }: ArmFacts,
  computing: number | null,
): Claim | undefined {
  if (!speedup || (waitingShare ?? 1) > MAX_WAITING) return undefined;
  const { ratio, shown } = speedup;
  if (shown && (ratio < 0.9 || ratio > 1.1)) return undefined;
  return {
    rule: "one at a time",
    values: { speedup, computing },
    // Wide intervals show no gain, either.
    needs: ["calm"],
    sentence: `Async ${
      shown ? "changes little against" : "shows no gain over"
    } sequential (${formatTimes(ratio)}, 95 % interval ${
      rangeInWords(speedup)
    }): one thread runs one piece of JavaScript at a time.`,
    prediction: {
      needs: ["computing"],
      says: ", and these jobs do not wait",
    },
  };
}

/** Finds threads of which one waits while another one works. */
function findThreadsInTurn(run: RunFacts): Claim | undefined {
  // Then it is their starts that came one after the other, which says nothing of who asked.
  if (run.areAskedAtOnce) return undefined;
  const threads = run.threads.filter((lane) => timeIn(lane, WANTING) > 0);
  const within = reachOf(threads, WANTING);
  if (threads.length < 2 || within === null) return undefined;
  const oneMs = anyMs(threads, WANTING);
  const bothMs = addUp(countActive(threads, WANTING), (n) => n > 1 ? 1 : 0);
  const sharing = threads.filter((lane) =>
    timeIn(lane, WANTING) >= LEAST_SHARE * oneMs
  );
  if (sharing.length < 2 || oneMs < LEAST_MS) return undefined;
  if (bothMs + lateMs(sharing) > MAX_TOGETHER * oneMs) return undefined;
  const guard = findGuard(run, threads, within);
  return {
    rule: "one at a time",
    values: { threads, anyMs: oneMs, bothMs, guard },
    lanes: threads.map(({ id }) => id),
    sentence: `${run.prefix}One at a time: ${
      lanesInWords(threads)
    } ran code for ${formatDuration(oneMs)}, and for ${
      formatPercent(1 - bothMs / oneMs)
    } of it only one of them at once${
      guard === null
        ? ""
        : `, as ${guard.lock} was held for ${formatPercent(guard.share)} of it`
    }.`,
    advice: guard === null
      ? "If none needs what the one before gives, start all before you " +
        "await the first, as by Promise.all() or pool().map()."
      : SHORTER_HOLD,
  };
}

/** How long threads were being started while another one worked: they were asked at once. */
function lateMs(threads: readonly LaneFacts[]): number {
  return sumOf(threads, (lane) => {
    const others = threads.filter(({ id }) => id !== lane.id);
    return lane.spans.filter(({ state }) => state === "starting")
      .reduce((sum, start) => sum + anyMs(others, WANTING, start), 0);
  });
}

/** Finds the lock that nearly all work happened under; `null` if there is none. */
function findGuard(
  { locks }: RunFacts,
  threads: readonly LaneFacts[],
  within: Stretch,
): { readonly lock: string; readonly share: number } | null {
  const ids = new Set(threads.map(({ id }) => id));
  const workMs = sumOf(threads, (lane) => timeIn(lane, WANTING, within));
  const [guard] = locks.map(({ lock, holds }) => {
    const own = holds.filter(({ label }) => ids.has(label ?? ""));
    const heldMs = timeIn({ spans: own }, ["held"], within);
    return { lock, share: Math.min(1, heldMs / workMs) };
  }).sort((one, other) => other.share - one.share);
  return guard !== undefined && guard.share >= LEAST_HELD ? guard : null;
}

// A thread with less of the work is a helper: that it has its own time is no shape.
const LEAST_SHARE = 0.1;
// Some overlap comes about at each hand-over.
const MAX_TOGETHER = 0.1;
// Two jobs of less than this may miss each other by chance, or by their starts.
const LEAST_MS = 20;
const LEAST_HELD = 0.7;
// Jobs that wait longer than this do gain from async.
const MAX_WAITING = 0.2;
