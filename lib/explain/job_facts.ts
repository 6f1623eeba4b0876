/**
 * What rules need to know of a pool's reports of jobs.
 *
 * Pure: reports in, facts out.
 * @module
 */
import type { JobReport, JobTiming } from "../run/pool/mod.ts";
import type { Facts, TripFacts } from "./facts.ts";

/** What is looked at of a job's report. */
export interface ReportedJob extends Pick<JobReport<unknown>, "thread"> {
  /** Where its time went. */
  readonly timing: Pick<
    JobTiming,
    "serialiseMs" | "wakeMs" | "runMs" | "deserialiseMs"
  >;
}

/**
 * Works out the facts of jobs: what they did, and what it cost to hand them over.
 *
 * Waiting for a thread and loading the function are not part of the price:
 * the one is not the message's doing, the other is paid once a thread.
 */
export function factsOfJobs(
  reports: readonly ReportedJob[],
  cores: number,
): Facts {
  const trips = [...Map.groupBy(reports, ({ thread }) => thread)]
    .map(([thread, jobs]): TripFacts => ({
      lane: `worker ${thread}`,
      worksMs: jobs.map(({ timing }) => timing.runMs),
      costsMs: jobs.map(({ timing }) =>
        timing.serialiseMs + timing.wakeMs + timing.deserialiseMs
      ),
    }));
  return { cores, isNoisy: false, otherCpuShare: null, trips };
}
