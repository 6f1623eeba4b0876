/**
 * Locks in a thread's source: what takes one gives a guard, and `using` gives it
 * back at the end of its block, which is a step like any other.
 *
 * Pure. Part of `instrument.ts`; the guards themselves are in `runtime.ts`.
 * @module
 */
import type { AnyNode, BlockStatement, CallExpression } from "npm:acorn@8.19.0";
import { type Accesses, type Method, takesLock, TAKING } from "./accesses.ts";
import type { Refuse } from "./refusal.ts";
import { RELEASE, TAKE, writeStep } from "./runtime.ts";

/** What writing needs. */
export interface LockingOptions {
  /** The text that the tree was read from. */
  readonly source: string;
  readonly accesses: Accesses;
  readonly refuse: Refuse;
  readonly emit: (node: AnyNode) => string;
  readonly siteOf: (node: AnyNode) => number;
}

/** Writes calls of methods, and blocks. */
export interface Locking {
  /** A call of a method; of one that stands alone, nobody wants the guard. */
  emitMethod(node: CallExpression, method: Method, isBare: boolean): string;
  /** A block, whose `using` become steps. */
  emitBlock(node: BlockStatement): string;
}

/** Makes what writes one thread's calls and blocks. */
export function createLocking(
  { source, accesses, refuse, emit, siteOf }: LockingOptions,
): Locking {
  const { findMethod, isGuard } = accesses;
  return { emitMethod, emitBlock };

  function emitMethod(
    node: CallExpression,
    { operation, target, guard }: Method,
    isBare: boolean,
  ): string {
    if (guard !== undefined) {
      return `(yield* ${RELEASE}(${siteOf(node)}, ${guard}, true))`;
    }
    const args = node.arguments.map((argument) => emit(argument));
    const [first = "undefined", ...rest] = target === undefined
      ? args
      : [target, ...args];
    if (operation === "wait" && target !== undefined) {
      const [held] = node.arguments;
      if (held === undefined || !isGuard(held)) {
        throw refuse(
          node,
          "it waits with what is no guard",
          "a variable with what lock() gave",
        );
      }
      return writeStep(siteOf(node), operation, [first, `${emit(held)}.lock`]);
    }
    return TAKING.has(operation) && !isBare
      ? `(yield* ${TAKE}("${operation}", ${siteOf(node)}, ${first}))`
      : writeStep(siteOf(node), operation, [first, ...rest]);
  }

  /** A block: what `using` holds in it is given back at its end, which is a step. */
  function emitBlock(node: BlockStatement): string {
    let text = "{";
    let ends = "";
    let at = node.start + 1;
    for (const statement of node.body) {
      text += source.slice(at, statement.start);
      const held = readUsing(statement);
      for (const { name, init } of held) {
        text += `const ${name} = ${emit(init)}; try { `;
        ends = ` } finally { yield* ${RELEASE}(${
          siteOf(init)
        }, ${name}); }${ends}`;
      }
      if (held.length === 0) text += emit(statement);
      at = statement.end;
    }
    return `${text}${source.slice(at, node.end - 1)}${ends}}`;
  }

  function readUsing(
    node: AnyNode,
  ): readonly { readonly name: string; readonly init: AnyNode }[] {
    if (node.type !== "VariableDeclaration") return [];
    if ((node.kind as string) !== "using") return [];
    const held = node.declarations.flatMap(({ id, init }) =>
      id.type === "Identifier" && init && takesLock(init, findMethod)
        ? [{ name: id.name, init }]
        : []
    );
    if (held.length === 0 || held.length === node.declarations.length) {
      return held;
    }
    throw refuse(node, "it holds locks and other things", "a using for each");
  }
}
