/**
 * What `load()` does, loaded when it is first called.
 *
 * What it is called with is described in `load.ts`.
 * @module
 */

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
import type { LoadOptions } from "./load.ts";

/**
 * Sends requests at each rate, and measures; see `load()`.
 *
 * @param fn Answers one request; called without arguments.
 * @param options Rates and times.
 * @returns All that was measured.
 */
export async function measureLoad(
  fn: () => unknown,
  options: LoadOptions,
): Promise<LoadReport> {
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
  return { ...found, findings: describeLoad(found) };
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
