/**
 * Draws schedules at random, where there are too many to try them all.
 *
 * Half of them purely at random; half by probabilistic concurrency testing,
 * which gives threads priorities and changes them at few, random places: a
 * failure that needs d such places in k turns of n threads is met by one in
 * n·k^(d-1) schedules at least.
 *
 * Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler
 * with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
 * @module
 */
import { createRandom, shuffle } from "../base/statistics/mod.ts";
import { type Choose, continueOrFirst, type Walk, walk } from "./replay.ts";
import type { RaceOutcome } from "./result.ts";
import { countSwitches } from "./schedule_text.ts";
import { writeMemory } from "./values.ts";

/** How schedules are drawn. */
export interface SampleLimits {
  readonly maxRuns: number;
  readonly seed: number;
  /** Places at which priorities change, plus one. */
  readonly depth: number;
  /** Called now and then; throws to end, tells whether time is over. */
  readonly pause: () => Promise<boolean>;
  /** The same, while what was drawn is made easier to read. */
  readonly pauseToShorten: () => Promise<boolean>;
}

/** Schedules drawn that end alike. */
export interface SampledEnding {
  readonly outcome: RaceOutcome;
  readonly schedules: number;
  /** The one with the fewest switches. */
  readonly turns: readonly number[];
}

/** What drawing came to. */
export interface Sampled {
  readonly runs: number;
  /** How they ended, the most frequent first. */
  readonly endings: readonly SampledEnding[];
}

/** Draws schedules and groups them by how they end. */
export async function sampleSchedules(
  program: Walk,
  { maxRuns, seed, depth, pause, pauseToShorten }: SampleLimits,
): Promise<Sampled> {
  const random = createRandom(seed);
  const found = new Map<string, SampledEnding>();
  const threads = program.plan.threads.length;
  let runs = 0;
  let longest = 16;
  while (runs < maxRuns && !await pause()) {
    const choose: Choose = runs % 2 === 0
      ? (enabled) => enabled[Math.floor(random() * enabled.length)]!
      : chooseByPriority(random, { threads, depth, turns: longest });
    const { turns, outcome } = await walk(program, choose);
    runs++;
    longest = Math.max(longest, turns.length);
    const key = keyOf(outcome);
    const known = found.get(key);
    const isBetter = known === undefined ||
      countSwitches(turns) < countSwitches(known.turns);
    found.set(key, {
      outcome,
      schedules: (known?.schedules ?? 0) + 1,
      turns: isBetter ? turns : known.turns,
    });
  }
  const endings = [...found.values()].sort((a, b) => b.schedules - a.schedules);
  // The rare ones at the end are many, and are not shown.
  for (const [i, ending] of endings.slice(0, MAX_SHORTENED).entries()) {
    const turns = await shorten(program, ending, pauseToShorten);
    endings[i] = { ...ending, turns };
  }
  return { runs, endings };
}

function keyOf({ kind, reason, final }: RaceOutcome): string {
  return `${kind}|${reason}|${writeMemory(final)}`;
}

/** Gives threads priorities, and changes them at a few random places among so many turns. */
export function chooseByPriority(
  random: () => number,
  { threads, depth, turns }: {
    readonly threads: number;
    /** Places at which priorities change, plus one. */
    readonly depth: number;
    readonly turns: number;
  },
): Choose {
  const all = Array.from({ length: threads }, (_, id) => depth + id);
  const priorities = shuffle(all, random);
  // Drawn without order: the one demoted first may stay above the next, or below.
  const changes = new Map(
    Array.from(
      { length: depth - 1 },
      (_, level) => [Math.floor(random() * turns), level],
    ),
  );
  return (enabled, taken) => {
    const first = () =>
      enabled.reduce((one, other) =>
        priorities[other]! > priorities[one]! ? other : one
      );
    const level = changes.get(taken.length);
    if (level !== undefined) priorities[first()] = level;
    return first();
  };
}

/**
 * Takes switches out of a schedule as long as it ends in the same way.
 *
 * A turn that comes later is moved up behind an earlier one of the same thread.
 */
async function shorten(
  program: Walk,
  { turns, outcome }: SampledEnding,
  pause: () => Promise<boolean>,
): Promise<readonly number[]> {
  let best = turns;
  let tries = 0;
  for (let at = 1; at < best.length && tries < MAX_TRIES; at++) {
    const last = best[at - 1]!;
    const later = best.indexOf(last, at);
    if (best[at] === last || later === -1) continue;
    const wanted = [...best];
    wanted.splice(later, 1);
    wanted.splice(at, 0, last);
    tries++;
    if (await pause()) break;
    const tried = await walk(program, (enabled, taken) => {
      const next = wanted[taken.length];
      return next !== undefined && enabled.includes(next)
        ? next
        : continueOrFirst(enabled, taken);
    });
    const isShorter = keyOf(tried.outcome) === keyOf(outcome) &&
      countSwitches(tried.turns) < countSwitches(best);
    if (isShorter) [best, at] = [tried.turns, 0];
  }
  return best;
}

const MAX_SHORTENED = 12;
const MAX_TRIES = 400;
