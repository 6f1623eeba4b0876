/**
 * The machine that the threads of a race run on: cells, locks, conditions, and
 * what each operation does to them.
 *
 * Sequentially consistent: every step sees all steps before it, in one order.
 * Real processors promise that for atomic accesses only. No effects but on the
 * machine's own state; who makes which step when is in `execution.ts`.
 * @module
 */
import { operate } from "./cells.ts";
import type { Plan } from "./program.ts";
import type { Request } from "./operations.ts";
import { checkCell, writeValue } from "./values.ts";

/** Cells, locks and sleepers at one moment. */
export interface Machine {
  readonly cells: Map<string, unknown>;
  /** Which thread holds each lock that is held. */
  readonly locks: Map<string, number>;
  /** Threads that wait for each condition, longest first. */
  readonly sleepers: Map<string, number[]>;
  /** Whether cells are memory of several threads, which holds no objects. */
  readonly isShared: boolean;
}

/** Makes a machine with the values at the start. */
export function createMachine(plan: Plan): Machine {
  const entries = plan.isPlain
    ? plan.cells
    : structuredClone(plan.cells) as Plan["cells"];
  return {
    cells: new Map(entries),
    locks: new Map(),
    sleepers: new Map(),
    isShared: plan.kind === "threads",
  };
}

/** Tells why a thread cannot make a step now. */
export function findObstacle(
  { cells, locks, sleepers }: Machine,
  thread: number,
  [operation, , target, lock]: Request,
  names: readonly string[],
): string | null {
  if (operation === "relock" && sleepers.get(`${target}`)?.includes(thread)) {
    return `"${target}" to be notified`;
  }
  if (operation === "lock" || operation === "relock") {
    const name = String(operation === "lock" ? target : lock);
    const holder = locks.get(name);
    return holder === undefined
      ? null
      : `lock "${name}", which ${names[holder]} holds`;
  }
  const count = operation === "acquire" ? cells.get(String(target)) : null;
  return typeof count === "number" && count <= 0
    ? `${target} to be more than ${count}`
    : null;
}

/** Makes a step, and gives what the thread gets; one that waits sleeps from now on. */
export function perform(
  machine: Machine,
  thread: number,
  request: Request,
): unknown {
  const [operation, , target, first] = request;
  const { locks, sleepers } = machine;
  const name = String(target);
  const waiting = sleepers.get(name) ?? [];
  switch (operation) {
    case "lock":
      return void locks.set(name, thread);
    case "unlock":
      return giveBack(machine, thread, name);
    case "relock":
      return void locks.set(String(first), thread);
    case "wait":
      giveBack(machine, thread, String(first));
      return void sleepers.set(name, [...waiting, thread]);
    case "notify":
      return void sleepers.set(name, waiting.slice(1));
    case "notifyAll":
      return void sleepers.set(name, []);
    case "await":
      return undefined;
    default:
      checkStep(machine, request);
      return operate(machine.cells, request);
  }
}

/** Copies the cells, arrays put together again. */
export function takeMemory(
  cells: Machine["cells"],
  arrays: Plan["arrays"],
): Record<string, unknown> {
  const memory: Record<string, unknown> = {};
  for (const [name, length] of arrays) {
    memory[name] = Array.from(
      { length },
      (_, index) => cells.get(`${name}[${index}]`),
    );
  }
  for (const [name, value] of cells) {
    if (!/\[\d+\]$/.test(name) || !arrays.has(name.replace(/\[\d+\]$/, ""))) {
      memory[name] = copyValue(value);
    }
  }
  return memory;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  try {
    return structuredClone(value);
  } catch {
    // Functions cannot be copied; how the value reads is enough to show it.
    return writeValue(value);
  }
}

/** Refuses what a cell cannot do, or cannot hold. */
function checkStep(machine: Machine, request: Request): void {
  const [operation, , target, first, second] = request;
  const { cells, isShared } = machine;
  const name = String(target);
  if (!cells.has(name)) {
    throw new RangeError(
      `Cannot use cell "${name}": there is none, expected ${
        [...cells.keys()].join(", ")
      }`,
    );
  }
  const before = cells.get(name);
  if (COUNTING.has(operation)) {
    const isOne = operation === "acquire" || operation === "release";
    if (typeof before === "number" && (isOne || typeof first === "number")) {
      return;
    }
    throw new TypeError(
      `Cannot ${operation} on cell "${name}": it holds ${
        writeValue(before)
      }, expected a number`,
    );
  }
  if (!isShared || operation === "read" || operation === "load") return;
  if (operation !== "compareExchange") checkCell(first, name);
  else if (Object.is(before, first)) checkCell(second, name);
}

function giveBack(machine: Machine, thread: number, name: string): void {
  if (machine.locks.get(name) !== thread) {
    throw new Error(
      `Cannot unlock "${name}": this thread does not hold it, expected lock("${name}") before`,
    );
  }
  machine.locks.delete(name);
}

const COUNTING: ReadonlySet<string> = new Set(
  ["add", "sub", "and", "or", "xor", "acquire", "release"],
);
