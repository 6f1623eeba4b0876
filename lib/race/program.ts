/**
 * The program of a race: shared memory, the threads on it, and what must hold.
 *
 * Reads what an author writes into a plan that can be run here and in Workers.
 * The parser is loaded with `instrument.ts` when the first program is read.
 * @module
 */
import { toModuleAddress } from "../run/mod.ts";
import { Condition, Mutex, Semaphore, SHARE } from "../sync/mod.ts";
import type { CellKind, ThreadSource } from "./reader.ts";
import { checkProgram } from "./checks.ts";
import type { RaceMemory } from "./memory.ts";
import type { MakeSteps, Site } from "./operations.ts";
import { METHODS } from "./operations.ts";
import { RUNTIME_TEXT } from "./surroundings.ts";
import { checkCell, isScalar } from "./values.ts";

/**
 * One thread: a function of the memory and of its own number, counted from 0.
 *
 * Nothing else from outside may be used in it, as for `task()`: it runs in a
 * Worker too. An asynchronous one shares one thread with the others, and is
 * interleaved at each `await`.
 *
 * @typeParam S The cells with their values.
 */
export type RaceThread<S> = (
  memory: RaceMemory<S>,
  id: number,
) => unknown;

/**
 * A small concurrent program, all of whose schedules can be tried.
 *
 * @typeParam S The cells with their values.
 */
export interface RaceProgram<S> {
  /** Heading of figures. @default the names of the threads */
  readonly title?: string;
  /**
   * What all threads share: cells with their values at the start (numbers, short strings, booleans,
   * `null`, arrays of these), and a `Mutex`, `Semaphore` or `Condition`, used as in a cell:
   * `using guard = await m.gate.lock()`, or `m.gate.lockSync()` in a thread.
   */
  readonly shared: S;
  /** The threads; one function alone is run as several, see `copies`. */
  readonly threads: RaceThread<S> | readonly RaceThread<S>[];
  /** How many threads run the function, where there is only one. @default 2 */
  readonly copies?: number;
  /** What must be true when all threads have ended; not shipped, so it may use anything. */
  readonly check?: (memory: Readonly<S>) => boolean;
  /** What must be true after every step; not shipped. */
  readonly invariant?: (memory: Readonly<S>) => boolean;
}

/** A thread, read and instrumented. */
export interface PlannedThread {
  readonly name: string;
  /** A module whose default export makes its steps, see {@link MakeSteps}. */
  readonly source: string;
  readonly sites: readonly Site[];
}

/** A program, ready to run. */
export interface Plan {
  readonly title: string;
  /** Threads in Workers, or asynchronous functions on one thread. */
  readonly kind: "threads" | "async";
  readonly threads: readonly PlannedThread[];
  /** Names of cells, an array's as `list[0]`, with the values at the start. */
  readonly cells: ReadonlyMap<string, unknown>;
  /** Names of arrays of cells, and how many cells each has. */
  readonly arrays: ReadonlyMap<string, number>;
  /** Whether the cells hold plain values only, so that equal states can be told. */
  readonly isPlain: boolean;
  /** What must be true at the end, and its text. */
  readonly check: Rule | null;
  /** What must be true after each step, and its text. */
  readonly invariant: Rule | null;
}

/** What must hold of the memory. */
export interface Rule {
  readonly holds: (memory: Readonly<Record<string, unknown>>) => boolean;
  /** How it reads, such as `m.x === 2`. */
  readonly text: string;
}

/** Reads a program. */
export async function readProgram<S extends object>(
  program: RaceProgram<S>,
): Promise<Plan> {
  const { instrument } = await import("./instrument.ts");
  const { threads, kind, shared } = await readSources(program);
  const { cells, arrays, kinds } = shared;
  const names = threads.map(({ name }) => name);
  const last = names.length > 1 ? ` and ${names.at(-1)}` : names[0];
  return {
    title: program.title ??
      `Schedules of ${names.slice(0, -1).join(", ")}${last}`,
    kind,
    threads: threads.map((thread) => {
      const { text, sites } = instrument({ ...thread, cells: kinds });
      const source = `${RUNTIME_TEXT}\nexport default ` +
        `(__skein_tick, console, setTimeout) => ${text};\n`;
      return { name: thread.name, sites, source };
    }),
    cells,
    arrays,
    isPlain: [...cells.values()].every(isScalar),
    check: readRule(program.check),
    invariant: readRule(program.invariant),
  };
}

/** What is read of a program, whatever becomes of it. */
export interface Sources {
  /** The threads: names, and texts with their trees. */
  readonly threads: readonly Omit<ThreadSource, "cells">[];
  readonly kind: Plan["kind"];
  readonly shared: SharedParts;
}

/** Reads threads and what they share. */
export async function readSources<S extends object>(
  program: RaceProgram<S>,
): Promise<Sources> {
  checkProgram(program);
  const { readShippable } = await import("../run/capture.ts");
  const { threads: given, copies = 2, shared } = program;
  const functions = typeof given === "function"
    ? Array.from({ length: copies }, () => given)
    : given;
  const names = nameThreads(functions);
  const threads = functions.map((fn, index) => {
    const name = names[index]!;
    const found = readShippable(fn as never, fn.name || name);
    const { text, node, isMethod } = found;
    return { name, text, node, offset: isMethod ? 2 : 1 };
  });
  const asynchronous = threads.filter(({ node }) => node.async);
  if (asynchronous.length % threads.length !== 0) {
    throw new TypeError(
      `Cannot explore "${asynchronous[0]!.name}": it is asynchronous ` +
        `and other threads are not, expected all or none`,
    );
  }
  const kind = asynchronous.length === 0 ? "threads" : "async";
  return { kind, threads, shared: readCells(shared, kind) };
}

/** Loads the threads of a plan on this thread. */
export async function loadThreads(plan: Plan): Promise<readonly MakeSteps[]> {
  return await Promise.all(plan.threads.map(async ({ name, source }) => {
    try {
      const module: { readonly default: MakeSteps } = await import(
        toModuleAddress(source)
      );
      return module.default;
    } catch (cause) {
      throw new TypeError(
        `Cannot explore "${name}": it uses its memory in a way that is unknown, ` +
          `expected reads and writes of single cells`,
        { cause },
      );
    }
  }));
}

function nameThreads(
  functions: readonly { readonly name: string }[],
): readonly string[] {
  // A function without a name takes that of the field it stands in.
  const nameOf = ({ name }: { readonly name: string }) =>
    name === "" || name === "threads" ? "thread" : name;
  return functions.map((fn, index) => {
    const own = nameOf(fn);
    const same = functions.filter((other) => nameOf(other) === own);
    return same.length === 1 ? own : `${own} ${index}`;
  });
}

/** Cells, arrays of them, and what each name stands for. */
export interface SharedParts extends Pick<Plan, "cells" | "arrays"> {
  readonly kinds: ReadonlyMap<string, CellKind>;
}

function readCells(shared: object, kind: Plan["kind"]): SharedParts {
  const cells = new Map<string, unknown>();
  const arrays = new Map<string, number>();
  const kinds = new Map<string, CellKind>();
  for (const [name, value] of Object.entries(shared)) {
    const lock = readLock(name, value, shared);
    if (lock === null && (METHODS.has(name) || name === "atomics")) {
      throw new TypeError(
        `Cannot explore program: a cell is called "${name}", ` +
          `which is a method of the memory, expected another name`,
      );
    }
    kinds.set(name, lock ?? "one");
    if (lock !== null) {
      if (value instanceof Semaphore) cells.set(name, value.permits);
    } else if (kind === "async") {
      cells.set(name, value);
    } else if (Array.isArray(value)) {
      arrays.set(name, value.length);
      kinds.set(name, "array");
      value.forEach((one, i) =>
        cells.set(`${name}[${i}]`, checkCell(one, `${name}[${i}]`))
      );
    } else {
      cells.set(name, checkCell(value, name));
    }
  }
  return { cells, arrays, kinds };
}

/** Which lock a value is, to be used as in a cell; `null` if it is none. */
function readLock(
  name: string,
  value: unknown,
  shared: object,
): "Mutex" | "Semaphore" | "Condition" | null {
  if (value instanceof Mutex) return "Mutex";
  if (value instanceof Semaphore) return "Semaphore";
  if (value instanceof Condition) {
    if (Object.values(shared).includes(value.mutex)) return "Condition";
    throw new TypeError(
      `Cannot explore program: the mutex of condition "${name}" is not shared, ` +
        `expected it among the cells, as in shared: { gate, ${name}: new Condition(gate) }`,
    );
  }
  if (typeof value !== "object" || value === null || !(SHARE in value)) {
    return null;
  }
  throw new TypeError(
    `Cannot explore program: "${name}" is a ${value.constructor.name}, ` +
      `expected a Mutex, a Semaphore, a Condition or a plain value`,
  );
}

/** Reads what must hold, as it is written. */
export function readRule<S>(
  holds: ((memory: Readonly<S>) => boolean) | undefined,
): Rule | null {
  if (holds === undefined) return null;
  const source = Function.prototype.toString.call(holds).replace(/\s+/g, " ");
  const body = /^\(?[\w\s:{},[\]$]*?\)?\s*=>\s*(?!\{)(.*)$/.exec(source)?.[1] ??
    source;
  const text = body.length > MAX_TEXT ? `${body.slice(0, MAX_TEXT)}…` : body;
  return { holds: holds as unknown as Rule["holds"], text };
}

const MAX_TEXT = 90;
