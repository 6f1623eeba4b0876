/**
 * `load`: how long answers take when requests come at a given rate.
 *
 * Joins the sending of `load_send.ts` with the numbers of `load_numbers.ts`;
 * the picture in `lib/plot/load.ts` is loaded when it is first shown.
 * @module
 */

import { DISPLAY, type Displayable, makeDisplayable } from "../display.ts";
import { systemClock } from "../time/clock.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import { planArrivals } from "./load_arrivals.ts";
import { describeLoad } from "./load_findings.ts";
import { describePoint } from "./load_numbers.ts";
import type { LoadPoint, LoadReport } from "./load_report.ts";
import {
  sendClosed,
  type SendNotes,
  sendOpen,
  type SendRequest,
  type SendTools,
} from "./load_send.ts";
import { waitUntil } from "./load_wait.ts";

/** How a function is loaded. */
export interface LoadOptions {
  /** Requests each second. Give this or `rates`. */
  readonly rate?: number;
  /** Several rates, one after another, for the curve of wait over load. */
  readonly rates?: readonly number[];
  /**
   * How long requests arrive at each rate, milliseconds. Answers are then
   * waited for up to twice as long.
   * @default 2000
   */
  readonly durationMs?: number;
  /**
   * Whether requests come independently of one another, or at equal distances.
   * @default "poisson"
   */
  readonly arrivals?: "poisson" | "even";
  /**
   * Whether the same function is also loaded by a closed loop, which sends each
   * request only after the answer to the one before.
   * @default false
   */
  readonly closed?: boolean;
  /**
   * How many requests may be under way; those that come on top are dropped and counted.
   * @default 1000
   */
  readonly maxInFlight?: number;
  /**
   * How long all of it may take, milliseconds; what is sent by then counts.
   * @default 60000
   */
  readonly maxMs?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Heading of figures. @default the name of the function */
  readonly title?: string;
  /**
   * Decides when requests come.
   * @default 1
   */
  readonly seed?: number;
}

/** A report that a notebook shows as a figure. */
export type ShownLoad = LoadReport & Displayable;

/**
 * Sends requests to a function at given rates, and measures how long answers
 * take from the moment each request was due.
 *
 * Requests come whether or not those before them are answered (an open loop),
 * so a function that stalls is seen to keep waiting all who come meanwhile. It
 * runs on this thread: what it computes itself delays the next request, and
 * that delay counts as it does for a server with one thread.
 *
 * Units: milliseconds; requests each second.
 *
 * @example Answers after a millisecond
 * ```ts
 * import assert from "node:assert/strict";
 * const answer = () => new Promise((resolve) => setTimeout(resolve, 1));
 * const { open } = await load(answer, { rate: 100, durationMs: 100 });
 * assert.ok(open[0]!.answered > 0);
 * ```
 *
 * @param fn Answers one request; called without arguments, a promise is awaited.
 * @param options Rates and times.
 * @returns Latencies at each rate; as a cell's value it is a figure.
 * @throws {RangeError} If a rate or time is not above 0.
 */
export async function load(
  fn: () => unknown,
  options: LoadOptions,
): Promise<ShownLoad> {
  const plan = readOptions(fn, options);
  const { rates, durationMs, arrivals, seed, title } = plan;
  const tools = { clock: systemClock, waitUntil };
  const endMs = systemClock.now() + plan.maxMs;
  const stampStart = await startStamp();
  const send = async (way: Way, due: readonly number[]) =>
    await way({
      plan: due,
      send: fn,
      mostInFlight: plan.maxInFlight,
      endMs: Math.min(endMs, systemClock.now() + 3 * durationMs),
      signal: plan.signal,
    }, tools);

  // Not counted: compiles the function, opens its connections.
  await send(sendClosed, Array<number>(WARM_UP_CALLS).fill(0));
  const open: LoadPoint[] = [];
  const closed: LoadPoint[] = [];
  const failures: unknown[] = [];
  for (const ratePerS of rates) {
    const due = planArrivals({ ratePerS, durationMs, arrivals, seed });
    const describe = (sent: SendNotes, from: "due" | "sent") => {
      if (sent.notes.some(({ failed }) => failed)) {
        failures.push(sent.firstFailure);
      }
      return describePoint(sent, {
        ratePerS,
        durationMs,
        planned: due.length,
        from,
      });
    };
    open.push(describe(await send(sendOpen, due), "due"));
    if (!plan.closed) continue;
    closed.push(describe(await send(sendClosed, due), "sent"));
  }
  const found = {
    title,
    arrivals,
    durationMs,
    open,
    closed,
    firstFailure: failures.length === 0 ? null : String(failures[0]),
    stamp: await finishStamp(stampStart, {
      samples: open.reduce((sum, { answered }) => sum + answered, 0),
      spread: 0,
    }),
  };
  const report: LoadReport = { ...found, findings: describeLoad(found) };
  const shown = makeDisplayable(async () => {
    const { showLoad } = await import("../plot/load.ts");
    return await showLoad(report)[DISPLAY]();
  });
  return Object.defineProperty({ ...report }, DISPLAY, {
    value: shown[DISPLAY],
  }) as ShownLoad;
}

type Way = (request: SendRequest, tools: SendTools) => Promise<SendNotes>;

function readOptions(fn: () => unknown, options: LoadOptions) {
  const title = options.title ?? (fn.name || "Latency under load");
  const asked = options.rates ??
    (options.rate === undefined ? [] : [options.rate]);
  const plan = {
    title,
    rates: asked.toSorted((one, other) => one - other),
    durationMs: options.durationMs ?? 2000,
    arrivals: options.arrivals ?? "poisson",
    closed: options.closed ?? false,
    maxInFlight: options.maxInFlight ?? 1000,
    maxMs: options.maxMs ?? 60_000,
    signal: options.signal ?? new AbortController().signal,
    seed: options.seed ?? 1,
  };
  if (plan.rates.length === 0) {
    throw new RangeError(
      `Cannot load "${title}": there is no rate, expected \`rate\` or \`rates\``,
    );
  }
  const amounts = [
    ["durationMs", plan.durationMs],
    ["maxInFlight", plan.maxInFlight],
    ["maxMs", plan.maxMs],
    ...plan.rates.map((rate) => ["rate", rate] as const),
  ] as const;
  for (const [name, amount] of amounts) {
    if (!(amount > 0 && Number.isFinite(amount))) {
      throw new RangeError(
        `Cannot load "${title}": ${name} is ${amount}, expected above 0`,
      );
    }
  }
  return plan;
}

const WARM_UP_CALLS = 5;
