/**
 * What real threads did, in sentences.
 *
 * Pure. They are run in `confirm.ts`.
 * @module
 */
import { isFailure, type RaceConfirmation, type RaceResult } from "./result.ts";
import { writeMemory } from "./values.ts";

/** Says whether real threads did what the search found. */
export function describeConfirmed(
  found: Pick<RaceResult, "total" | "endingCount">,
  { schedules, agreed, differences, free }: RaceConfirmation,
): readonly string[] {
  if (agreed !== schedules) {
    return [
      `${
        schedules - agreed
      } of ${schedules} repeated on real threads, in Workers, ` +
      `did something else, so the threads depend on more than their memory, ` +
      `and nothing said here is sure of them (${differences[0]}).`,
    ];
  }
  const sentences = [
    `${schedules} of them ${
      schedules === 1 ? "was" : "were"
    } repeated on real threads, in Workers: same steps, same values.`,
  ];
  if (free === null) return sentences;
  const { runs, unseen, unknown } = free;
  const often = runs === 1 ? "Once" : `${runs} times`;
  for (const { runs: times, kind, reason, final } of unknown) {
    const how = isFailure({ kind }) && kind !== "check" ? `${reason}, ` : "";
    sentences.push(
      `${often} the threads ran as they pleased; ${times} of those ended with ${how}${
        writeMemory(final)
      }, which ` + (found.total === null
        ? "no schedule that was drawn came to: there are more ways to end than listed here."
        : "the search did not find: do not rely on what it says here."),
    );
  }
  if (unseen.length > 0) {
    const { endingCount } = found;
    sentences.push(
      `${often} the threads ran as they pleased, and ${
        unseen.length === 1
          ? `one of ${endingCount} ways to end did not come up (${
            writeMemory(unseen[0]!.final)
          })`
          : `${unseen.length} of ${endingCount} ways to end did not come up`
      }: it can happen all the same.`,
    );
  } else if (unknown.length === 0) {
    sentences.push(
      `${often} the threads ran as they pleased: every way to end came up, and no other.`,
    );
  }
  return sentences;
}
