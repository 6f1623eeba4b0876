/**
 * The rule of the held loop: code that keeps the main thread, so that no
 * timer, message or other task gets its turn.
 *
 * Pure. Holds are noticed in `lib/trace/loop_watch.ts`.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import type { LoopHold } from "../base/record/mod.ts";
import { addUp, countActive, reachOf, timeIn } from "./busy.ts";
import type { Facts, LaneFacts, RunFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";
import { lanesInWords } from "./words.ts";

/** Finds the longest hold that the thread's own code is the cause of. */
export function findLoopHeld({ run }: Facts): Claim | undefined {
  if (run === undefined) return undefined;
  const holds = run.holds.filter((hold) =>
    lengthOf(hold) >= LEAST_MS && isOwnCode(run, hold)
  );
  const longest = holds.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (longest === undefined) return undefined;
  const { startMs, endMs, lane } = longest;
  return claim("loop held", say, {
    longest,
    count: holds.length,
    allMs: holds.reduce((sum, hold) => sum + lengthOf(hold), 0),
    started: findStarted(run, longest),
  }, { lanes: [lane], during: { startMs, endMs } });
}

interface Held {
  readonly longest: LoopHold;
  /** How many holds there were, and how long all of them were. */
  readonly count: number;
  readonly allMs: number;
  /** Threads whose start held the loop. */
  readonly started: readonly LaneFacts[];
}

function say({ longest, count, allMs, started }: Held): Words {
  const { code, share = 1 } = longest;
  const lasted = formatDuration(lengthOf(longest));
  const by = started.length > 0
    ? `starting ${nameStarted(started)}`
    : whoseCode(longest);
  const more = count > 1
    ? ` In all it was held ${count} times, for ${formatDuration(allMs)}.`
    : "";
  return {
    sentence: `The event loop was held for ${lasted} by ${by}: no timer, ` +
      `message or other task of main had its turn.${more}`,
    advice: started.length > 0
      ? START_BEFORE
      : "Give that work to a Worker, as by worker() or pool(), or split " +
        "it and await something between the parts." +
        (code === undefined ? ` ${HOW_TO_SEE}` : ""),
    evidence: [
      {
        what: "the longest hold",
        value: lasted,
        from: "a timer of the main thread that came so late",
      },
      ...code === undefined ? [] : [{
        what: "code found there",
        value: formatPercent(share),
        from: "samples of the main thread's stack",
      }],
    ],
  };
}

/**
 * Finds the threads whose start held the loop: the system saw the main thread
 * sleep in a call for most of the time, and they started meanwhile. Without
 * samples that is not to be told from code.
 */
function findStarted(
  { main, threads, isSampled }: RunFacts,
  hold: LoopHold,
): readonly LaneFacts[] {
  if (!isSampled || hold.code !== undefined) return [];
  const starts = threads.map((lane) => ({
    lane,
    within: reachOf({ spans: lane.spans.slice(0, 1) }, ["starting"]),
  })).filter(({ within }) =>
    within !== null && within.startMs < hold.endMs &&
    within.endMs > hold.startMs
  );
  const asleep = main.flatMap(({ spans }) => spans).filter(({ state }) =>
    state === "blocked"
  );
  const steps = countActive(starts.map(({ lane }) => lane), ["starting"]);
  const startingMs = asleep.reduce((sum, span) => {
    const within = {
      startMs: Math.max(span.startMs, hold.startMs),
      endMs: Math.min(span.endMs, hold.endMs),
    };
    return sum + addUp(steps, (count) => count > 0 ? 1 : 0, within);
  }, 0);
  return startingMs >= OWN_SHARE * lengthOf(hold)
    ? starts.map(({ lane }) => lane)
    : [];
}

function nameStarted(lanes: readonly LaneFacts[]): string {
  const isWorker = lanes.every(({ kind }) => kind === "worker");
  if (lanes.length > 1) return lanesInWords(lanes);
  return isWorker ? "a Worker" : "a process";
}

/** Names the code as closely as it is known: function and line, or span, task and its call. */
function whoseCode(hold: LoopHold): string {
  const { lane, label, site, code, source, share = 1 } = hold;
  const part = label === undefined ? "" : `"${label}" of `;
  const called = site === undefined ? "" : `, called at ${site}`;
  const owner = lane === "main" ? `${part}main` : `${part}task ${lane}`;
  if (code === undefined && called !== "") return `code of ${owner}${called}`;
  if (code === undefined) return `code of ${owner}`;
  const place = source === undefined ? "" : ` (${source})`;
  const often = share < 0.95
    ? `, found in ${formatPercent(share)} of samples`
    : "";
  return `${code}${place}${often}, in ${owner}`;
}

/** A timer is late, too, where others had the cores: that is not the code's doing. */
function isOwnCode({ main }: RunFacts, hold: LoopHold): boolean {
  const busyMs = main.reduce(
    (sum, lane) => sum + timeIn(lane, ["running", "alive", "blocked"], hold),
    0,
  );
  return busyMs >= OWN_SHARE * lengthOf(hold);
}

function lengthOf({ startMs, endMs }: LoopHold): number {
  return endMs - startMs;
}

const START_BEFORE =
  "Each start blocks who asks for it: start threads before anything has to be " +
  "fast, as ready() of a pool does, and keep them.";
const HOW_TO_SEE =
  "Which function and line it is, `trace(…, { lines: true })` tells.";
// What the Long Tasks specification of browsers calls long: from here on people
// see that nothing answers.
const LEAST_MS = 50;
// With less than half of it, something else was the greater part.
const OWN_SHARE = 0.5;
