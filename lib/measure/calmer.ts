/**
 * Measures again when other programs were busy, and keeps the calmest time.
 *
 * A few times at most, and only if there is time for it: a machine that stays busy
 * is said to be so by the stamp, not measured for ever.
 * @module
 */
import {
  isDisturbed,
  readOtherShare,
  type StampStart,
  startStamp,
} from "../base/stamp/mod.ts";

/** What was measured in the calmest of some times. */
export interface Calmest<T> {
  readonly value: T;
  /** For its stamp. */
  readonly stampStart: StampStart;
  /** Part of all cores that others used in each time; `null` where unknown. */
  readonly shares: readonly (number | null)[];
  /** Which of them is kept. */
  readonly kept: number;
}

/** How long measuring may go on. */
export interface CalmerOptions {
  /** Time that is left, milliseconds; 0 or less: it is measured once. */
  readonly leftMs: () => number;
  /** Tells whether time is over, so that another time may be left unfinished. */
  readonly isOver: () => boolean;
  /** How often it may be measured again. @default 1 */
  readonly most?: number;
  /** @default `performance.now()` */
  readonly nowMs?: () => number;
}

/** What reads the machine's load. */
export interface Readings {
  readonly startStamp: typeof startStamp;
  readonly readOtherShare: typeof readOtherShare;
}

/** Measures, and again while other programs took the cores meanwhile. */
export async function takeCalmest<T>(
  take: () => Promise<T>,
  { leftMs, isOver, most = 1, nowMs = () => performance.now() }: CalmerOptions,
  { startStamp, readOtherShare }: Readings = READINGS,
): Promise<Calmest<T>> {
  const shares: (number | null)[] = [];
  let best: Omit<Calmest<T>, "shares"> | null = null;
  for (;;) {
    const startMs = nowMs();
    const start = await startStamp();
    try {
      const value = await take();
      const { otherShare, ended } = await readOtherShare(start);
      if (best === null || (otherShare ?? 1) < shares[best.kept]!) {
        best = { value, stampStart: ended, kept: shares.length };
      }
      shares.push(otherShare);
    } catch (error) {
      // Too late for one more: the one before counts.
      if (best !== null && isOver()) break;
      throw error;
    }
    const tookMs = nowMs() - startMs;
    const isCalm = !isDisturbed(shares[best.kept]!);
    if (isCalm || shares.length > most || tookMs > LONGEST_MS) break;
    if (SLACK * tookMs > leftMs()) break;
  }
  return { ...best, shares };
}

const READINGS = { startStamp, readOtherShare };
/** Whoever measures for longer has asked for it, and has enough to tell noise. */
const LONGEST_MS = 20_000;
/** Another time may take longer than the one before. */
const SLACK = 1.5;
