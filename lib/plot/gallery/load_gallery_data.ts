/**
 * Fixed reports for the gallery of `load.ts`.
 *
 * For tests only; nothing else imports this file. Pure: a queue worked out by
 * hand, with chance from a seed.
 * @module
 */

import { planArrivals } from "../../measure/load/send.ts";
import { describeLoad } from "../../measure/load/findings.ts";
import { describePoint } from "../../measure/load/numbers.ts";
import type { LoadPoint, LoadReport } from "../../measure/load/load.ts";
import { createRandom } from "../../base/statistics/mod.ts";
import { STAMP } from "./gallery_data.ts";

/** One server of about 8 ms a request, at rates up to more than it can do. */
export const STICK: LoadReport = makeReport(
  "One request at a time",
  [20, 40, 60, 80, 100, 110, 120, 140],
  { serviceMs: () => 6, scatterMs: 4 },
);

/** A server that stalls for 400 ms once: all who come meanwhile wait. */
export const STALLED: LoadReport = makeReport(
  "A pause in the middle",
  [200],
  {
    serviceMs: (atMs) => atMs > 900 && atMs < 912 ? 400 : 1,
    scatterMs: 0.6,
  },
);

/** Nothing is answered. */
export const SILENT: LoadReport = makeReport("No answer", [50], {
  serviceMs: () => 6,
  scatterMs: 1,
  isSilent: true,
});

interface QueueOptions {
  readonly serviceMs: (atMs: number) => number;
  readonly scatterMs: number;
  readonly isSilent?: boolean;
}

function makeReport(
  title: string,
  rates: readonly number[],
  options: QueueOptions,
): LoadReport {
  const durationMs = 4000;
  const open = rates.map((ratePerS): LoadPoint => {
    const plan = planArrivals({
      ratePerS,
      durationMs,
      arrivals: "poisson",
      seed: 1,
    });
    const random = createRandom(2);
    let freeMs = 0;
    const notes = plan.map((dueMs) => {
      const sentMs = Math.max(dueMs, freeMs);
      freeMs = sentMs + options.serviceMs(sentMs) +
        2 * options.scatterMs * random();
      return { dueMs, sentMs, doneMs: freeMs, ahead: 0, failed: false };
    });
    const sent = {
      startMs: 0,
      notes: options.isSilent ? [] : notes,
      dropped: options.isSilent ? plan.length : 0,
      firstFailure: null,
    };
    return describePoint(sent, {
      ratePerS,
      durationMs,
      planned: plan.length,
    });
  });
  const found = {
    type: "load" as const,
    title,
    arrivals: "poisson" as const,
    durationMs,
    open,
    firstFailure: null,
    stamp: {
      ...STAMP,
      samples: open.reduce((sum, { answered }) => sum + answered, 0),
    },
  };
  return { ...found, findings: describeLoad(found) };
}
