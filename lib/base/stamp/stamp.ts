/**
 * The honesty stamp: on what machine, and beside what else, something was measured.
 *
 * Reads `/proc` and `/sys` where the system and the permissions allow it; each
 * figure that cannot be had becomes a sentence. What the stamp looks like is in
 * `lib/base/record/comparison.ts`; the parsing of `/proc` is in `proc.ts`.
 * @module
 */

import type { HonestyStamp } from "./honesty.ts";
import { nodeStandIn, system } from "../../platform/mod.ts";
import { isTaken, MAX_OTHER_SHARE } from "./noise.ts";
import {
  lookForOthers,
  type OwnLoad,
  type OwnReading,
  readOwnLoad,
  subtractLoad,
} from "./own_load.ts";
import {
  countCores,
  otherCpuShare,
  parseQuotaV1,
  parseQuotaV2,
  sumOwnTicks,
  sumSystemTicks,
  type SystemTicks,
} from "./proc.ts";

/** What is known of the machine when measuring begins; see {@link finishStamp}. */
export interface StampStart {
  /** Processor time spent so far, or the sentence that says why it is unknown. */
  readonly cpu: CpuReading | string;
  /**
   * The same when measuring was over.
   *
   * @default when the stamp is finished
   */
  readonly endCpu?: CpuReading | string;
  /** What this process had of the cores so far; absent or `null` if unknown. */
  readonly own?: OwnReading | null;
  /** The same when measuring was over; see `endCpu`. */
  readonly endOwn?: OwnReading | null;
}

/** What the stamp takes from the measurement itself. */
export interface StampOptions {
  /** Timed rounds of each model. */
  readonly samples: number;
  /** Widest spread of a model: distance of the quartiles divided by the median. */
  readonly spread: number;
  /** Samples in the order taken, of each thing measured, what others are compared with first. */
  readonly series?: readonly (readonly number[])[];
  /**
   * What this process had of the cores while its threads were known.
   *
   * @default since the stamp was begun
   */
  readonly own?: OwnLoad | null;
  /** How many threads of its own computed at once then; absent if unknown. */
  readonly threads?: number;
  /**
   * Whether this thread may compute for 40 ms to look for others, where it was
   * taken off its core and the system does not tell by whom.
   *
   * @default true
   */
  readonly mayLook?: boolean;
}

export interface CpuReading {
  readonly system: SystemTicks;
  /** Of this process and its ended children. */
  readonly ownTicks: number;
  /**
   * How many cores the machine has, whether or not we may use them.
   *
   * @default 1
   */
  readonly cores?: number;
}

/** Begins a stamp: takes the readings that are compared with the end. */
export async function startStamp(): Promise<StampStart> {
  return { cpu: await readCpu(), own: await readOwnLoad() };
}

/** Finishes a stamp after measuring. It never asks for a permission. */
export async function finishStamp(
  start: StampStart,
  options: StampOptions,
): Promise<HonestyStamp> {
  const missing: string[] = [];
  const share = compareCpu(start.cpu, start.endCpu ?? await readCpu());
  const quota = await readQuota();
  missing.push(...joinReasons(share, quota));
  const otherShare = typeof share === "string" ? null : share;
  const { build, version } = system();
  const node = nodeStandIn();
  const cores = navigator.hardwareConcurrency;
  const quotaCores = typeof quota === "string" ? null : quota;
  const whole = subtractLoad(
    start.own ?? null,
    start.endOwn ?? await readOwnLoad(),
  );
  const signs = {
    otherShare,
    own: options.own === undefined ? whole : options.own,
    threads: options.threads ?? null,
    cores: Math.max(1, Math.floor(Math.min(cores, quotaCores ?? cores))),
    spread: options.spread,
    series: options.series ?? [],
    othersNow: null,
  };
  const { listNoise } = await import("./signs.ts");
  let noise = listNoise(signs);
  if ((options.mayLook ?? true) && noise.some(isTaken)) {
    noise = listNoise({ ...signs, othersNow: await lookForOthers() });
  }
  return {
    cores,
    quotaCores,
    otherCpuShare: otherShare,
    ownCores: whole === null || whole.wallMs <= 0
      ? null
      : whole.cpuMs / whole.wallMs,
    missing,
    samples: options.samples,
    os: build.os,
    arch: build.arch,
    deno: version.deno,
    ...(node === null ? {} : { node: node.version }),
    v8: version.v8,
    noise,
    noisy: noise.length > 0,
  };
}

/** Says once what is missing twice for one reason. */
export function joinReasons(
  share: number | string,
  quota: number | null | string,
): readonly string[] {
  const reasons = [share, quota].filter((one) => typeof one === "string");
  return reasons.length === 2 && reasons.every((one) => one.endsWith(HOW))
    ? [`What other programs used, and a limit on cores, ${ALL_MISSING}${HOW}`]
    : reasons;
}

/** Tells how much others have used of the machine since a stamp was begun. */
export async function readOtherShare(
  start: StampStart,
): Promise<
  { readonly otherShare: number | null; readonly ended: StampStart }
> {
  const endCpu = await readCpu();
  const share = compareCpu(start.cpu, endCpu);
  return {
    otherShare: typeof share === "string" ? null : share,
    ended: { ...start, endCpu, endOwn: await readOwnLoad() },
  };
}

/** Tells whether others used so much that figures are doubtful. */
export function isDisturbed(otherShare: number | null): boolean {
  return (otherShare ?? 0) > MAX_OTHER_SHARE;
}

function compareCpu(
  start: CpuReading | string,
  end: CpuReading | string,
): number | string {
  if (typeof start === "string") return start;
  if (typeof end === "string") return end;
  const systemTicks = end.system.allTicks - start.system.allTicks;
  if (systemTicks < MIN_CORE_TICKS * (end.cores ?? 1)) {
    return "What other programs used is missing: measuring took less than 0.2 s, " +
      "and the system counts in steps of 10 ms; measure longer jobs or more samples";
  }
  return otherCpuShare(start.system, end.system, end.ownTicks - start.ownTicks);
}

async function readCpu(): Promise<CpuReading | string> {
  const system = await readSystemFile("/proc/stat");
  const own = await readSystemFile("/proc/self/stat");
  if (system.type === "text" && own.type === "text") {
    return {
      system: sumSystemTicks(system.text),
      ownTicks: sumOwnTicks(own.text),
      cores: countCores(system.text),
    };
  }
  const reason = system.type === "unreadable" ? system.reason : UNREADABLE;
  return `What other programs used is missing: /proc/stat ${reason}`;
}

async function readQuota(): Promise<number | null | string> {
  if (system().build.os !== "linux") return null;
  const version2 = await readSystemFile("/sys/fs/cgroup/cpu.max");
  if (version2.type === "text") return parseQuotaV2(version2.text);
  const quota = await readSystemFile("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
  const period = await readSystemFile("/sys/fs/cgroup/cpu/cpu.cfs_period_us");
  if (quota.type === "text" && period.type === "text") {
    return parseQuotaV1(quota.text, period.text);
  }
  // No such file: the system has no control groups, so nothing limits us.
  if (version2.reason === ABSENT) return null;
  return `A limit on cores, if there is one, is missing: /sys/fs/cgroup ${version2.reason}`;
}

type SystemFile =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "unreadable"; readonly reason: string };

async function readSystemFile(path: string): Promise<SystemFile> {
  const { build, errors, permissions, readTextFile } = system();
  if (build.os !== "linux") {
    return {
      type: "unreadable",
      reason: `is found on Linux only, this is ${build.os}`,
    };
  }
  // Asked first: reading without permission would stop and prompt the user.
  const { state } = await permissions.query({ name: "read", path });
  if (state !== "granted") return { type: "unreadable", reason: UNREADABLE };
  try {
    return { type: "text", text: await readTextFile(path) };
  } catch (error) {
    const isAbsent = error instanceof errors.NotFound;
    return { type: "unreadable", reason: isAbsent ? ABSENT : UNREADABLE };
  }
}

// 0.2 s: one tick more or less is then a twentieth of a core.
const MIN_CORE_TICKS = 20;
const ABSENT = "is absent";
const HOW = "readable only with all permissions; " +
  "run with `skein run --allow-all` to see them";
const UNREADABLE = `is ${HOW}`;
const ALL_MISSING = "are missing: /proc/stat and /sys/fs/cgroup are ";
