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
import type { Claim } from "./finding.ts";

/** Finds jobs that cost more to send than to do. */
export function findSmallRoundTrips(
  { trips = [], isNoisy }: Facts,
): Claim | undefined {
  const worksMs = trips.flatMap(({ worksMs }) => worksMs);
  const costsMs = trips.flatMap(({ costsMs }) => costsMs);
  const [works, costs] = [worksMs.length, costsMs.length];
  if (works < LEAST_TRIPS || costs < LEAST_TRIPS) return undefined;
  const [workMs, costMs] = [median(worksMs), median(costsMs)];
  // Busy others make each wake-up late: then it has to be plainer.
  if (costMs < (isNoisy ? 2 : 1) * workMs) return undefined;
  const count = Math.ceil(costMs / (FAIR_SHARE * Math.max(workMs, MIN_MS)));
  const batch = count > MAX_BATCH ? "many" : `${count} or more`;
  return {
    rule: "small round trips",
    values: { workMs, costMs, works, costs, isNoisy },
    lanes: trips.filter(({ costsMs }) => costsMs.length > 0)
      .map(({ lane }) => lane),
    sentence: `Round trips of ${formatDuration(costMs)} carry ${
      formatDuration(workMs)
    } of work each (medians of ${costs}): most of the time goes by on the way.`,
    // How many fit is worked out from times that others, too, make longer.
    advice: `Put ${isNoisy ? "several" : batch} jobs into one message, ${
      isNoisy ? "" : "so that the way is a tenth of the work, "
    }or send the next before the last has come back.`,
  };
}

// Fewer do not show what is usual: the first ones are cold.
const LEAST_TRIPS = 10;
const FAIR_SHARE = 0.1;
// What a clock step is about: work below cannot be told from none.
const MIN_MS = 0.0005;
const MAX_BATCH = 10_000;
