/**
 * Turns a thread's source into steps: a generator that yields before each
 * access to shared memory, and does the access only when told to go on.
 *
 * Pure: text and tree in, text out. `m.x++` becomes a read and a write, as it
 * is one for a processor. The same text runs in `execution.ts` (all threads on
 * this one, to explore fast) and in Workers (`thread_guest.ts`).
 * Uses of memory are recognised in `accesses.ts`, helper functions in `helpers.ts`.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import { childrenOf, type FunctionNode } from "../run/mod.ts";
import { type CellKind, type CellUse, createAccesses } from "./accesses.ts";
import { createCallChecks } from "./call_checks.ts";
import { findHelpers, type Helpers } from "./helpers.ts";
import { createLocking } from "./locking.ts";
import type { Site } from "./operations.ts";
import { refuseOutside } from "./outside.ts";
import { createRefusal } from "./refusal.ts";
import { CHANGE, TICK, writeStep } from "./runtime.ts";
import { createSites } from "./refusal.ts";
import {
  changesLocals,
  isPlainKey,
  LOOPS,
  readLoop,
  writeLook,
} from "./syntax.ts";

/** What a thread is read with. */
export interface ThreadSource {
  readonly name: string;
  /** The text that the tree was read from. */
  readonly text: string;
  readonly node: FunctionNode;
  /** Where the learner's own text begins in `text`. */
  readonly offset: number;
  /** The names in the memory, and what each stands for. */
  readonly cells: ReadonlyMap<string, CellKind>;
}

/** A thread as steps. */
export interface Instrumented {
  readonly text: string;
  /** The places in the source that its steps refer to. */
  readonly sites: readonly Site[];
}

/** Writes a thread as a generator of steps. */
export function instrument(thread: ThreadSource): Instrumented {
  const { text: source, node: root } = thread;
  const refuse = createRefusal(thread);
  refuseOutside(root, refuse);
  const memory = readMemoryName();
  const helpers: Helpers = memory === null
    ? { functions: new Map(), calls: new Set() }
    : findHelpers(root, memory, refuse);
  const { cells } = thread;
  const accesses = createAccesses({ root, memory, cells, refuse });
  const { findCell, findMethod, mentions } = accesses;
  const checkCalls = createCallChecks(findMethod, refuse);
  const { sites, siteOf } = createSites(thread);
  const locking = createLocking({ source, accesses, refuse, emit, siteOf });
  /** Calls that are awaited, and calls that nobody wants anything of. */
  const awaited = new Set<AnyNode>();
  const bare = new Set<AnyNode>();
  let places = 0;
  const text = emitFunction(root, thread.name);
  return { text, sites };

  function readMemoryName(): string | null {
    const [first] = root.params;
    if (first === undefined) return null;
    if (first.type !== "Identifier") {
      throw refuse(first, "its first parameter is a pattern", "a name like m");
    }
    return first.name;
  }

  function emitFunction(node: FunctionNode, name: string): string {
    const [first] = node.params;
    const last = node.params.at(-1);
    const parameters = first && last ? source.slice(first.start, last.end) : "";
    const inner = node.body.type === "BlockStatement"
      ? emit(node.body)
      : `{ return (${emit(node.body)}); }`;
    const label = /^[\w$]+$/.test(name) && node.id ? ` ${name}` : "";
    return `function*${label}(${parameters}) ${inner}`;
  }

  function emit(node: AnyNode): string {
    switch (node.type) {
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression": {
        const name = helpers.functions.get(node);
        return name === undefined
          ? source.slice(node.start, node.end)
          : emitFunction(node, name);
      }
      case "MemberExpression":
        checkCalls.kept(node.object, "its property");
        return emitRead(node);
      case "AssignmentExpression":
        return emitAssignment(node);
      case "UpdateExpression":
        return emitUpdate(node);
      case "CallExpression":
        return emitCall(node);
      case "AwaitExpression":
        return emitAwait(node);
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
        return emitLook(node) ?? copy(node);
      case "LabeledStatement":
        return emitLook(node.body, `${node.label.name}: `) ?? copy(node);
      case "BlockStatement":
        return locking.emitBlock(node);
      case "ExpressionStatement":
        return emitStatement(node);
      case "Identifier":
        if (node.name === memory) {
          throw refuse(
            node,
            `it uses "${memory}" as a whole`,
            accesses.expected,
          );
        }
        return source.slice(node.start, node.end);
      case "VariableDeclaration":
        if ((node.kind as string) === "await using") {
          throw refuse(node, `it has "await using"`, "a plain declaration");
        }
        for (const { init } of node.declarations) {
          checkCalls.kept(init, node.kind);
        }
        return copy(node);
      case "UnaryExpression":
        if (node.operator === "delete" && findCell(node.argument)) {
          throw refuse(node, "it deletes a cell", "a cell that stays");
        }
        return copy(node);
      case "ArrayPattern":
      case "ObjectPattern":
        if (mentions(node)) {
          throw refuse(node, "it unpacks into cells", "one cell at a time");
        }
        return copy(node);
      case "ForOfStatement":
        if (node.await) {
          throw refuse(node, `it has "for await"`, `a loop with "await" in it`);
        }
        return copy(node);
      default:
        return copy(node);
    }
  }

  /** Writes a node as it was, with what is inside of it changed. */
  function copy(node: AnyNode): string {
    let text = "";
    let at = node.start;
    const body = LOOPS.has(node.type) && "body" in node ? node.body : null;
    const children = childrenOf(node).toSorted((a, b) => a.start - b.start);
    for (const child of children) {
      // Names of properties are no uses; of `{ m }` key and value are one.
      if (isPlainKey(node, child)) continue;
      if (child.start < at) continue;
      const inner = emit(child);
      text += source.slice(at, child.start) +
        (child === body ? `{ ${TICK}(); ${inner} }` : inner);
      at = child.end;
    }
    return text + source.slice(at, node.end);
  }

  function emitStatement(
    node: AnyNode & { type: "ExpressionStatement" },
  ): string {
    const { expression } = node;
    bare.add(
      expression.type === "AwaitExpression" ? expression.argument : expression,
    );
    const text = copy(node);
    // Without a semicolon before it, a parenthesis would become a call.
    const whole = text.startsWith("(") && source[node.start] !== "("
      ? `void ${text}`
      : text;
    if (!mentions(node) || changesLocals(node, accesses)) return whole;
    const end = whole.endsWith(";") ? "" : ";";
    const place = places++;
    return `{ yield ["keep", ${place}]; ${whole}${end} yield ["forget", ${place}]; }`;
  }

  /** The text that works out a cell's name. */
  function nameOf({ name, index }: CellUse): string {
    return index === null
      ? JSON.stringify(name)
      : `\`${name}[\${${emit(index)}}]\``;
  }

  function emitRead(node: AnyNode & { type: "MemberExpression" }): string {
    const cell = findCell(node);
    if (cell !== null) return step(node, "read", nameOf(cell));
    // How many cells there are never changes: no step.
    return accesses.isLength(node)
      ? source.slice(node.start, node.end)
      : copy(node);
  }

  function emitAssignment(
    node: AnyNode & { type: "AssignmentExpression" },
  ): string {
    const use = findCell(node.left);
    if (use === null) return copy(node);
    const cell = nameOf(use);
    const right = emit(node.right);
    if (node.operator === "=") return step(node.left, "write", cell, right);
    const operator = node.operator.slice(0, -1);
    const isLogical = LOGICAL.has(operator);
    if (!isSimple(cell)) {
      if (isLogical) {
        throw refuse(node, "its index is worked out twice", "a variable");
      }
      return change(node.left, cell, `old ${operator} (${right})`);
    }
    const old = step(node.left, "read", cell);
    return isLogical
      ? `(${old} ${operator} ${step(node.left, "write", cell, right)})`
      : step(node.left, "write", cell, `${old} ${operator} (${right})`);
  }

  function emitUpdate(node: AnyNode & { type: "UpdateExpression" }): string {
    const use = findCell(node.argument);
    if (use === null) return copy(node);
    const cell = nameOf(use);
    const value = `old ${node.operator[0]} 1`;
    return change(node.argument, cell, value, node.prefix ? "" : ", true");
  }

  /** A read and a write of one cell, whose name is worked out once. */
  function change(
    node: AnyNode,
    cell: string,
    value: string,
    isOldWanted = "",
  ): string {
    const next = `function* (old) { return ${value}; }`;
    return `(yield* ${CHANGE}(${
      siteOf(node)
    }, ${cell}, ${next}${isOldWanted}))`;
  }

  function emitCall(node: AnyNode & { type: "CallExpression" }): string {
    const method = findMethod(node.callee);
    if (method !== null) {
      checkCalls.arguments(node, method);
      checkCalls.style(node, method, awaited.has(node));
      return locking.emitMethod(node, method, bare.has(node));
    }
    return helpers.calls.has(node) ? `(yield* ${copy(node)})` : copy(node);
  }

  function emitAwait(node: AnyNode & { type: "AwaitExpression" }): string {
    const call = node.argument.type === "CallExpression" ? node.argument : null;
    if (call) awaited.add(call);
    const inner = emit(node.argument);
    // `await m.lock("l")` is one step: the lock is what is waited for.
    if (call && findMethod(call.callee) !== null) return inner;
    return step(node, "await", inner);
  }

  /** A loop that can be followed: the search is told of its rounds, see `loops.ts`. */
  function emitLook(node: AnyNode, label = ""): string | null {
    const followed = readLoop(node, accesses);
    if (followed === null) return null;
    return writeLook(followed, emit, { place: places++, label, tick: TICK });
  }

  function step(
    node: AnyNode,
    operation: string,
    target: string,
    ...values: readonly string[]
  ): string {
    return writeStep(siteOf(node), operation, [target, ...values]);
  }
}

/** Whether working out a cell's name twice does no harm. */
function isSimple(cell: string): boolean {
  return /^(?:"[^"]*"|`\w+\[\$\{\w+\}\]`)$/.test(cell);
}

const LOGICAL: ReadonlySet<string> = new Set(["&&", "||", "??"]);
