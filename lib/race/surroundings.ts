/**
 * What threads of a race find around them: the functions that instrumented code
 * calls, and what stands in for some globals while they are explored.
 *
 * Shipped into Workers by their own text as well: nothing from outside is used.
 * @module
 */

/** Ends code that computes on and on between two steps. */
export interface Tick {
  /** Called in each round of each loop. */
  tick(): void;
  /** Begins to count anew: a step was made. */
  restart(): void;
}

/** Makes a counter of rounds, so that a loop without a step cannot hang the search. */
export function createTick(): Tick {
  const maxRounds = 2_000_000;
  let rounds = 0;
  return {
    restart: () => void (rounds = 0),
    tick: () => {
      if (++rounds <= maxRounds) return;
      throw new RangeError(
        `Cannot go on: a loop went round ${maxRounds} times without a step on shared memory, ` +
          `expected fewer`,
      );
    },
  };
}

/** Makes a console that says nothing: a thread runs once for every schedule. */
export function muteConsole(): unknown {
  return new Proxy({}, { get: () => () => {} });
}

/**
 * Calls back at once: which thread goes on when is the scheduler's choice, so
 * waiting for a clock would only take time.
 */
export function startAtOnce(
  callback: (...args: unknown[]) => void,
  _delayMs?: number,
  ...args: unknown[]
): number {
  queueMicrotask(() => callback(...args));
  return 0;
}

/** Called in each round of each loop; see {@link createTick}. */
export const TICK = "__skein_tick";
/** See {@link RUNTIME_TEXT}. */
export const CHANGE = "__skein_change";
/** See {@link RUNTIME_TEXT}. */
export const TAKE = "__skein_take";
/** See {@link RUNTIME_TEXT}. */
export const RELEASE = "__skein_release";
/** The functions behind `m.x++`, `using g = …` and `g.unlock()`, which each thread's module carries. */
export const RUNTIME_TEXT =
  `function* ${CHANGE}(site, cell, next, isOldWanted) {
  const old = yield ["read", site, cell];
  const value = yield* next(old);
  yield ["write", site, cell, value];
  return isOldWanted ? old : value;
}
function* ${TAKE}(operation, site, lock) {
  yield [operation, site, lock];
  const back = operation === "lock" ? "unlock" : "release";
  return { lock, back, isHeld: true, abandoned: false };
}
function* ${RELEASE}(site, guard, isAsked) {
  if (!guard.isHeld && isAsked) {
    throw new Error(\`Cannot unlock "\${guard.lock}": this guard holds it no more\`);
  }
  if (!guard.isHeld) return;
  guard.isHeld = false;
  yield [guard.back, site, guard.lock];
}`;
