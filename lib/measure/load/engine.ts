/**
 * What `load()` does, loaded when it is first called.
 *
 * What it is called with is described in `load.ts`.
 * @module
 */

import {
  checkFunction,
  checkNumber,
  type Place,
  systemClock,
} from "../../base/mod.ts";
import { startStamp } from "../../base/stamp/mod.ts";
import {
  checkCall,
  choice,
  maxMs,
  number,
  seed,
  signal,
  some,
  text,
  whole,
} from "../options.ts";
import { finish } from "../scaffold.ts";
import { waitUntil } from "../wait.ts";
import { describeLoad } from "./findings.ts";
import type { LoadOptions, LoadPoint, LoadReport } from "./load.ts";
import { describePoint } from "./numbers.ts";
import { planArrivals, sendRequests } from "./send.ts";

export async function measureLoad(
  fn: () => unknown,
  options: LoadOptions,
): Promise<LoadReport> {
  checkCall(
    CALL,
    options,
    { ...OPTIONS, durationMs: (at, ms) => checkDuration(at, ms, options) },
    () => checkFunction(["load", "fn"], fn),
  );
  options.signal?.throwIfAborted();
  const title = options.title ?? (fn.name || "Latency under load");
  const { durationMs = 2000, arrivals = "poisson", seed = 1 } = options;
  const { signal = new AbortController().signal } = options;
  const endMs = systemClock.now() + (options.maxMs ?? 60_000);
  const start = await startStamp();
  const send = (plan: readonly number[]) =>
    sendRequests({
      plan,
      send: fn,
      signal,
      mostInFlight: options.maxInFlight ?? 1000,
      endMs: Math.min(endMs, systemClock.now() + 3 * durationMs),
    }, { clock: systemClock, waitUntil });

  // Not counted: compiles the function, opens its connections.
  await send(Array<number>(WARM_UP_CALLS).fill(0));
  const open: LoadPoint[] = [];
  let firstFailure: string | null = null;
  const rates = ratesOf(options).toSorted((one, other) => one - other);
  for (const ratePerS of rates) {
    const plan = planArrivals({ ratePerS, durationMs, arrivals, seed });
    const sent = await send(plan);
    const hasFailed = sent.notes.some(({ failed }) => failed);
    if (hasFailed) firstFailure ??= String(sent.firstFailure);
    const { length: planned } = plan;
    open.push(describePoint(sent, { ratePerS, durationMs, planned }));
  }
  return await finish({
    ...{ type: "load" as const, title, arrivals, durationMs, open },
    firstFailure: firstFailure as string | null,
  }, {
    start,
    options: {
      samples: open.reduce((sum, { answered }) => sum + answered, 0),
      spread: 0,
    },
    describe: describeLoad,
  });
}

function ratesOf({ rate, rates }: LoadOptions): readonly number[] {
  return rates ?? (rate === undefined ? [] : [rate]);
}

/** How many requests there are: one at least, and no more than can be planned. */
function checkDuration(
  [purpose, field]: Place,
  durationMs: unknown,
  options: LoadOptions,
): void {
  number({ above: 0 })([purpose, field], durationMs);
  const rates = ratesOf(options);
  if (rates.length === 0) {
    throw new RangeError(
      `Cannot ${purpose}: there is no rate, expected \`rate\` or \`rates\``,
    );
  }
  const most = Math.max(...rates) * (options.durationMs ?? 2000) / 1000;
  if (most <= MAX_REQUESTS) return;
  throw new RangeError(
    `Cannot ${purpose}: rate and durationMs ask for ${most} requests, ` +
      `expected ${MAX_REQUESTS} at most`,
  );
}

const CALL = {
  purpose: "load",
  example: "load(answer, 100), or load(answer, { rates: [10, 100] })",
};
const OPTIONS = {
  rate: number({ above: 0 }),
  rates: some("numbers", (at, one) => checkNumber(at, one, { above: 0 })),
  arrivals: choice(["poisson", "even"]),
  maxInFlight: whole({ least: 1 }),
  maxMs,
  signal,
  title: text,
  seed,
};
const WARM_UP_CALLS = 5;
// All are planned beforehand: more would fill the memory.
const MAX_REQUESTS = 10_000_000;
