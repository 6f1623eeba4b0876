/**
 * What `load()` does, loaded when it is first called.
 *
 * What it is called with is described in `load.ts`.
 * @module
 */

import { startStamp } from "../../base/stamp/mod.ts";
import {
  checkChoice,
  checkFlag,
  checkFunction,
  checkList,
  checkNumber,
  checkOptions,
  checkText,
  checkWhole,
  systemClock,
} from "../../base/mod.ts";
import { checkCall } from "../call.ts";
import { checkTiming } from "../round_checks.ts";
import { finish } from "../scaffold.ts";
import { planArrivals } from "./arrivals.ts";
import { describeLoad } from "./findings.ts";
import { describePoint } from "./numbers.ts";
import type { LoadPoint, LoadReport } from "./result.ts";
import {
  sendClosed,
  type SendNotes,
  sendOpen,
  type SendRequest,
  type SendTools,
} from "./send.ts";
import { waitUntil } from "./wait.ts";
import type { LoadOptions } from "./load.ts";

/** Sends requests at each rate, and measures; see `load()`. */
export async function measureLoad(
  fn: () => unknown,
  options: LoadOptions,
): Promise<LoadReport> {
  checkCall(CALL, options?.signal, () => {
    checkFunction([WHAT, "fn"], fn);
    checkLoadOptions(options);
    readOptions(fn, options);
  });
  const plan = readOptions(fn, options);
  const { rates, durationMs, arrivals, seed, title } = plan;
  const tools = { clock: systemClock, waitUntil };
  const endMs = systemClock.now() + plan.maxMs;
  const start = await startStamp();
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
  let firstFailure: string | null = null;
  for (const ratePerS of rates) {
    const due = planArrivals({ ratePerS, durationMs, arrivals, seed });
    const describe = (sent: SendNotes, from: "due" | "sent") => {
      const hasFailed = sent.notes.some(({ failed }) => failed);
      if (hasFailed) firstFailure ??= String(sent.firstFailure);
      const planned = due.length;
      return describePoint(sent, { ratePerS, durationMs, planned, from });
    };
    open.push(describe(await send(sendOpen, due), "due"));
    if (!plan.closed) continue;
    closed.push(describe(await send(sendClosed, due), "sent"));
  }
  return await finish({
    ...{ type: "load" as const, title, arrivals, durationMs, open, closed },
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
  const most = Math.max(...plan.rates) * plan.durationMs / 1000;
  if (most > MAX_REQUESTS) {
    throw new RangeError(
      `Cannot load "${title}": rate and durationMs ask for ${most} requests, ` +
        `expected ${MAX_REQUESTS} at most`,
    );
  }
  return plan;
}

function checkLoadOptions(options: LoadOptions): void {
  checkOptions(WHAT, options, NAMES);
  const { rate = 1, rates = [], title = "" } = options;
  checkNumber([WHAT, "rate"], rate, { above: 0 });
  checkList([WHAT, "rates"], rates, "numbers");
  rates.forEach((one, i) =>
    checkNumber([WHAT, `rates[${i}]`], one, { above: 0 })
  );
  const { durationMs = 1, maxInFlight = 1, closed = false } = options;
  checkNumber([WHAT, "durationMs"], durationMs, { above: 0 });
  checkWhole([WHAT, "maxInFlight"], maxInFlight, { least: 1 });
  checkFlag([WHAT, "closed"], closed);
  const { arrivals = "poisson" } = options;
  checkChoice([WHAT, "arrivals"], arrivals, ["poisson", "even"]);
  checkText([WHAT, "title"], title);
  checkTiming(WHAT, options);
}

const WHAT = "load";
const CALL = {
  purpose: WHAT,
  example: "load(answer, 100), or load(answer, { rates: [10, 100] })",
};
const NAMES = [
  "rate",
  "rates",
  "durationMs",
  "arrivals",
  "closed",
  "maxInFlight",
  "maxMs",
  "signal",
  "title",
  "seed",
];
const WARM_UP_CALLS = 5;
// All are planned beforehand: more would fill the memory.
const MAX_REQUESTS = 10_000_000;
