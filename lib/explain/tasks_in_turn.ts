/**
 * Tasks of one thread of which one goes on at a time: as they compute, or as
 * each is awaited before the next one starts.
 *
 * Pure; part of the rule in `one_at_a_time.ts`.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import { lengthOf, type Stretch } from "../base/record/mod.ts";
import { coreTimeIn, reachOf, sumOf, timeIn, WANTING } from "./busy.ts";
import type { LaneFacts, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";
import { lanesInWords } from "./words.ts";

/** Finds tasks that compute on one thread, or wait one after the other. */
export function findTasksInTurn(
  { tasks, threads }: RunFacts,
): Claim | undefined {
  for (const siblings of Map.groupBy(tasks, ({ parent }) => parent).values()) {
    const lives = siblings.flatMap((task) => {
      const life = reachOf([task], ALIVE);
      return life === null ? [] : [{ task, life }];
    }).sort((one, other) => one.life.startMs - other.life.startMs);
    const within = reachOf(lives.map(({ task }) => task), ALIVE);
    if (lives.length < 2 || within === null) continue;
    const found = findComputing(lives, within) ??
      findAwaited(lives, within, threads);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Life {
  readonly task: LaneFacts;
  readonly life: Stretch;
}

/** What they did is compute: together or one after the other, it takes as long. */
function findComputing(
  lives: readonly Life[],
  within: Stretch,
): Claim | undefined {
  const lengthMs = lengthOf(within);
  const tasks = lives.map(({ task }) => task);
  const runMs = sumOf(tasks, (task) => coreTimeIn(task).ranMs);
  const sharing = tasks.filter((task) =>
    coreTimeIn(task).ranMs >= LEAST_SHARE * runMs
  );
  if (runMs < LEAST_MS || runMs < COMPUTING * lengthMs) return undefined;
  if (sharing.length < 2) return undefined;
  return {
    rule: "one at a time",
    values: { tasks, runMs, lengthMs },
    lanes: tasks.map(({ id }) => id),
    sentence: `One at a time: ${lanesInWords(tasks)} computed for ` +
      `${formatDuration(runMs)}, ${
        formatPercent(runMs / lengthMs)
      } of the time from the first start to the last end, on one thread: ` +
      `async lets waits overlap, not computing.`,
    advice: "If none needs what another one gives, run them in threads, as " +
      "by pool().map(), to use more than one core.",
  };
}

/** Each began when the one before had ended, and what they did is wait. */
function findAwaited(
  lives: readonly Life[],
  within: Stretch,
  threads: readonly LaneFacts[],
): Claim | undefined {
  if (lives.length < LEAST_AWAITED) return undefined;
  const isInTurn = lives.every(({ life }, i) =>
    i === 0 || life.startMs >= lives[i - 1]!.life.endMs - TOUCH_MS
  );
  const tasks = lives.map(({ task }) => task);
  const waitMs = sumOf(tasks, (task) => timeIn(task, ["waiting"]));
  const lengthMs = lengthOf(within);
  if (!isInTurn || waitMs < LEAST_MS || waitMs < WAITING * lengthMs) {
    return undefined;
  }
  const computedMs = sumOf(threads, (lane) => timeIn(lane, WANTING, within));
  const longestMs = Math.max(...lives.map(({ life }) => lengthOf(life)));
  return {
    rule: "one at a time",
    values: { tasks, waitMs, longestMs },
    lanes: tasks.map(({ id }) => id),
    sentence: `One at a time: ${lanesInWords(tasks)} waited ${
      formatDuration(waitMs)
    }, each only after the one before had ended.`,
    prediction: {
      // What they wait for may be computing, of which cores do only so much at once.
      needs: [{ idle: computedMs / lengthMs }],
      of: "How long they would take together",
      says: `; together they would take about ${formatDuration(longestMs)}, ` +
        `as long as the longest`,
    },
    advice: "If none needs what the one before gives, start all and await " +
      "Promise.all().",
  };
}

const ALIVE = [
  "running",
  "alive",
  "waiting",
  "blocked",
  "serialising",
] as const;
// Tasks with less of the work are helpers, such as one that waits for the rest.
const LEAST_SHARE = 0.1;
// Below, nobody would notice a gain, and starts weigh as much as the work.
const LEAST_MS = 20;
const COMPUTING = 0.7;
const WAITING = 0.8;
// Two in turn are a question and its answer more often than not.
const LEAST_AWAITED = 3;
const TOUCH_MS = 0.05;
