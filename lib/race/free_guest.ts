/**
 * The inside of a Worker that runs a thread of a race freely: nobody says whose
 * turn it is, the machine decides.
 *
 * Shipped by its own text, so nothing from outside is used. Each step, and what
 * the thread works out from it, is done under one lock that all threads share: so
 * steps are whole, as in the search, and their order is that in which real
 * threads come. Locks and conditions of the program are kept in shared memory.
 * @module
 */
import type { openCells } from "./cells.ts";
import type { Note, Request, Steps } from "./operations.ts";

/** What free runs share, next to the cells. */
export interface FreeSetup {
  readonly state: SharedArrayBuffer;
  /** Names of locks and conditions, each with its holder or its sleepers. */
  readonly table: SharedArrayBuffer;
  readonly threads: number;
}

/** How a thread's free run ended; `stuck` and `endless` are told by all threads alike. */
export type FreeEnd = "done" | "stuck" | "endless" | "threw";

/** One thread of a free run. */
export interface FreeThread {
  readonly id: number;
  readonly steps: Steps;
  readonly read: (cell: string) => unknown;
  readonly perform: (request: Request) => unknown;
}

/** Makes what runs a thread freely. */
export function openFreeRuns(
  setup: FreeSetup,
  open: typeof openCells,
): (thread: FreeThread) => FreeEnd {
  const [lock, version, waiting, done, stop, here] = [
    0,
    1,
    2,
    3,
    4,
    5,
  ] as const;
  const [stuck, endless, threw] = [1, 2, 3] as const;
  const [maxSteps, maxRounds, maxPause] = [20_000, 10_000_000, 2000];
  const state = new Int32Array(setup.state);
  const table = open(setup.table);
  const rows = setup.table.byteLength / 256;

  return (thread) => {
    // All begin together: else the first is done before the second is awake.
    Atomics.add(state, here, 1);
    const isEarly = () => Atomics.load(state, here) < setup.threads;
    for (let round = 0; isEarly() && round < maxRounds; round++);
    enter();
    try {
      let request = advance(thread.steps.next());
      for (let made = 0; request !== null; made++) {
        // Between two steps, whoever is there comes in. For how long is left to chance,
        // else it would mostly be this thread once more.
        leave();
        const rounds = Math.random() * maxPause;
        for (let round = 0; round < rounds; round++) Atomics.load(state, stop);
        enter();
        if (made > maxSteps) end(endless);
        while (Atomics.load(state, stop) === 0 && mustWait(thread, request)) {
          pause();
        }
        const reason = Atomics.load(state, stop);
        if (reason !== 0) return reason === endless ? "endless" : "stuck";
        request = step(thread, request);
        wakeAll();
      }
      Atomics.add(state, done, 1);
      endIfStuck();
      return "done";
    } catch {
      end(threw);
      return "threw";
    } finally {
      leave();
    }

    /** The next step that is asked for; `null` at the end. */
    function advance(
      turn: IteratorResult<Request | Note>,
    ): Request | null {
      if (turn.done) return null;
      return turn.value.length === 2
        ? advance(thread.steps.next())
        : turn.value as Request;
    }

    function step({ id, steps, perform }: FreeThread, request: Request) {
      const [operation, site, target, first] = request;
      let value: unknown;
      try {
        arrange(id, request);
        value = perform(request);
      } catch {
        return advance(steps.throw(new Error("This step is not allowed")));
      }
      return operation === "wait"
        ? ["relock", site, target, first] as const
        : advance(steps.next(value));
    }
  };

  function mustWait({ id, read }: FreeThread, request: Request): boolean {
    const [operation, , target, first] = request;
    if (operation === "lock") return table.read(row(`l ${target}`)) !== "";
    if (operation === "acquire") return Number(read(`${target}`)) <= 0;
    if (operation !== "relock") return false;
    return sleepers(target).includes(String(id)) ||
      table.read(row(`l ${first}`)) !== "";
  }

  /** Does what has to do with locks and conditions. */
  function arrange(id: number, [operation, , target, first]: Request): void {
    const name = operation === "relock" || operation === "wait"
      ? first
      : target;
    const keep = (ids: readonly string[]) =>
      table.write(row(`c ${target}`), ids.join(","));
    if (operation === "lock" || operation === "relock") {
      table.write(row(`l ${name}`), String(id));
    }
    if (operation === "unlock" || operation === "wait") {
      const isHolder = table.read(row(`l ${name}`)) === String(id);
      if (!isHolder) throw new Error("This thread does not hold it");
      table.write(row(`l ${name}`), "");
    }
    if (operation === "wait") keep([...sleepers(target), String(id)]);
    if (operation === "notify") keep(sleepers(target).slice(1));
    if (operation === "notifyAll") keep([]);
  }

  function sleepers(condition: unknown): readonly string[] {
    const ids = String(table.read(row(`c ${condition}`)));
    return ids === "" ? [] : ids.split(",");
  }

  /** Where it is written what is known of a lock or a condition. */
  function row(name: string): number {
    for (let at = 0; at < rows; at++) {
      const known = table.read(2 * at);
      if (known === name) return 2 * at + 1;
      if (known !== 0) continue;
      table.write(2 * at, name);
      table.write(2 * at + 1, "");
      return 2 * at + 1;
    }
    throw new RangeError("Cannot run freely: too many locks and conditions");
  }

  /** Waits until another thread has made a step; if none can, that is the end. */
  function pause(): void {
    Atomics.add(state, waiting, 1);
    endIfStuck();
    const seen = Atomics.load(state, version);
    const isOver = Atomics.load(state, stop) !== 0;
    leave();
    if (!isOver) Atomics.wait(state, version, seen);
    enter();
  }

  function endIfStuck(): void {
    const idle = Atomics.load(state, waiting) + Atomics.load(state, done);
    const isStuck = Atomics.load(state, waiting) > 0 && idle >= setup.threads;
    if (isStuck) end(stuck);
  }

  function end(reason: number): void {
    if (Atomics.load(state, stop) === 0) Atomics.store(state, stop, reason);
    wakeAll();
  }

  /** All that wait look again. */
  function wakeAll(): void {
    Atomics.store(state, waiting, 0);
    Atomics.add(state, version, 1);
    Atomics.notify(state, version);
  }

  function enter(): void {
    while (Atomics.compareExchange(state, lock, 0, 1) !== 0) {
      Atomics.wait(state, lock, 1, 1);
    }
  }

  function leave(): void {
    Atomics.store(state, lock, 0);
    Atomics.notify(state, lock, 1);
  }
}
