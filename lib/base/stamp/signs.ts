/**
 * Finds the signs of noise in what a measurement saw.
 *
 * Pure. What is seen comes from `stamp.ts`; what the signs are for is in `noise.ts`.
 * @module
 */
import { formatNumber, formatPercent } from "../format.ts";
import { orderInterval } from "../statistics/order_interval.ts";
import { median } from "../statistics/stats.ts";
import { listOthers, MAX_OTHER_SHARE, TAKEN } from "./noise.ts";
import { estimateTakenMs, type OwnLoad } from "./own_load.ts";

export interface Signs {
  /** Part of all cores that others used, 0 to 1; `null` if unknown. */
  readonly otherShare: number | null;
  readonly own: OwnLoad | null;
  /** How many threads of its own computed at once then; `null` if unknown. */
  readonly threads: number | null;
  /** Part of a core that others had right afterwards, 0 to 1; `null` if nobody looked. */
  readonly othersNow: number | null;
  readonly cores: number;
  /** Widest spread: distance of the quartiles divided by the median. */
  readonly spread: number;
  /** Samples in the order taken, of each thing measured. */
  readonly series: readonly (readonly number[])[];
}

export function listNoise(signs: Signs): readonly string[] {
  return [
    ...listOthers(signs.otherShare),
    ...listTaken(signs),
    ...signs.spread > MAX_SPREAD
      ? [
        `the samples scatter widely (quartiles ${
          formatPercent(signs.spread)
        } apart)`,
      ]
      : [],
    ...signs.spread > MAX_SPREAD ? [] : listWide(signs.series),
    ...listDrift(signs.series),
  ];
}

/**
 * Finds that threads which wanted to go on were taken off their cores. By whom,
 * the count does not tell: helpers of the engine take turns with its code as
 * others do, and a program that naps is off its core, too.
 */
function listTaken(signs: Signs): readonly string[] {
  const taken = describeTaken(signs);
  if (taken === null) return [];
  const { othersNow } = signs;
  if (othersNow !== null && othersNow > MIN_OTHERS_NOW) {
    return [
      `others had ${
        formatPercent(othersNow)
      } of a core right afterwards, and ` +
      taken.replace(" was ", " had been ").replace(
        " and was ",
        " and had been ",
      ),
    ];
  }
  return [`${taken}; by other programs or by threads of its own, is not known`];
}

function describeTaken(
  { own, threads, cores, otherShare }: Signs,
): string | null {
  // What others had is known then, and is a sign of its own.
  if (otherShare !== null) return null;
  if (own === null || own.preemptions === null || own.wallMs < MIN_WATCHED_MS) {
    return null;
  }
  const { wallMs, cpuMs, preemptions } = own;
  if (preemptions < MIN_TAKEN) return null;
  const isOne = threads === 1 || threads === null && cpuMs <= 1.05 * wallMs;
  const takenMs = estimateTakenMs(own);
  const share = takenMs / wallMs;
  // So often that it may have lost all that it was not on a core.
  if (isOne && takenMs >= wallMs - cpuMs) {
    return share > MAX_OTHER_SHARE
      ? `${TAKEN} ${preemptions} times, and was on none for ${
        formatPercent(share)
      } of the time`
      : null;
  }
  // More threads than cores take each other's, which is nobody else's doing.
  if (!isOne && (threads === null || threads > cores)) return null;
  // Threads that had their cores nearly all the time lost them to nobody.
  const mostMs = (threads ?? 1) * wallMs;
  if (cpuMs >= (1 - MAX_OTHER_SHARE) * mostMs) return null;
  const perS = preemptions / (cpuMs / 1000);
  return cpuMs >= MIN_WATCHED_MS && perS > MAX_TAKEN_PER_S
    ? `${TAKEN} ${Math.round(perS)} times in each second of computing`
    : null;
}

function listWide(
  series: readonly (readonly number[])[],
): readonly string[] {
  const width = Math.max(
    0,
    ...series.filter(({ length }) => length > 0).map((samples) => {
      const { low, high } = orderInterval(sort(samples));
      return (high - low) / 2 / median(samples);
    }).filter(Number.isFinite),
  );
  return width > MAX_WIDTH
    ? [`a median is known to ± ${formatPercent(width)} only`]
    : [];
}

/** Finds that the first thing measured was slower or faster in its second half. */
function listDrift([first = []]: Signs["series"]): readonly string[] {
  const half = Math.floor(first.length / 2);
  if (half < MIN_HALF || first.some((sample) => !(sample > 0))) return [];
  const [before, after] = [first.slice(0, half), first.slice(-half)];
  const ratio = median(after) / median(before);
  const [own, reference] = [after, before].map((part) =>
    orderInterval(sort(part))
  );
  const [low, high] = [own!.low / reference!.high, own!.high / reference!.low];
  if (low <= MAX_DRIFT && high >= 1 / MAX_DRIFT) return [];
  return [
    `the second half of the samples took ${formatNumber(ratio)}× ` +
    `(${formatNumber(low)}× to ${formatNumber(high)}×) as long as the first`,
  ];
}

function sort(samples: readonly number[]): Float64Array {
  return Float64Array.from(samples).sort();
}

const MAX_SPREAD = 0.15;
const MAX_WIDTH = 0.25;
const MAX_DRIFT = 1.1;
const MIN_HALF = 4;
// Measured beside one other program on each core: 36 times in 110 ms of computing, and
// alone not once. Shorter watching tells too little.
const MIN_WATCHED_MS = 30;
const MIN_TAKEN = 5;
const MAX_TAKEN_PER_S = 100;
// Of 40 ms beside one other program, half; alone, helpers of the engine are not counted.
const MIN_OTHERS_NOW = 0.15;
