/**
 * How long the main thread and the whole process were on cores: Deno and Node
 * tell it without a permission.
 * @module
 */
import { getBuiltin } from "../platform/host.ts";
import { CPU_STEP_MS, type Stretch, type Tap } from "../base/record/mod.ts";
import { type CpuTimes, readCpuTimes } from "./cpu_guest.ts";

/** Reads how long this thread and the whole process were on cores so far. */
export function readCpu(): CpuTimes {
  return readCpuTimes(getBuiltin("node:process"));
}

/** Tells the tap of the main thread; gives the time of the whole process, `null` if unknown. */
export function tellCpu(
  tap: Tap,
  start: CpuTimes,
  { startMs, endMs }: Stretch,
): number | null {
  const { threadMs, processMs } = readCpu();
  if (threadMs !== null && start.threadMs !== null) {
    const cpuMs = threadMs - start.threadMs;
    const errorMs = CPU_STEP_MS;
    tap.cpu?.({ lane: "main", startMs, endMs, cpuMs, errorMs });
  }
  return processMs === null || start.processMs === null
    ? null
    : processMs - start.processMs;
}
