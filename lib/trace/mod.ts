/**
 * Recording: spans of one run, threads and their lanes, time on cores.
 *
 * What follows from a recording is in `facts/`, which has a door of its own;
 * `trace()` itself is in `lib/trace.ts`.
 * @module
 */
export {
  type CpuNote,
  type CpuTimes,
  readCpu,
  readCpuTimes,
  watchCpu,
} from "./cpu_guest.ts";
export { Recorder } from "./recorder.ts";
export {
  freeLane,
  laneOfThread,
  nameThread,
  readThreadId,
  takeLane,
  toLane,
} from "./thread_name.ts";
