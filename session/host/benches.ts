/**
 * `Deno.bench` in cells: runs each benchmark for a moment and writes a table.
 *
 * Each call is a sample of its own, so what takes less than a microsecond is
 * mostly the clock: `measure` of the helper library is made for that. What a
 * function prints is shown once, not thousands of times.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";
import { reportError } from "./errors.ts";
import type { WriteStream } from "./frames.ts";
import {
  append,
  apply,
  ceil,
  floor,
  max,
  min,
  now,
  own,
  sortList,
  toNumber,
} from "./intrinsics.ts";
import type { Definition } from "./test_definitions.ts";

/** What running benchmarks needs. */
export interface BenchOptions {
  /** Where the table goes. */
  readonly write: WriteStream;
  /** Takes each that failed, and what went wrong in it. */
  readonly fail: (name: string, reports: readonly ErrorReport[]) => void;
  /** Hides what is printed, or shows it again. */
  readonly mute: (isOn: boolean) => void;
}

/**
 * Runs benchmarks one after another.
 *
 * @param benches The benchmarks.
 * @param options Where to tell what.
 */
export async function runBenches(
  benches: readonly Definition[],
  { write, fail, mute }: BenchOptions,
): Promise<void> {
  let isOnly = false;
  for (let i = 0; i < benches.length; i++) {
    if (benches[i]!.options.only) isOnly = true;
  }
  const rows: Row[] = [];
  for (let i = 0; i < benches.length; i++) {
    const { name, fn, options } = benches[i]!;
    if (options.ignore || isOnly && !options.only) continue;
    const times: number[] = [];
    try {
      await own(measure({ name, fn, options }, { times, mute }));
    } catch (error) {
      const report = reportError(error);
      fail(name, [{ ...report, name: `${name}: ${report.name}` }]);
      times.length = 0;
    } finally {
      mute(false);
    }
    append(rows, { name, times });
  }
  write("stdout", table(rows));
}

async function measure(
  { name, fn, options }: Definition,
  { times, mute }: { times: number[]; mute: BenchOptions["mute"] },
): Promise<void> {
  const call = async (): Promise<number> => {
    let endMs: number | null = null;
    let startMs = now();
    const context = {
      name,
      origin: import.meta.url,
      start: () => void (startMs = now()),
      end: () => void (endMs = now()),
    };
    startMs = now();
    const given = apply(fn, undefined, [context]);
    // Awaiting what is no promise would be measured as well.
    if (typeof given === "object" && given !== null) await given;
    return (endMs ?? now()) - startMs;
  };
  // Once with its output, which also tells how long it takes.
  const firstMs = await own(call());
  mute(true);
  const warmup = options.warmup === undefined
    ? min(20, ceil(WARMUP_MS / max(firstMs, 0.001)))
    : toNumber(options.warmup);
  for (let i = 0; i < warmup; i++) await own(call());
  const wanted = toNumber(options.n ?? 0) || 0;
  const startMs = now();
  const goesOn = () =>
    wanted > 0 ? times.length < wanted : times.length < MIN_CALLS ||
      now() - startMs < BUDGET_MS && times.length < MAX_CALLS;
  while (goesOn()) append(times, await own(call()));
}

interface Row {
  readonly name: string;
  /** How long each call took, in milliseconds; none when it failed. */
  readonly times: number[];
}

function table(rows: readonly Row[]): string {
  let width = "benchmark".length;
  for (let i = 0; i < rows.length; i++) {
    width = max(width, rows[i]!.name.length);
  }
  let text = `${fill("benchmark", width)}   ${fill("average", 10)}   ${
    fill("min", 10)
  }   ${fill("p75", 10)}   ${fill("max", 10)}   calls\n`;
  for (let i = 0; i < rows.length; i++) {
    const { name: plain, times } = rows[i]!;
    const name = fill(plain, width);
    if (times.length === 0) {
      text += `${name}   FAILED\n`;
      continue;
    }
    let sum = 0;
    for (let j = 0; j < times.length; j++) sum += times[j]!;
    const sorted = sortList(times, (a, b) => a - b);
    const at = (share: number) =>
      time(sorted[min(sorted.length - 1, floor(share * sorted.length))]!);
    text += `${name}   ${fill(time(sum / times.length), 10)}   ${
      fill(at(0), 10)
    }   ${fill(at(0.75), 10)}   ${fill(at(1), 10)}   ${times.length}\n`;
  }
  return text;
}

function time(ms: number): string {
  if (ms < 0.001) return `${digits(ms * 1e6)} ns`;
  if (ms < 1) return `${digits(ms * 1e3)} µs`;
  return ms < 1000 ? `${digits(ms)} ms` : `${digits(ms / 1e3)} s`;
}

function digits(value: number): string {
  return `${floor(value * 10) / 10}`;
}

function fill(text: string, width: number): string {
  let filled = text;
  while (filled.length < width) filled += " ";
  return filled;
}

const WARMUP_MS = 20;
const BUDGET_MS = 300;
const MIN_CALLS = 10;
const MAX_CALLS = 100_000;
