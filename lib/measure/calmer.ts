/**
 * Measures once more when other programs were busy, and keeps the calmer time.
 *
 * Once only, and only if there is time for it: a machine that stays busy is said
 * to be so by the stamp, not measured for ever.
 * @module
 */
import {
  isDisturbed,
  readOtherShare,
  type StampStart,
  startStamp,
} from "../base/stamp/mod.ts";
import { formatPercent } from "../base/mod.ts";

/**
 * What was measured in the calmer of one or two times.
 *
 * @typeParam T What was measured.
 */
export interface Calmer<T> {
  readonly value: T;
  /** For its stamp. */
  readonly stampStart: StampStart;
  /** A sentence if it was measured twice. */
  readonly note: string | null;
}

/** How long measuring may go on. */
export interface CalmerOptions {
  /** Time that is left, milliseconds; 0 or less: it is measured once. */
  readonly leftMs: () => number;
  /** Tells whether time is over, so that a second time may be left unfinished. */
  readonly isOver: () => boolean;
}

/** Measures, and once more if other programs took the cores meanwhile. */
export async function takeCalmer<T>(
  take: () => Promise<T>,
  { leftMs, isOver }: CalmerOptions,
  readings: Readings = { startStamp, readOtherShare },
): Promise<Calmer<T>> {
  const startMs = performance.now();
  const first = await takeOnce(take, readings);
  const tookMs = performance.now() - startMs;
  const once = {
    value: first.value,
    stampStart: first.stampStart,
    note: null,
  };
  if (!isDisturbed(first.otherShare) || tookMs > LONGEST_MS) return once;
  if (SLACK * tookMs > leftMs()) return once;
  let second: Taken<T>;
  try {
    second = await takeOnce(take, readings);
  } catch (error) {
    // Too late for a second time: the first one counts.
    if (isOver()) return once;
    throw error;
  }
  const isCalmer = (second.otherShare ?? 1) < first.otherShare!;
  const { value, stampStart } = isCalmer ? second : first;
  const shares = [first, second].map(({ otherShare }) =>
    otherShare === null ? "an unknown part" : formatPercent(otherShare)
  );
  const note = `Measured twice, as others were busy: they used ${shares[0]} ` +
    `of all cores the first time and ${shares[1]} the second; the ` +
    `${isCalmer ? "second" : "first"} is shown.`;
  return { value, stampStart, note };
}

/** What reads the machine's load. */
export interface Readings {
  readonly startStamp: typeof startStamp;
  readonly readOtherShare: typeof readOtherShare;
}

interface Taken<T> {
  readonly value: T;
  readonly stampStart: StampStart;
  readonly otherShare: number | null;
}

async function takeOnce<T>(
  take: () => Promise<T>,
  { startStamp, readOtherShare }: Readings,
): Promise<Taken<T>> {
  const start = await startStamp();
  const value = await take();
  const { otherShare, ended } = await readOtherShare(start);
  return { value, stampStart: ended, otherShare };
}

/** Whoever measures for longer has asked for it, and has enough to tell noise. */
const LONGEST_MS = 20_000;
/** The second time may take longer than the first. */
const SLACK = 1.5;
