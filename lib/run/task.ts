/**
 * A task: a function that can run here, in a Worker, or in a subprocess.
 *
 * Whether a function may become one is decided in `capture.ts`; its awaits are
 * marked in `instrument.ts`. Who runs tasks: `main_thread.ts` and `pool/`.
 * @module
 */

import { checkFunction, refuse } from "../base/mod.ts";
import { readShippable, type ShippableFunction } from "./capture.ts";
import { EACH_NAME, markAwaits, WAIT_NAME } from "./instrument.ts";
import { runHere, type TaskText } from "./here/main_thread.ts";

/**
 * A function, ready to run in another isolate.
 *
 * @typeParam Args What it is called with.
 * @typeParam R What it returns, awaited.
 */
export interface Task<Args extends unknown[], R> {
  /** The function's name, or `anonymous`. */
  readonly name: string;
  /**
   * A module whose default export makes the function, given what its awaits
   * call. Every model imports this one text, so all run the same code.
   */
  readonly source: string;
  /** Runs it on this thread, from `source`. */
  run(...args: Args): Promise<R>;
}

/**
 * Makes a task of a function that uses nothing from outside but its arguments.
 *
 * Its text is all that is shipped. Globals of JavaScript, the Web platform and
 * Deno are there everywhere; so is the function's own name, for recursion. Load
 * what else it needs by `await import("npm:…")` inside of it.
 *
 * A task is no function: to call it on this thread, write `work.run(…)`, as below.
 *
 * @example Count primes
 * ```ts
 * import assert from "node:assert/strict";
 * const countPrimes = task((limit: number) => {
 *   let count = 0;
 *   for (let n = 2; n < limit; n++) {
 *     let divisor = 2;
 *     while (n % divisor !== 0) divisor++;
 *     if (divisor === n) count++;
 *   }
 *   return count;
 * });
 * assert.equal(await countPrimes.run(100), 25);
 * ```
 *
 * @example A variable from outside is refused before anything runs
 * ```ts
 * import assert from "node:assert/strict";
 * const limit = 100;
 * assert.throws(() => task(() => limit * 2), /it uses "limit" from outside \(line 1/);
 * ```
 *
 * @typeParam Args What the function is called with.
 * @typeParam R What it returns, awaited.
 * @param fn A function, arrow or method; asynchronous or not.
 * @returns The task.
 * @throws {TypeError} If it is no function, uses a variable from outside, or is native, bound, a
 * class, a generator or an accessor.
 */
export function task<Args extends unknown[], R>(
  fn: (...args: Args) => R | Promise<R>,
): Task<Args, R> {
  checkFunction(["make a task", "fn"], fn);
  const name = fn.name || "anonymous";
  const shippable = readShippable(fn, name);
  const source = writeModule(shippable, name);
  const made: Task<Args, R> = {
    name,
    source,
    run: (...args) => runHere<R>({ name, source }, args),
  };
  if (shippable.isPlain) plain.add(made);
  return made;
}

/** Whether all that a task does is over when it returns: it starts no timer, promise or request. */
export function isPlain(task: object): boolean {
  return plain.has(task);
}

const plain = new WeakSet<object>();

/** Makes a task of what users give for one. */
export function toTask<Args extends unknown[], R>(
  what: string,
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
): Task<Args, R> {
  if (typeof work === "function") return task(work);
  if (typeof (work as Partial<TaskText> | null)?.source === "string") {
    return work;
  }
  const expected = "a function or a task";
  throw new TypeError(refuse([what, "work"], work, expected));
}

function writeModule(
  { text, node, isMethod }: ShippableFunction,
  name: string,
): string {
  const marked = markAwaits(text, node);
  const value = isMethod ? `Object.values(${marked})[0]` : marked;
  // Bound to its name: functions of cells have lost theirs in the text, and may recurse.
  const body = canBeBound(name)
    ? `const ${name} = ${value}; return ${name};`
    : `return ${value};`;
  return `export default (${WAIT_NAME}, ${EACH_NAME}) => { ${body} };\n`;
}

function canBeBound(name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return false;
  return !RESERVED_WORDS.has(name);
}

const RESERVED_WORDS: ReadonlySet<string> = new Set(
  ("arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof interface " +
    "let new null package private protected public return static super switch this throw true " +
    "try typeof var void while with yield").split(" "),
);
