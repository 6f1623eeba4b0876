/**
 * The rule of the small round trips: jobs that take less time than it takes to
 * hand them over.
 *
 * Pure. What a thread waited for is worked out in `recording_facts.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { median } from "../base/statistics/mod.ts";
import type { Facts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds jobs that cost more to send than to do. */
export function findSmallRoundTrips(
  { trips = [], isNoisy }: Facts,
): Claim | undefined {
  const worksMs = trips.flatMap(({ worksMs }) => worksMs);
  const costsMs = trips.flatMap(({ costsMs }) => costsMs);
  if (worksMs.length < LEAST_TRIPS || costsMs.length < LEAST_TRIPS) {
    return undefined;
  }
  const [workMs, costMs] = [median(worksMs), median(costsMs)];
  // Busy others make each wake-up late: then it has to be plainer.
  if (costMs < (isNoisy ? 2 : 1) * workMs) return undefined;
  return claim("small round trips", say, {
    ...{ workMs, costMs, isNoisy },
    works: worksMs.length,
    costs: costsMs.length,
  }, {
    lanes: trips.filter(({ costsMs }) => costsMs.length > 0)
      .map(({ lane }) => lane),
  });
}

interface SmallTrips {
  readonly workMs: number;
  readonly costMs: number;
  /** How many the medians are of. */
  readonly works: number;
  readonly costs: number;
  readonly isNoisy: boolean;
}

function say({ workMs, costMs, works, costs, isNoisy }: SmallTrips): Words {
  const count = Math.ceil(costMs / (FAIR_SHARE * Math.max(workMs, MIN_MS)));
  const batch = count > MAX_BATCH ? "many" : `${count} or more`;
  return {
    sentence: `Round trips of ${formatDuration(costMs)} carry ` +
      `${formatDuration(workMs)} of work each (medians of ${costs}): ` +
      `most of the time goes by on the way.`,
    // How many fit is worked out from times that others, too, make longer.
    advice: isNoisy
      ? "Put several jobs into one message, or send the next before the last " +
        "has come back."
      : `Put ${batch} jobs into one message, so that the way is a tenth ` +
        `of the work, or send the next before the last has come back.`,
    evidence: [
      {
        what: "way of a job, there and back",
        value: formatDuration(costMs),
        from: `median of ${costs}, by the stamps of messages`,
      },
      {
        what: "work of a job",
        value: formatDuration(workMs),
        from:
          `median of ${works}, from the question's arrival to the answer's leaving`,
      },
    ],
  };
}

// Fewer do not show what is usual: the first ones are cold.
const LEAST_TRIPS = 10;
const FAIR_SHARE = 0.1;
// What a clock step is about: work below cannot be told from none.
const MIN_MS = 0.0005;
const MAX_BATCH = 10_000;
