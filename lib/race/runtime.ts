/**
 * What instrumented code calls: the few functions that each thread's module
 * carries.
 *
 * Pure: text.
 * @module
 */

/** Called in each round of each loop, see `surroundings.ts`. */
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
