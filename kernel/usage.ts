/**
 * How much the kernel and its session use of the machine.
 *
 * The fields are those of ipykernel, which jupyter-resource-usage shows. Shares
 * of processor time are measured from one question to the next, from `/proc`;
 * where there is none, they are left out.
 * @module
 */

/** Figures of a `usage_reply`. Units: bytes; per cent, 100 being one core. */
export interface Usage {
  /** Name of the machine. */
  readonly hostname: string;
  /** Process id of the kernel. */
  readonly pid: number;
  /** Processor time of all its processes since the last question; 0 in the first. */
  readonly kernel_cpu?: number;
  /** Memory of all its processes, as far as it can be read. */
  readonly kernel_memory: number;
  /** How many cores there are. */
  readonly cpu_count: number;
  /** Share of all cores that was busy since the last question; 0 in the first. */
  readonly host_cpu_percent?: number;
  /** Memory of the whole machine. */
  readonly host_virtual_memory: {
    readonly total: number;
    readonly available: number;
    readonly percent: number;
    readonly used: number;
    readonly free: number;
    readonly buffers: number;
    readonly cached?: number;
  };
}

/** Processor time until a moment. Units: ticks of the system's clock. */
interface Times {
  /** Of all cores together, idle or not. */
  readonly all: number;
  /** Of all cores, not idle. */
  readonly busy: number;
  /** Of the kernel's processes, by id. */
  readonly own: ReadonlyMap<number, number>;
}

/** Measures again and again. */
export class UsageMeter {
  #last: Times | null = null;

  /**
   * Measures.
   *
   * @param pids The processes that count as the kernel.
   */
  async measure(pids: readonly number[]): Promise<Usage> {
    const sizes = await Promise.all(pids.map(readResidentBytes));
    const times = await readTimes(pids);
    const shares = times === null ? {} : compareTimes(this.#last, times);
    this.#last = times;
    return {
      hostname: Deno.hostname(),
      pid: Deno.pid,
      kernel_memory: sizes.reduce((sum, size) => sum + size, 0),
      cpu_count: CORES,
      ...shares,
      host_virtual_memory: readMemory(),
    };
  }
}

/**
 * Finds the shares of processor time between two moments.
 *
 * @param before The moment before; `null` when there was none.
 * @param now This moment.
 */
export function compareTimes(
  before: Times | null,
  now: Times,
): { readonly kernel_cpu: number; readonly host_cpu_percent: number } {
  const all = now.all - (before?.all ?? now.all);
  if (before === null || all <= 0) {
    return { kernel_cpu: 0, host_cpu_percent: 0 };
  }
  // A process that is new since has used nothing of the time before.
  const own = [...now.own].reduce(
    (sum, [pid, ticks]) =>
      sum + Math.max(0, ticks - (before.own.get(pid) ?? 0)),
    0,
  );
  return {
    kernel_cpu: round(100 * CORES * own / all),
    host_cpu_percent: round(100 * (now.busy - before.busy) / all),
  };
}

/**
 * Reads the processor time of a machine.
 *
 * @param text What `/proc/stat` says.
 */
export function readMachine(
  text: string,
): { readonly all: number; readonly busy: number } {
  const numbers = /^cpu +(.*)$/m.exec(text)?.[1]?.split(" ").map(Number) ?? [];
  // Guests are counted as users already.
  const all = numbers.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  const [, , , idle = 0, wait = 0] = numbers;
  return { all, busy: all - idle - wait };
}

/**
 * Reads the processor time of a process.
 *
 * @param text What `/proc/PID/stat` says.
 */
export function readProcess(text: string): number {
  // The name, in brackets, may hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

async function readTimes(pids: readonly number[]): Promise<Times | null> {
  const machine = await readText("/proc/stat");
  if (machine === "") return null;
  const own = await Promise.all(pids.map(async (pid) => {
    const text = await readText(`/proc/${pid}/stat`);
    return [pid, text === "" ? 0 : readProcess(text)] as const;
  }));
  return { ...readMachine(machine), own: new Map(own) };
}

function readMemory(): Usage["host_virtual_memory"] {
  const { total, available, free, buffers, cached } = Deno.systemMemoryInfo();
  const percent = round(100 * (total - available) / total);
  return {
    total,
    available,
    percent,
    used: total - available,
    free,
    buffers,
    cached,
  };
}

async function readResidentBytes(pid: number): Promise<number> {
  if (pid === Deno.pid) return Deno.memoryUsage().rss;
  const status = await readText(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Gives nothing for a process that has ended, or where there is no `/proc`. */
async function readText(path: string): Promise<string> {
  return await Deno.readTextFile(path).catch(() => "");
}

function round(share: number): number {
  return Math.round(share * 10) / 10;
}

const CORES = navigator.hardwareConcurrency;
