/**
 * The rule of the others: programs beside this one had the cores that its code
 * was ready for. Said first, as noise is the answer then.
 *
 * Pure. The signs are listed in `lib/base/stamp/noise.ts`.
 * @module
 */
import { formatDuration } from "../base/mod.ts";
import { coreTimeIn, timeIn } from "./busy.ts";
import type { Facts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";

/** Finds that code which wanted cores had to share them with others. */
export function findOthers({ run, grounds }: Facts): Claim | undefined {
  const [sign] = grounds?.others ?? [];
  if (run === undefined || sign === undefined) return undefined;
  const lanes = [...run.main, ...run.threads];
  const wantedMs = lanes.reduce((sum, lane) => {
    const { ranMs, unknownMs } = coreTimeIn(lane);
    return sum + ranMs + unknownMs + timeIn(lane, ["runnable"]);
  }, 0);
  // Who waits all the time is not disturbed by others.
  if (wantedMs < LEAST_MS) return undefined;
  const readyMs = lanes.reduce(
    (sum, lane) => sum + timeIn(lane, ["runnable"]),
    0,
  );
  return claim("others had the cores", say, {
    sign,
    readyMs: run.isSampled && readyMs >= 1 ? readyMs : null,
  });
}

function say(
  { sign, readyMs }: { readonly sign: string; readonly readyMs: number | null },
): Words {
  const ready = readyMs === null
    ? ""
    : `; its own threads were ready for a core for ${
      formatDuration(readyMs)
    } and had none`;
  return {
    sentence:
      `Others had the cores: ${sign}${ready}. Times, ends and gaps of ` +
      `this run are theirs, too.`,
    advice: "Run it again when the machine has nothing else to do.",
    evidence: [{ what: "noise", value: sign, from: "the stamp" }],
  };
}

// Less computing than this is over before others matter.
const LEAST_MS = 20;
