/**
 * The functions that jobs run, each read and checked once.
 *
 * `pool.run((n) => n + 1, [i])` in a loop makes a new function each time, and
 * reading a function costs a millisecond; so equal texts are one function.
 * @module
 */
import { refuse } from "../../base/mod.ts";
import type { TaskText } from "../here/main_thread.ts";
import { isPlain, type Task, task } from "../task.ts";

/**
 * What a job runs: a task, or a function that `task()` accepts.
 *
 * @typeParam Args What it is called with.
 * @typeParam R What it returns, awaited.
 */
export type Work<Args extends unknown[], R> =
  | Task<Args, R>
  | ((...args: Args) => R | Promise<R>);

/** A function as threads know it. */
export interface Code {
  /** Its number in this isolate: what messages call it. */
  readonly id: number;
  readonly name: string;
  /** The module that makes it; see `task.ts`. */
  readonly source: string;
  /** Whether it leaves nothing behind; see `task.ts`. */
  readonly isPlain: boolean;
  /** How long a run takes, milliseconds; `null` before the first. See `batching.ts`. */
  estimateMs: number | null;
}

export function toCode<Args extends unknown[], R>(
  work: Work<Args, R> | TaskText,
): Code {
  const known = byWork.get(work);
  if (known !== undefined) return known;
  if (typeof (work as Partial<Code> | null)?.source !== "string") check(work);
  const code = typeof work === "function" ? readFunction(work) : addCode(work);
  byWork.set(work, code);
  return code;
}

function readFunction<Args extends unknown[], R>(
  fn: (...args: Args) => R | Promise<R>,
): Code {
  const text = `${fn.name} ${Function.prototype.toString.call(fn)}`;
  const known = byText.get(text);
  if (known !== undefined) return known;
  const code = addCode(task(fn));
  // Texts that are made up as a program runs must not fill the memory.
  if (byText.size >= MAX_TEXTS) byText.clear();
  byText.set(text, code);
  return code;
}

function check(work: unknown): void {
  if (typeof work === "function") return;
  const expected = "a function or a task";
  throw new TypeError(refuse(["run", "work"], work, expected));
}

function addCode(task: Pick<Code, "name" | "source">): Code {
  const { name, source } = task;
  const plain = isPlain(task);
  return { id: nextId++, name, source, isPlain: plain, estimateMs: null };
}

const byWork = new WeakMap<object, Code>();
const byText = new Map<string, Code>();
const MAX_TEXTS = 500;
let nextId = 0;
