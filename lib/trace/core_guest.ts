/**
 * What the sampler does inside its Worker: reads what Linux tells of threads,
 * until it is told to stop.
 *
 * Shipped by its own text, so it uses nothing from outside but globals. It
 * sleeps in `Atomics.wait()`, which a bit of shared memory ends. It is started
 * by `core_sampler.ts`; what its numbers mean is worked out in `core_samples.ts`.
 * @module
 */

export interface SamplerSettings {
  readonly pid: number;
  /** Pause between two readings. Units: milliseconds. */
  readonly sampleMs: number;
  /** It stops by itself after so long. Units: milliseconds. */
  readonly maxMs: number;
  /** Two 32-bit integers: not 0 in the first ends it, in the second it looks for new threads. */
  readonly orders: SharedArrayBuffer;
}

export interface SeenThread {
  readonly tid: number;
  readonly pid: number;
  /** The system's name of it, at most 15 characters. */
  readonly name: string;
}

export interface Samples {
  /** Moments of the readings. Units: milliseconds since 1970, as `timeOrigin + now()`. */
  readonly ticksMs: Float64Array;
  /** Threads; records name them by their index here. */
  readonly threads: readonly SeenThread[];
  /**
   * Five numbers for each thread and reading in which something changed: index
   * of the reading, index of the thread, core, nanoseconds on a core and
   * nanoseconds ready for one, both since the reading before.
   */
  readonly records: Float64Array;
  /** The sampler's own thread. */
  readonly ownTid: number;
}

/**
 * Reads until it is stopped.
 *
 * Source: proc_pid_stat(5), fields 3 and 39; kernel documentation,
 * "Scheduler Statistics", `/proc/<pid>/schedstat`.
 */
export function sampleThreads(settings: SamplerSettings): Samples {
  interface Watched {
    readonly index: number;
    readonly schedstat: Deno.FsFile;
    readonly stat: Deno.FsFile;
    runNs: number;
    waitNs: number;
    quiet: number;
    isGone: boolean;
  }
  const orders = new Int32Array(settings.orders);
  const buffer = new Uint8Array(1024);
  const threads: SeenThread[] = [];
  const watched = new Map<number, Watched>();
  const ticksMs: number[] = [];
  const records: number[] = [];
  const ownTid = Number(
    Deno.readLinkSync("/proc/thread-self").split("/").at(-1),
  );
  // A quiet thread is read less often: what it does then is drawn all the same,
  // as the system tells how long it ran since.
  const quietAfter = 5;
  const quietTicks = 4;
  // Listing is what costs most; of most new threads the main thread tells at once.
  const ticksPerList = Math.max(1, Math.round(50 / settings.sampleMs));
  const nowMs = () => performance.timeOrigin + performance.now();
  const endMs = nowMs() + settings.maxMs;

  function readNumbers(at: number, count: number): number[] {
    const numbers: number[] = [];
    let number = 0;
    for (let i = at; numbers.length < count && i < buffer.length; i++) {
      const digit = buffer[i]! - 48;
      if (digit >= 0 && digit <= 9) number = number * 10 + digit;
      else {
        numbers.push(number);
        number = 0;
      }
    }
    return numbers;
  }

  function read(file: Deno.FsFile): number {
    file.seekSync(0, 0);
    return file.readSync(buffer) ?? 0;
  }

  /** Field 39: the 37th after the name, which is in parentheses. */
  function readCore(file: Deno.FsFile): number {
    const length = read(file);
    let at = buffer.lastIndexOf(41, length - 1) + 2;
    for (let field = 3; field < 39; field++) at = buffer.indexOf(32, at) + 1;
    return readNumbers(at, 1)[0] ?? 0;
  }

  function listThreads(pid: number): void {
    let names: string[];
    try {
      names = [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) =>
        name
      );
    } catch {
      // The process has ended meanwhile; what it did is recorded already.
      return;
    }
    for (const name of names) {
      const folder = `/proc/${pid}/task/${name}`;
      try {
        if (!watched.has(Number(name))) watch(pid, Number(name), folder);
        if (!mayStart(Number(name))) continue;
        const children = Deno.readTextFileSync(`${folder}/children`);
        for (const child of children.split(" ")) {
          if (Number(child) > 0) listThreads(Number(child));
        }
      } catch {
        // A thread may end between being listed and being read.
      }
    }
  }

  /** The engine's helper threads start no processes; each file not read is time. */
  function mayStart(tid: number): boolean {
    const index = watched.get(tid)?.index;
    const name = index === undefined ? "" : threads[index]!.name;
    return tid !== ownTid && !/^(V8 |tokio-)/.test(name);
  }

  function watch(pid: number, tid: number, folder: string): void {
    const name = Deno.readTextFileSync(`${folder}/comm`).trim();
    const schedstat = Deno.openSync(`${folder}/schedstat`);
    const stat = Deno.openSync(`${folder}/stat`);
    const index = threads.push({ tid, pid, name }) - 1;
    read(schedstat);
    // What a thread did before the first reading is nobody's; that of a thread
    // which came later is drawn back to where it began.
    const isNew = ticksMs.length > 0;
    const [runNs = 0, waitNs = 0] = isNew ? [] : readNumbers(0, 2);
    const state = { runNs, waitNs, quiet: 0, isGone: false };
    watched.set(tid, { index, schedstat, stat, ...state });
  }

  function takeReading(tick: number, isLast: boolean): void {
    for (const thread of watched.values()) {
      if (thread.isGone) continue;
      const isQuiet = thread.quiet > quietAfter;
      const isLeftOut = isQuiet && !isLast &&
        (tick + thread.index) % quietTicks !== 0;
      if (isLeftOut) continue;
      thread.quiet++;
      try {
        read(thread.schedstat);
        const [runNs = 0, waitNs = 0] = readNumbers(0, 2);
        if (runNs === thread.runNs && waitNs === thread.waitNs) continue;
        thread.quiet = 0;
        const core = readCore(thread.stat);
        records.push(tick, thread.index, core);
        records.push(runNs - thread.runNs, waitNs - thread.waitNs);
        thread.runNs = runNs;
        thread.waitNs = waitNs;
      } catch {
        // The thread has ended: its files stay open, but cannot be read any more.
        thread.isGone = true;
        thread.schedstat.close();
        thread.stat.close();
      }
    }
  }

  for (let tick = 0; nowMs() < endMs; tick++) {
    const isToldOf = Atomics.exchange(orders, 1, 0) !== 0;
    if (isToldOf || tick % ticksPerList === 0) listThreads(settings.pid);
    ticksMs.push(nowMs());
    const isLast = Atomics.load(orders, 0) !== 0;
    takeReading(tick, isLast);
    if (isLast) break;
    Atomics.wait(orders, 0, 0, settings.sampleMs);
  }
  for (const { isGone, schedstat, stat } of watched.values()) {
    if (isGone) continue;
    schedstat.close();
    stat.close();
  }
  return {
    ticksMs: Float64Array.from(ticksMs),
    threads,
    records: Float64Array.from(records),
    ownTid,
  };
}
