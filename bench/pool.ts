/**
 * Times our thread pool beside raw messages and beside other libraries, pinned
 * to one core and not.
 *
 * Pinned, because waking a core that sleeps costs more than any library, and
 * how often that happens is luck.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";
import { OURS, RAW } from "./pool_arms.ts";
import {
  compareSeries,
  findMedian,
  type PoolSamples,
  type Ratio,
  type Series,
} from "./pool_samples.ts";

/** Measures, and prints tables; takes less than two minutes. */
export async function measurePools(): Promise<void> {
  for (const isPinned of Deno.build.os === "linux" ? [true, false] : [false]) {
    const where = isPinned ? "on one core" : "on all cores";
    const { trips, bursts } = await runPinned(isPinned);
    print(`One trivial task, there and back, ${where} (goal: ≤ 1.3×)`, trips);
    print(`100,000 trivial tasks at once, ${where}`, bursts);
  }
}

async function runPinned(isPinned: boolean): Promise<PoolSamples> {
  const script = fromFileUrl(import.meta.resolve("./pool_run.ts"));
  const command = [Deno.execPath(), "run", "-A", "--no-lock", script];
  if (isPinned) command.unshift("taskset", "-c", "0");
  const [program, ...args] = command;
  const { success, stdout } = await new Deno.Command(program!, {
    args,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure pools: the run has failed");
  // What libraries print comes before.
  const line = new TextDecoder().decode(stdout).trim().split("\n").at(-1);
  return JSON.parse(line!);
}

/** Prints a table; ratios are medians of rounds, with the least and the most of them. */
function print(title: string, all: readonly Series[]): void {
  const find = (wanted: string) => all.find(({ name }) => name === wanted)!;
  const [raw, ours] = [find(RAW), find(OURS)];
  const rows = [
    ["", "median", "to raw messages", "to our pool", ""],
    ...all.map((series) => {
      const times = series.times.flat();
      return [
        series.name,
        times.length === 0 ? "–" : toText(findMedian(times)),
        toWords(compareSeries(series, raw)),
        toWords(compareSeries(series, ours)),
        series.missing ?? series.remark,
      ];
    }),
  ];
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]!.length))
  );
  // deno-lint-ignore no-console -- Printing is what this file is for.
  const write = (text: string) => console.log(text.trimEnd());
  write(`\n${title}`);
  for (const row of rows) {
    write(
      row.map((text, column) =>
        column === 0
          ? text.padEnd(widths[column]!)
          : text.padStart(widths[column]!)
      ).join("  "),
    );
  }
  const libraries = all.filter(({ name }) => /\d$/.test(name));
  const ran = libraries.filter(({ missing }) => missing === null);
  const ahead = ran.filter((library) =>
    (compareSeries(library, ours)?.ratio ?? 0) > 1
  );
  write(
    `Our pool is ahead of ${ahead.length} of ${ran.length} libraries`,
  );
}

function toText(ms: number): string {
  return ms < 1 ? `${(1000 * ms).toFixed(1)} µs` : `${ms.toFixed(0)} ms`;
}

function toWords(ratio: Ratio | null): string {
  if (ratio === null) return "–";
  const { least, most } = ratio;
  const middle = `${ratio.ratio.toFixed(2)}×`;
  return `${middle} (${least.toFixed(2)} to ${most.toFixed(2)})`;
}

if (import.meta.main) await measurePools();
