/**
 * The rule of the others: programs beside this one had the cores that its code
 * was ready for. Said first, as noise is the answer then.
 *
 * Pure. The signs are listed in `lib/base/stamp/noise.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { coreTimeIn, sumOf, timeIn } from "./busy.ts";
import type { Facts } from "./facts.ts";
import type { Claim } from "./finding.ts";

/** Finds that code which wanted cores had to share them with others. */
export function findOthers({ run, grounds }: Facts): Claim | undefined {
  const [sign] = grounds?.others ?? [];
  if (run === undefined || sign === undefined) return undefined;
  const lanes = [...run.main, ...run.threads];
  const waitedMs = sumOf(lanes, (lane) => timeIn(lane, ["runnable"]));
  const calledMs = sumOf(lanes, (lane) => {
    const { ranMs, unknownMs } = coreTimeIn(lane);
    return ranMs + unknownMs;
  });
  // Who waits all the time is not disturbed by others.
  if (calledMs + waitedMs < LEAST_MS) return undefined;
  const readyMs = run.isSampled && waitedMs >= 1 ? waitedMs : null;
  return {
    rule: "others had the cores",
    values: { sign, readyMs },
    sentence: `Others had the cores: ${sign}${
      readyMs === null
        ? ""
        : `; its own threads were ready for a core for ${
          formatDuration(readyMs)
        } and had none`
    }. Times, ends and gaps of this run are theirs, too.`,
    advice: "Run it again when the machine has nothing else to do.",
  };
}

// Less computing than this is over before others matter.
const LEAST_MS = 20;
