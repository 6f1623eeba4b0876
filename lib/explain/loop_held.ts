/**
 * The rule of the held loop: code that keeps the main thread, so that no
 * timer, message or other task gets its turn.
 *
 * Pure. Holds are noticed in `lib/trace/loop_watch.ts`.
 * @module
 */
import { formatDuration, formatPercent } from "../base/mod.ts";
import { lengthOf, type LoopHold, sumMs } from "../base/record/mod.ts";
import { anyMs, reachOf, sumOf, timeIn } from "./busy.ts";
import type { Facts, LaneFacts, RunFacts } from "./facts.ts";
import type { Claim } from "./finding.ts";
import { lanesInWords } from "./words.ts";

/** Finds the longest hold that the thread's own code is the cause of. */
export function findLoopHeld({ run }: Facts): Claim | undefined {
  if (run === undefined) return undefined;
  const holds = run.holds.filter((hold) =>
    lengthOf(hold) >= LEAST_MS && isOwnCode(run, hold)
  );
  const longest = holds.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
  if (longest === undefined) return undefined;
  const { lane, code } = longest;
  const count = holds.length;
  const allMs = sumMs(holds);
  const started = findStarted(run, longest);
  const isStart = started.length > 0;
  const by = isStart ? `starting ${nameStarted(started)}` : whoseCode(longest);
  const more = count > 1
    ? ` In all it was held ${count} times, for ${formatDuration(allMs)}.`
    : "";
  return {
    rule: "loop held",
    values: { longest, count, allMs, started },
    lanes: [lane],
    sentence: `The event loop was held for ${
      formatDuration(lengthOf(longest))
    } by ${by}: no timer, message or other task of main had its turn.${more}`,
    advice: isStart
      ? START_BEFORE
      : HAND_OVER + (code === undefined ? ` ${HOW_TO_SEE}` : ""),
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
  const starts = threads.filter(({ spans }) => {
    const within = reachOf([{ spans: spans.slice(0, 1) }], ["starting"]);
    return within !== null && within.startMs < hold.endMs &&
      within.endMs > hold.startMs;
  });
  const asleep = main.flatMap(({ spans }) => spans)
    .filter(({ state }) => state === "blocked");
  const startingMs = asleep.reduce((sum, span) => {
    const within = {
      startMs: Math.max(span.startMs, hold.startMs),
      endMs: Math.min(span.endMs, hold.endMs),
    };
    return sum + anyMs(starts, ["starting"], within);
  }, 0);
  return startingMs >= OWN_SHARE * lengthOf(hold) ? starts : [];
}

function nameStarted(lanes: readonly LaneFacts[]): string {
  if (lanes.length > 1) return lanesInWords(lanes);
  return lanes[0]!.kind === "worker" ? "a Worker" : "a process";
}

/** Names the code as closely as it is known: function and line, or span, task and its call. */
function whoseCode(hold: LoopHold): string {
  const { lane, label, site, code, source, share = 1 } = hold;
  const part = label === undefined ? "" : `"${label}" of `;
  const owner = lane === "main" ? `${part}main` : `${part}task ${lane}`;
  if (code === undefined) {
    return `code of ${owner}${site === undefined ? "" : `, called at ${site}`}`;
  }
  const place = source === undefined ? "" : ` (${source})`;
  const often = share < 0.95
    ? `, found in ${formatPercent(share)} of samples`
    : "";
  return `${code}${place}${often}, in ${owner}`;
}

/** A timer is late, too, where others had the cores: that is not the code's doing. */
function isOwnCode({ main }: RunFacts, hold: LoopHold): boolean {
  const states = ["running", "alive", "blocked"] as const;
  return sumOf(main, (lane) => timeIn(lane, states, hold)) >=
    OWN_SHARE * lengthOf(hold);
}

const START_BEFORE =
  "Each start blocks who asks for it: start threads before anything has to be " +
  "fast, as ready() of a pool does, and keep them.";
const HAND_OVER = "Give that work to a Worker, as by worker() or pool(), or " +
  "split it and await something between the parts.";
const HOW_TO_SEE =
  "Which function and line it is, `trace(…, { lines: true })` tells.";
// What the Long Tasks specification of browsers calls long: from here on people
// see that nothing answers.
const LEAST_MS = 50;
// With less than half of it, something else was the greater part.
const OWN_SHARE = 0.5;
