/**
 * Times our thread pool beside raw messages and beside other libraries, pinned
 * to one core and not.
 *
 * Pinned, because waking a core that sleeps costs more than any library, and
 * how often that happens is luck: unpinned round trips say little.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";
import { printRows, summarize } from "./report.ts";

/** Measures, and prints tables: the first row of each is what the ratios are to. */
export async function measurePools(): Promise<void> {
  for (const isPinned of Deno.build.os === "linux" ? [true, false] : [false]) {
    const where = isPinned ? "on one core" : "on all cores";
    const { trips, bursts } = await runPinned(isPinned);
    print(`One trivial task, there and back, ${where}`, trips);
    print(`100,000 trivial tasks at once, ${where}`, bursts);
  }
}

interface Samples {
  readonly trips: Readonly<Record<string, readonly number[]>>;
  readonly bursts: Readonly<Record<string, readonly number[]>>;
}

async function runPinned(isPinned: boolean): Promise<Samples> {
  const script = fromFileUrl(import.meta.resolve("./pool_run.ts"));
  const command = [Deno.execPath(), "run", "-A", "--no-lock", script];
  if (isPinned) command.unshift("taskset", "-c", "0");
  const [program, ...args] = command;
  const { success, stdout } = await new Deno.Command(program!, {
    args,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure pools: the run has failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}

function print(
  title: string,
  samples: Readonly<Record<string, readonly number[]>>,
): void {
  const [first, ...others] = Object.entries(samples);
  const than = summarize(first![1]);
  // deno-lint-ignore no-console -- Printing is what this file is for.
  console.log(`\n${title}`);
  printRows([
    { name: first![0], summary: than },
    ...others.map(([name, times]) => ({
      name,
      summary: summarize(times),
      than,
    })),
  ]);
}

if (import.meta.main) await measurePools();
