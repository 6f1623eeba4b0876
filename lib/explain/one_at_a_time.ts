/**
 * The rule of one at a time: several threads or tasks with work, of which never
 * two are at it at once.
 *
 * Pure. Tasks of one thread are looked at in `tasks_in_turn.ts`.
 * @module
 */
import { formatDuration, formatPercent, formatTimes } from "../base/mod.ts";
import {
  addUp,
  countActive,
  reachOf,
  type Stretch,
  timeIn,
  WANTING,
} from "./busy.ts";
import type { ArmFacts, Facts, LaneFacts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";
import type { SpeedUp } from "../base/record/mod.ts";
import { findTasksInTurn } from "./tasks_in_turn.ts";
import { lanesInWords } from "./words.ts";

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
  return claim("one at a time", sayAsync, { speedup, computing }, {
    // Wide intervals show no gain, either.
    needs: ["calm"],
    predicts: ["computing"],
  });
}

function sayAsync(
  { speedup: { ratio, low, high, shown }, computing }: {
    readonly speedup: SpeedUp;
    readonly computing: number | null;
  },
): Words {
  const interval = `${formatTimes(low)} to ${formatTimes(high)}`;
  const value = formatTimes(ratio);
  return {
    sentence:
      `Async ${
        shown ? "changes little against" : "shows no gain over"
      } sequential (${value}, 95 % interval ${interval}): one thread runs one ` +
      `piece of JavaScript at a time.`,
    prediction: { says: ", and these jobs do not wait" },
    advice: "",
    evidence: [
      {
        what: "speed-up of async",
        value: `${value} (${interval})`,
        from: "medians of the rounds against sequential",
      },
      ...computing === null ? [] : [{
        what: "time of a job on a core",
        value: formatPercent(computing),
        from: "time on cores of this process while sequential ran",
      }],
    ],
  };
}

/** Finds threads of which one waits while another one works. */
function findThreadsInTurn(run: RunFacts): Claim | undefined {
  // Then it is their starts that came one after the other, which says nothing of who asked.
  if (run.areAskedAtOnce) return undefined;
  const threads = run.threads.filter((lane) => timeIn(lane, WANTING) > 0);
  const within = reachOf({ spans: threads.flatMap(spansOf) }, WANTING);
  if (threads.length < 2 || within === null) return undefined;
  const steps = countActive(threads, WANTING);
  const anyMs = addUp(steps, (count) => count > 0 ? 1 : 0);
  const bothMs = addUp(steps, (count) => count > 1 ? 1 : 0);
  const sharing = threads.filter((lane) =>
    timeIn(lane, WANTING) >= LEAST_SHARE * anyMs
  );
  if (sharing.length < 2 || anyMs < LEAST_MS) return undefined;
  if (bothMs + lateMs(sharing) > MAX_TOGETHER * anyMs) return undefined;
  return claim("one at a time", sayThreads, {
    ...{ threads, anyMs, bothMs, guard: findGuard(run, threads, within) },
    prefix: run.prefix,
    isSampled: run.isSampled,
  }, { lanes: threads.map(({ id }) => id), during: within });
}

interface InTurn {
  readonly prefix: string;
  readonly threads: readonly LaneFacts[];
  /** How long any ran, and how long more than one. */
  readonly anyMs: number;
  readonly bothMs: number;
  /** The lock that nearly all of it happened under. */
  readonly guard: Guard | null;
  readonly isSampled: boolean;
}

function sayThreads(
  { prefix, threads, anyMs, bothMs, guard, isSampled }: InTurn,
): Words {
  const reason = guard === null
    ? ""
    : `, as ${guard.lock} was held for ${formatPercent(guard.share)} of it`;
  return {
    sentence: `${prefix}One at a time: ${lanesInWords(threads)} ran code for ${
      formatDuration(anyMs)
    }, and for ${
      formatPercent(1 - bothMs / anyMs)
    } of it only one of them at once${reason}.`,
    advice: guard === null
      ? "If none needs what the one before gives, start all before you " +
        "await the first, as by Promise.all() or pool().map()."
      : "Compute before taking the lock and hold it only to store the " +
        "result, or give each part of what it guards a lock of its own.",
    evidence: [{
      what: "time in which any, and in which more than one ran",
      value: `${formatDuration(anyMs)}, ${formatDuration(bothMs)}`,
      from: isSampled ? "spans, cores sampled" : "spans of the threads",
    }],
  };
}

/** How long threads were being started while another one worked: they were asked at once. */
function lateMs(threads: readonly LaneFacts[]): number {
  return threads.reduce((sum, lane) => {
    const others = threads.filter(({ id }) => id !== lane.id);
    const steps = countActive(others, WANTING);
    const starts = lane.spans.filter(({ state }) => state === "starting");
    return sum + starts.reduce(
      (all, start) => all + addUp(steps, (count) => count > 0 ? 1 : 0, start),
      0,
    );
  }, 0);
}

interface Guard {
  readonly lock: string;
  /** Part of the work. */
  readonly share: number;
}

/** Finds the lock that nearly all work happened under; `null` if there is none. */
function findGuard(
  { locks }: RunFacts,
  threads: readonly LaneFacts[],
  within: Stretch,
): Guard | null {
  const ids = new Set(threads.map(({ id }) => id));
  const workMs = threads.reduce(
    (sum, lane) => sum + timeIn(lane, WANTING, within),
    0,
  );
  const [guard] = locks.map(({ lock, holds }): Guard => {
    const own = holds.filter(({ label }) => ids.has(label ?? ""));
    const heldMs = timeIn({ spans: own }, ["held"], within);
    return { lock, share: Math.min(1, heldMs / workMs) };
  }).sort((one, other) => other.share - one.share);
  return guard !== undefined && guard.share >= LEAST_HELD ? guard : null;
}

function spansOf({ spans }: LaneFacts) {
  return spans;
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
