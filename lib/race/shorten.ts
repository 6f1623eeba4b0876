/**
 * Makes a schedule easier to read: fewer switches, the same end.
 *
 * Where all schedules are known, the shortest is worked out in `paths.ts`; here
 * it is found by trying.
 * @module
 */
import { continueOrFirst, type Walk, walk } from "./replay.ts";
import type { RaceOutcome } from "./result.ts";
import { countSwitches } from "./schedule_text.ts";

/** What a shorter schedule must still do. */
export interface ShortenOptions {
  readonly isSame: (outcome: RaceOutcome) => boolean;
  readonly pause: () => Promise<boolean>;
}

/**
 * Takes switches out of a schedule as long as it ends in the same way.
 *
 * A turn that comes later is moved up behind an earlier one of the same thread.
 */
export async function shorten(
  program: Walk,
  turns: readonly number[],
  options: ShortenOptions,
): Promise<readonly number[]> {
  let best = turns;
  let tries = 0;
  for (let at = 1; at < best.length && tries < MAX_TRIES; at++) {
    const last = best[at - 1]!;
    if (best[at] === last) continue;
    const later = best.indexOf(last, at);
    if (later === -1) continue;
    const moved = [...best];
    moved.splice(later, 1);
    moved.splice(at, 0, last);
    tries++;
    if (await options.pause()) break;
    const shorter = await tryTurns(moved);
    if (shorter === null || countSwitches(shorter) >= countSwitches(best)) {
      continue;
    }
    best = shorter;
    at = 0;
  }
  return best;

  async function tryTurns(
    wanted: readonly number[],
  ): Promise<readonly number[] | null> {
    const walked = await walk(program, (enabled, taken) => {
      const next = wanted[taken.length];
      return next !== undefined && enabled.includes(next)
        ? next
        : continueOrFirst(enabled, taken);
    });
    return options.isSame(walked.outcome) ? walked.turns : null;
  }
}

const MAX_TRIES = 400;
