/**
 * `lag`: how late the event loop is, and when it was held; or how late another
 * thread of Python is.
 *
 * The front. The watch itself is loaded with it, so that it can begin at once.
 * @module
 */
import {
  addDisplay,
  checkName,
  checkNumber,
  type Displayable,
  systemClock,
  TIMER_MS,
} from "../../base/mod.ts";
import { startStamp } from "../../base/stamp/mod.ts";
import type { PythonOptions, PythonSession } from "../../run/python/mod.ts";
import { checkCall, type Checks, maxMs, signal, text } from "../options.ts";
import type { KnownWork } from "./engine.ts";
import { sleep } from "../wait.ts";
import { watchLoop } from "./watch.ts";
import type { Circumstances } from "../scaffold.ts";

/** A time in which the loop could not turn. Units: milliseconds since watching began. */
export interface Cliff {
  /** When the loop last turned in time. */
  readonly startMs: number;
  /** How long it was held. */
  readonly heldMs: number;
  /** Who held it; `null` if that is unknown. */
  readonly holder: string | null;
}

/** An interpreter that was watched. */
export interface WatchedPython {
  /** Its version, such as `3.13.1`. */
  readonly version: string;
  /** Whether a global interpreter lock was on. */
  readonly gil: boolean;
  /** After how long a thread that is ready asks for that lock, milliseconds. */
  readonly intervalMs: number;
}

/** How late the event loop was, or another thread of Python. Units: milliseconds. */
export interface LagReport extends Circumstances<"lag"> {
  /** How long the loop was watched. */
  readonly durationMs: number;
  /** How many times the watching timer rang. */
  readonly ticks: number;
  /** What the timer takes on a free loop; subtracted from all that follows. */
  readonly floorMs: number;
  /** Whether the floor is the usual one, as the loop was never free long enough to measure it. */
  readonly floorIsAssumed: boolean;
  /** Half of all moments: what becomes due then waits no longer than this. */
  readonly p50Ms: number;
  /** 99 of 100 moments. */
  readonly p99Ms: number;
  /** The longest wait. */
  readonly maxMs: number;
  /** Part of the time in which the loop was held, 0 to 1. */
  readonly heldShare: number;
  /** The longest holds, in the order of time. */
  readonly cliffs: readonly Cliff[];
  /** When each delay began and how long it was, in the order of time; tiny ones are left out. */
  readonly delays: readonly (readonly [startMs: number, heldMs: number])[];
  /** Whether watching ended early, as there was room for no more. */
  readonly isCut?: boolean;
  /** The interpreter, where Python was watched. */
  readonly python?: WatchedPython;
}

/** How the event loop is watched. */
export interface LagOptions {
  /** Heading of figures. @default "Event loop lag" */
  readonly title?: string;
  /** Ends watching early; what was seen by then is reported. */
  readonly signal?: AbortSignal;
}

/** How Python is watched while code runs in it. */
export interface PythonLagOptions
  extends LagOptions, Pick<PythonOptions, "timeoutMs"> {
  /** The code that runs meanwhile. */
  readonly python: string;
  /** The interpreter that runs it. @default one that is started for it */
  readonly session?: PythonSession;
}

/** A report that a notebook shows as a figure. */
export type ShownLag = LagReport & Displayable;

/** A watch on the event loop, until it is stopped or disposed of. */
export interface LagWatch extends AsyncDisposable {
  /**
   * Ends watching.
   *
   * @returns What was found; the same again, if asked again.
   */
  stop(): Promise<ShownLag>;
}

/**
 * Watches the event loop while a function runs, and holds it responsible.
 *
 * Units: milliseconds that something due at a random moment had to wait, the
 * timer's own 2 ms subtracted.
 *
 * @example A loop that is held
 * ```ts
 * import assert from "node:assert/strict";
 * const report = await lag(function hold() {
 *   const endMs = performance.now() + 80;
 *   while (performance.now() < endMs);
 * });
 * assert.ok(report.maxMs > 50);
 * assert.ok(report.cliffs.some(({ holder }) => holder === "hold"));
 * ```
 *
 * @param work What runs meanwhile; a promise is awaited.
 * @param options Heading, and what ends watching.
 * @returns How late the loop was; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {unknown} What the function throws.
 */
export function lag(
  work: () => unknown,
  options?: LagOptions,
): Promise<ShownLag>;
/**
 * Watches the event loop for a given time, while others use it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { durationMs } = await lag(30);
 * assert.ok(durationMs >= 29);
 * ```
 *
 * @param durationMs How long to watch, milliseconds.
 * @param options Heading, and what ends watching.
 * @returns How late the loop was; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {RangeError} If the time is not above 0, or longer than 24 days.
 */
export function lag(
  durationMs: number,
  options?: LagOptions,
): Promise<ShownLag>;
/**
 * Watches another thread of Python while code runs there: where there is a GIL,
 * it has to wait for it.
 *
 * Units: milliseconds that a thread which is ready had to wait, its own sleep of
 * 1 ms subtracted.
 *
 * @example A loop of Python
 * ```ts
 * import assert from "node:assert/strict";
 * const report = await lag({ python: "sum(n * n for n in range(10 ** 6))" });
 * assert.equal(typeof report.python!.gil, "boolean");
 * ```
 *
 * @param options The code, and who runs it.
 * @returns How late that thread was; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 * @throws {PythonError} If the code raises.
 * @throws {Error} If there is no Python, or its time is over.
 */
export function lag(options: PythonLagOptions): Promise<ShownLag>;
/**
 * Watches the event loop until stopped, or until the end of the block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * await using watch = lag();
 * await new Promise((resolve) => setTimeout(resolve, 10));
 * const { p50Ms } = await watch.stop();
 * assert.ok(p50Ms >= 0);
 * ```
 *
 * @param options Heading, and what ends watching.
 * @returns The watch; it keeps no process alive.
 * @throws {TypeError} If an option has the wrong type, or there is no such option.
 */
export function lag(options?: LagOptions): LagWatch;
export function lag(
  first: (() => unknown) | number | LagOptions | PythonLagOptions = {},
  second: LagOptions = {},
): Promise<ShownLag> | LagWatch {
  if (typeof first === "function") {
    checkCall(CALL, second, OPTIONS);
    return watchWork(first, second);
  }
  if (typeof first === "number") {
    checkCall(
      CALL,
      second,
      OPTIONS,
      () => checkNumber([CALL.purpose, "durationMs"], first, TIMER_MS),
    );
    return watchFor(first, second);
  }
  if (Object(first) === first && "python" in first) {
    checkCall(CALL, first, PYTHON);
    first.signal?.throwIfAborted();
    return watchCode(first);
  }
  checkCall(CALL, first, OPTIONS);
  return startWatch(first, []);
}

async function watchWork(
  work: () => unknown,
  options: LagOptions,
): Promise<ShownLag> {
  const works: KnownWork[] = [];
  await using watch = startWatch(options, works);
  // Work that holds the loop at once must not do so before the timer is set.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const startMs = systemClock.now();
  await work();
  const endMs = systemClock.now();
  works.push({ name: work.name || "the function", startMs, endMs });
  return await watch.stop();
}

async function watchCode(options: PythonLagOptions): Promise<ShownLag> {
  const { watchPython } = await import("./python.ts");
  return show(await watchPython(options));
}

async function watchFor(ms: number, options: LagOptions): Promise<ShownLag> {
  await using watch = startWatch(options, []);
  await sleep(ms, options.signal);
  return await watch.stop();
}

function startWatch(
  { title = "Event loop lag", signal }: LagOptions,
  works: readonly KnownWork[],
): LagWatch {
  const stamp = startStamp();
  const watch = watchLoop();
  const end = () => void watch.stop();
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end, { once: true });
  let report: Promise<ShownLag> | null = null;
  const stop = () => {
    signal?.removeEventListener("abort", end);
    const seen = watch.stop();
    report ??= (async () => {
      // Loaded after watching, so that loading is no part of what was seen.
      const { describeWatch } = await import("./engine.ts");
      const facts = { title, works, stamp: await stamp };
      return show(await describeWatch(seen, facts));
    })();
    return report;
  };
  return {
    stop,
    [Symbol.asyncDispose]: async () => void await stop(),
  };
}

function show(report: LagReport): ShownLag {
  return addDisplay(report, async (found) => {
    const { lagFigure } = await import("./figure.ts");
    return lagFigure(found);
  });
}

const CALL = {
  purpose: "watch event loop",
  example: "lag(1000), or lag(work)",
};
const OPTIONS: Checks<LagOptions> = { title: text, signal };
const PYTHON: Checks<PythonLagOptions> = {
  ...OPTIONS,
  python: checkName,
  session: () => {},
  timeoutMs: maxMs,
};
