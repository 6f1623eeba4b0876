/**
 * How much the kernel and its session use of the machine, from `/proc` where
 * there is one.
 * @module
 */

/** Figures of a `usage_reply`. Units: bytes; per cent of one core. */
export interface Usage {
  /** Name of the machine. */
  readonly hostname: string;
  /** Process id of the kernel. */
  readonly pid: number;
  /** Memory of kernel and session, as far as it can be read. */
  readonly kernel_memory: number;
  /** Memory of the whole machine, and what is available of it. */
  readonly host_virtual_memory: {
    readonly total: number;
    readonly available: number;
  };
}

/**
 * Measures.
 *
 * @param pids The processes that count as the kernel.
 */
export async function measureUsage(pids: readonly number[]): Promise<Usage> {
  const sizes = await Promise.all(pids.map(readResidentBytes));
  const { total, available } = Deno.systemMemoryInfo();
  return {
    hostname: Deno.hostname(),
    pid: Deno.pid,
    kernel_memory: sizes.reduce((sum, size) => sum + size, 0),
    host_virtual_memory: { total, available },
  };
}

async function readResidentBytes(pid: number): Promise<number> {
  if (pid === Deno.pid) return Deno.memoryUsage().rss;
  const status = await Deno.readTextFile(`/proc/${pid}/status`)
    .catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
