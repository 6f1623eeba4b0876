/**
 * The inside of a Worker that runs one thread over and over on real memory.
 *
 * Shipped by its own text, so nothing from outside is used. All Workers begin a
 * round together: each counts itself in and spins until all are there.
 * @module
 */

/** What a Worker gets to work with. */
export interface RoundsSetup {
  readonly id: number;
  readonly threads: number;
  readonly memory: SharedArrayBuffer;
  /** Three words: who has come to a round's start, whether somebody gave up, who is awake there. */
  readonly sync: SharedArrayBuffer;
  readonly stride: number;
}

/** What it says after so many rounds. */
export interface RoundsReport {
  readonly done: number;
  /** What ended a round early: an error, or waiting and looping for too long. */
  readonly fault:
    | { readonly kind: "error" | "stuck"; readonly reason: string }
    | null;
}

/** What a compiled thread needs; its names are those that `compile.ts` writes. */
export type MakeThread = (
  words: Int32Array,
  whole: (value: unknown) => number,
  at: (first: number, count: number, index: number) => number,
  locks: unknown,
  end: () => never,
) => (base: number, id: number) => unknown;

/** Waits for its setup, then runs as many rounds as it is told to. */
export function serveRounds(make: MakeThread): void {
  const scope = globalThis as unknown as {
    postMessage(message: RoundsReport): void;
    onmessage: (event: MessageEvent<RoundsSetup | number>) => void;
  };
  const [mostSpins, mostWakingSpins] = [2000, 50_000] as const;
  const [mostWaits, mostJitter] = [400, 63] as const;
  class Stuck extends Error {}
  let run: (rounds: number) => RoundsReport = () => ({ done: 0, fault: null });
  scope.onmessage = ({ data }) => {
    if (typeof data === "number") return scope.postMessage(run(data));
    run = open(data);
    scope.postMessage({ done: 0, fault: null });
  };

  function open(setup: RoundsSetup): typeof run {
    const { id, threads, stride } = setup;
    const words = new Int32Array(setup.memory);
    const sync = new Int32Array(setup.sync);
    const thread = make(words, whole, place, openLocks(words), giveUp);
    let random = 0x9e3779b9 ^ (id * 0x85ebca6b) | 1;
    return (rounds) => {
      let done = 0;
      try {
        for (; done < rounds; done++) {
          if (!meet(sync, threads * (done + 1))) return { done, fault: null };
          // Else the same one would always be a little earlier.
          random ^= random << 13;
          random ^= random >>> 17;
          random ^= random << 5;
          for (let left = random & mostJitter; left > 0; left--);
          thread(done * stride, id);
        }
        return { done, fault: null };
      } catch (error) {
        Atomics.store(sync, 1, 1);
        const kind = error instanceof Stuck ? "stuck" : "error";
        const reason = error instanceof Error
          ? kind === "stuck" ? error.message : `${error.name}: ${error.message}`
          : String(error);
        return { done, fault: { kind, reason } };
      }
    };
  }

  /** Comes to the start of a round, and goes on together with all others; tells whether they do. */
  function meet(sync: Int32Array, all: number): boolean {
    // With more threads than cores, the others need this one's.
    if (!comeTo(sync, 0, all, mostSpins)) return false;
    // Who slept meanwhile is waking up: nobody goes on before it is there.
    return comeTo(sync, 2, all, mostWakingSpins);
  }

  function comeTo(
    sync: Int32Array,
    counter: number,
    all: number,
    spinsAwake: number,
  ): boolean {
    Atomics.add(sync, counter, 1);
    for (let spins = 1; Atomics.load(sync, counter) < all; spins++) {
      if (Atomics.load(sync, 1) !== 0) return false;
      if (spins % spinsAwake === 0) Atomics.wait(sync, 1, 0, 0.05);
    }
    return Atomics.load(sync, 1) === 0;
  }

  function whole(value: unknown): number {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (((value as number) | 0) === value) return value;
    throw new TypeError(
      `Cannot write ${String(value)}: expected a 32-bit integer`,
    );
  }

  function place(first: number, count: number, index: number): number {
    if (index >= 0 && index < count && (index | 0) === index) {
      return first + index * 16;
    }
    throw new RangeError(
      `Cannot use index ${index}: the array has ${count} cells`,
    );
  }

  function giveUp(): never {
    throw new Stuck("was still in a loop after 300 million rounds");
  }

  function openLocks(words: Int32Array) {
    /** Sleeps until a word has changed; never for ever. */
    function sleep(at: number, seen: number, state: { waits: number }): void {
      if (++state.waits > mostWaits) throw new Stuck("still waited after 2 s");
      Atomics.wait(words, at, seen, 5);
    }
    function lock(at: number) {
      const state = { waits: 0 };
      while (Atomics.compareExchange(words, at, 0, 1) !== 0) {
        sleep(at, 1, state);
      }
      return guard(at, unlock);
    }
    function unlock(at: number): void {
      if (Atomics.exchange(words, at, 0) === 0) {
        throw new Error("Cannot unlock: nobody holds the lock");
      }
      Atomics.notify(words, at, 1);
    }
    function acquire(at: number) {
      const state = { waits: 0 };
      for (
        let free = Atomics.load(words, at);;
        free = Atomics.load(words, at)
      ) {
        if (free <= 0) sleep(at, free, state);
        else if (Atomics.compareExchange(words, at, free, free - 1) === free) {
          return guard(at, release);
        }
      }
    }
    function release(at: number): void {
      Atomics.add(words, at, 1);
      Atomics.notify(words, at, 1);
    }
    function wait(at: number, lockAt: number): void {
      const seen = Atomics.load(words, at);
      unlock(lockAt);
      const state = { waits: 0 };
      while (Atomics.load(words, at) === seen) sleep(at, seen, state);
      lock(lockAt);
    }
    function notify(at: number, count = 1): void {
      Atomics.add(words, at, 1);
      Atomics.notify(words, at, count);
    }
    function guard(at: number, back: (at: number) => void) {
      return {
        at,
        isHeld: true,
        unlock() {
          if (!this.isHeld) {
            throw new Error("Cannot unlock: it is held no more");
          }
          this.isHeld = false;
          back(at);
        },
        [Symbol.dispose]() {
          if (this.isHeld) this.unlock();
        },
      };
    }
    const notifyAll = (at: number) => notify(at, Infinity);
    return { lock, unlock, acquire, release, wait, notify, notifyAll };
  }
}
