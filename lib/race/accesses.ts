/**
 * Recognises uses of shared memory in a syntax tree: cells and methods.
 *
 * Pure. What is written in their place is decided in `instrument.ts`.
 * @module
 */
import type { AnyNode, MemberExpression } from "npm:acorn@8.19.0";
import { childrenOf } from "../run/mod.ts";
import { ATOMICS, METHODS } from "./operations.ts";
import type { Refuse } from "./refusal.ts";

/** What a name of the memory stands for: a cell, an array of cells, or a lock of `lib/sync/`. */
export type CellKind = "one" | "array" | "Mutex" | "Semaphore" | "Condition";

/** A method of the memory, of a lock in it, or of a guard. */
export interface Method {
  readonly operation: string;
  /** How it reads, such as `m.gate.lock`. */
  readonly text: string;
  /** The lock or condition that it is of, as text; without it, its first argument says. */
  readonly target?: string;
  /** Whether it has to be awaited, or blocks; without it, either. */
  readonly style?: "await" | "block";
  readonly guard?: string;
}

/** What recognising needs to know. */
export interface AccessOptions {
  readonly root: AnyNode;
  /** What the thread calls its memory; `null` if it takes none. */
  readonly memory: string | null;
  /** The names in the memory, and what each stands for. */
  readonly cells: ReadonlyMap<string, CellKind>;
  readonly refuse: Refuse;
}

/** A use of a cell. */
export interface CellUse {
  readonly name: string;
  /** Which one of the array; `null` if it is none. */
  readonly index: AnyNode | null;
}

/** Recognises uses of shared memory. */
export interface Accesses {
  /** The cell that the node is, if it is one. */
  findCell(node: AnyNode): CellUse | null;
  /** The method, if the node is one of the memory, of a lock in it, or of a guard. */
  findMethod(callee: AnyNode): Method | null;
  /** Whether a variable holds what a lock gave. */
  isGuard(node: AnyNode): boolean;
  /** Whether the node asks an array of cells for its length. */
  isLength(node: MemberExpression): boolean;
  /** Whether the memory is mentioned anywhere inside. */
  mentions(node: AnyNode): boolean;
  readonly expected: string;
}

/** Makes what recognises the uses of one thread's memory. */
export function createAccesses(options: AccessOptions): Accesses {
  const { root, memory, cells, refuse } = options;
  const expected = `a cell (${[...cells.keys()].join(", ")}) or a method ` +
    `(${[...METHODS].join(", ")}, atomics)`;
  const guards = new Set<string>();
  listGuards(root);
  return { findCell, findMethod, isGuard, isLength, mentions, expected };

  function findCell(node: AnyNode): CellUse | null {
    if (node.type !== "MemberExpression") return null;
    const name = readCellName(node);
    if (name !== null) {
      const kind = cells.get(name)!;
      if (kind === "one") return { name, index: null };
      if (kind !== "array") {
        const methods = Object.keys(LOCKS[kind]).map((method) =>
          `${memory}.${name}.${method}()`
        );
        throw refuse(node, `it uses "${name}" as a whole`, methods.join(", "));
      }
      const one = `one cell of it, as in ${memory}.${name}[0]`;
      throw refuse(node, `it uses the array "${name}" as a whole`, one);
    }
    if (node.object.type !== "MemberExpression" || !node.computed) return null;
    const list = readCellName(node.object);
    if (list === null || cells.get(list) !== "array") return null;
    return { name: list, index: node.property };
  }

  function isLength(node: MemberExpression): boolean {
    if (node.object.type !== "MemberExpression") return false;
    const list = readCellName(node.object);
    return list !== null && cells.get(list) === "array" &&
      readPropertyName(node) === "length";
  }

  /** The cell's name, if the node is `m.name`. */
  function readCellName(node: MemberExpression): string | null {
    if (!isMemory(node.object)) return null;
    const name = readPropertyName(node);
    if (name !== null && cells.has(name)) return name;
    const found = name === null
      ? "it works out the name of a cell"
      : `${memory}.${name} is neither a cell nor a method`;
    throw refuse(node, found, expected);
  }

  function findMethod(callee: AnyNode): Method | null {
    if (callee.type !== "MemberExpression") return null;
    const name = readPropertyName(callee);
    const { object } = callee;
    if (name === null) return null;
    if (isMemory(object)) {
      const isMethod = METHODS.has(name) && !cells.has(name);
      return isMethod ? { operation: name, text: `${memory}.${name}` } : null;
    }
    if (isGuard(object)) return findGuardMethod(object, name);
    const owner = object.type === "MemberExpression" && isMemory(object.object)
      ? readPropertyName(object)
      : null;
    if (owner === null) return null;
    const kind = cells.get(owner);
    if (kind !== undefined && kind !== "one" && kind !== "array") {
      return findLockMethod(callee, { owner, kind, name });
    }
    if (owner !== "atomics") return null;
    if (ATOMICS.has(name)) {
      return { operation: name, text: `${memory}.atomics.${name}` };
    }
    throw refuse(callee, `it uses atomics.${name}`, [...ATOMICS].join(", "));
  }

  function findGuardMethod(guard: AnyNode, name: string): Method | null {
    if (name !== "unlock" || guard.type !== "Identifier") return null;
    return {
      operation: "unlock",
      text: `${guard.name}.unlock`,
      guard: guard.name,
    };
  }

  /** The same methods as in a cell, where they are of `lib/sync/`. */
  function findLockMethod(
    callee: AnyNode,
    { owner, kind, name }: {
      readonly owner: string;
      readonly kind: keyof typeof LOCKS;
      readonly name: string;
    },
  ): Method {
    const found = LOCKS[kind][name];
    const text = `${memory}.${owner}.${name}`;
    if (found !== undefined) {
      return { ...found, text, target: JSON.stringify(owner) };
    }
    const known = Object.keys(LOCKS[kind]).map((method) => `${method}()`);
    throw refuse(callee, `it uses ${text}`, known.join(", "));
  }

  /** Finds the variables that hold what a lock gave. */
  function listGuards(node: AnyNode): void {
    if (
      node.type === "VariableDeclarator" && node.id.type === "Identifier" &&
      node.init && takesLock(node.init, findMethod)
    ) guards.add(node.id.name);
    for (const child of childrenOf(node)) listGuards(child);
  }

  function isGuard(node: AnyNode): boolean {
    return node.type === "Identifier" && guards.has(node.name);
  }

  function isMemory(node: AnyNode): boolean {
    return node.type === "Identifier" && node.name === memory;
  }

  function mentions(node: AnyNode): boolean {
    return isMemory(node) || childrenOf(node).some(mentions);
  }
}

/** The name of a property, if it stands there in the source. */
export function readPropertyName(node: MemberExpression): string | null {
  const { property } = node;
  if (!node.computed) {
    return property.type === "Identifier" ? property.name : null;
  }
  return property.type === "Literal" && typeof property.value === "string"
    ? property.value
    : null;
}

/** Whether an expression is a call that gives a guard, awaited or not. */
export function takesLock(
  node: AnyNode,
  findMethod: Accesses["findMethod"],
): boolean {
  const call = node.type === "AwaitExpression" ? node.argument : node;
  if (call.type !== "CallExpression") return false;
  return TAKING.has(findMethod(call.callee)?.operation ?? "");
}

/** Operations that give a guard. */
export const TAKING: ReadonlySet<string> = new Set(["lock", "acquire"]);
/** What locks and conditions of `lib/sync/` can do in a race. */
const LOCKS: Readonly<
  Record<
    "Mutex" | "Semaphore" | "Condition",
    Readonly<Record<string, Pick<Method, "operation" | "style">>>
  >
> = {
  Mutex: {
    lock: { operation: "lock", style: "await" },
    lockSync: { operation: "lock", style: "block" },
  },
  Semaphore: {
    acquire: { operation: "acquire", style: "await" },
    acquireSync: { operation: "acquire", style: "block" },
  },
  Condition: {
    wait: { operation: "wait", style: "await" },
    waitSync: { operation: "wait", style: "block" },
    notify: { operation: "notify" },
    notifyAll: { operation: "notifyAll" },
  },
};
