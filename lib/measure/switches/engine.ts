/**
 * What `switches()` does, loaded when it is first called.
 *
 * What it is called with is described in `switches.ts`.
 * @module
 */
import { startStamp } from "../../base/stamp/mod.ts";
import { checkCall, text } from "../options.ts";
import { finish } from "../scaffold.ts";
import { checkFunction, systemClock } from "../../base/mod.ts";
import {
  countSwitches,
  findSwitchSource,
  type SwitchSource,
  type ThreadReading,
} from "./counts.ts";
import { describeSwitches } from "./findings.ts";
import type {
  SwitchesOptions,
  SwitchesReport,
  ThreadSwitches,
} from "./switches.ts";

export async function measureSwitches(
  work: () => unknown,
  options: SwitchesOptions = {},
): Promise<SwitchesReport> {
  checkCall(
    CALL,
    options,
    { title: text },
    () => checkFunction([CALL.purpose, "work"], work),
  );
  const { title = work.name || "Context switches" } = options;
  const source = await findSwitchSource();
  const start = await startStamp();
  const startMs = systemClock.now();
  const threads = await countThreads(work, source);
  return await finish({
    type: "switches" as const,
    title,
    durationMs: systemClock.now() - startMs,
    threads,
    missing: source.missing,
  }, {
    start,
    options: { samples: 1, spread: 0 },
    describe: describeSwitches,
  });
}

async function countThreads(
  work: () => unknown,
  { read, mainTid }: SwitchSource,
): Promise<readonly ThreadSwitches[]> {
  const before = read();
  const latest = new Map<number, ThreadReading>();
  const look = () => {
    const readings = read();
    for (const reading of readings) latest.set(reading.tid, reading);
    return readings;
  };
  // A Worker that ends meanwhile takes its counts along: look now and then.
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const alive = new Set(look().map(({ tid }) => tid));
  const readings = [...latest.values()];
  return countSwitches({ before, latest: readings, alive, mainTid });
}

const CALL = { purpose: "count switches", example: "switches(work)" };
// A look costs about 0.1 ms a thread: one part in a hundred at ten threads.
const LOOK_EVERY_MS = 100;
