/**
 * Tasks of one thread of which one goes on at a time: as they compute, or as
 * each is awaited before the next one starts.
 *
 * Pure; part of the rule in `one_at_a_time.ts`.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import { coreTimeIn, reachOf, type Stretch, timeIn, WANTING } from "./busy.ts";
import type { LaneFacts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";
import { lanesInWords } from "./words.ts";

/** Finds tasks that compute on one thread, or wait one after the other. */
export function findTasksInTurn(
  { tasks, threads }: RunFacts,
): Claim | undefined {
  for (const siblings of Map.groupBy(tasks, ({ parent }) => parent).values()) {
    const lives = siblings.flatMap((task) => {
      const life = reachOf(task, ALIVE);
      return life === null ? [] : [{ task, life }];
    }).sort((one, other) => one.life.startMs - other.life.startMs);
    const found = findComputing(lives) ?? findAwaited(lives, threads);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Life {
  readonly task: LaneFacts;
  readonly life: Stretch;
}

/** What they did is compute: together or one after the other, it takes as long. */
function findComputing(lives: readonly Life[]): Claim | undefined {
  const within = wholeOf(lives);
  if (lives.length < 2 || within === null) return undefined;
  const lengthMs = within.endMs - within.startMs;
  const runsMs = lives.map(({ task }) => coreTimeIn(task).ranMs);
  const runMs = runsMs.reduce((sum, ms) => sum + ms, 0);
  const sharing = runsMs.filter((ms) => ms >= LEAST_SHARE * runMs).length;
  if (runMs < LEAST_MS || runMs < COMPUTING * lengthMs || sharing < 2) {
    return undefined;
  }
  const tasks = lives.map(({ task }) => task);
  return claim("one at a time", sayComputing, { tasks, runMs, lengthMs }, {
    lanes: tasks.map(({ id }) => id),
    during: within,
  });
}

interface Tasks {
  readonly tasks: readonly LaneFacts[];
}

function sayComputing(
  { tasks, runMs, lengthMs }: Tasks & {
    readonly runMs: number;
    readonly lengthMs: number;
  },
): Words {
  return {
    sentence: `One at a time: ${lanesInWords(tasks)} computed for ` +
      `${formatDuration(runMs)}, ${
        formatPercent(runMs / lengthMs)
      } of the time from the first start to the last end, on one thread: ` +
      `async lets waits overlap, not computing.`,
    advice: "If none needs what another one gives, run them in threads, as " +
      "by pool().map(), to use more than one core.",
    evidence: [{
      what: "time in which tasks computed",
      value: `${formatDuration(runMs)} of ${formatDuration(lengthMs)}`,
      from: "spans of the tasks",
    }],
  };
}

/** Each began when the one before had ended, and what they did is wait. */
function findAwaited(
  lives: readonly Life[],
  threads: readonly LaneFacts[],
): Claim | undefined {
  const within = wholeOf(lives);
  if (lives.length < LEAST_AWAITED || within === null) return undefined;
  const isInTurn = lives.every(({ life }, i) =>
    i === 0 || life.startMs >= lives[i - 1]!.life.endMs - TOUCH_MS
  );
  const waitsMs = lives.map(({ task }) => timeIn(task, ["waiting"]));
  const waitMs = waitsMs.reduce((sum, ms) => sum + ms, 0);
  const lengthMs = within.endMs - within.startMs;
  if (!isInTurn || waitMs < LEAST_MS || waitMs < WAITING * lengthMs) {
    return undefined;
  }
  const tasks = lives.map(({ task }) => task);
  const computedMs = threads.reduce(
    (sum, lane) => sum + timeIn(lane, WANTING, within),
    0,
  );
  const longestMs = Math.max(
    ...lives.map(({ life }) => life.endMs - life.startMs),
  );
  return claim("one at a time", sayAwaited, { tasks, waitMs, longestMs }, {
    lanes: tasks.map(({ id }) => id),
    during: within,
    // What they wait for may be computing, of which cores do only so much at once.
    predicts: [{ idle: computedMs / lengthMs }],
  });
}

function sayAwaited(
  { tasks, waitMs, longestMs }: Tasks & {
    readonly waitMs: number;
    readonly longestMs: number;
  },
): Words {
  const [waited, longest] = [formatDuration(waitMs), formatDuration(longestMs)];
  return {
    sentence: `One at a time: ${lanesInWords(tasks)} waited ${waited}, each ` +
      `only after the one before had ended.`,
    prediction: {
      of: "How long they would take together",
      says:
        `; together they would take about ${longest}, as long as the longest`,
    },
    advice: "If none needs what the one before gives, start all and await " +
      "Promise.all().",
    evidence: [{
      what: "time waited, and the longest task",
      value: `${waited}, ${longest}`,
      from: "spans of the tasks",
    }],
  };
}

function wholeOf(lives: readonly Life[]): Stretch | null {
  return reachOf({ spans: lives.flatMap(({ task }) => task.spans) }, ALIVE);
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
