/**
 * Turns a thread's source into steps: a generator that yields before each
 * access to shared memory, and does the access only when told to go on.
 *
 * Pure: text and tree in, text out. `m.x++` becomes a read and a write, as it
 * is one for a processor. The same text runs in `execution.ts` (all threads on
 * this one, to explore fast) and in Workers (`thread_guest.ts`).
 * Uses of memory are recognised in `reader.ts`, helper functions in `helpers.ts`.
 * @module
 */
import type {
  AnyNode,
  AssignmentExpression,
  AwaitExpression,
  BlockStatement,
  CallExpression,
  ExpressionStatement,
  UpdateExpression,
} from "npm:acorn@8.19.0";
import type { FunctionNode } from "../run/mod.ts";
import { findHelpers } from "./helpers.ts";
import { writeLook } from "./looks.ts";
import type { Site } from "./operations.ts";
import {
  type CellUse,
  type Method,
  TAKING,
  ThreadReader,
  type ThreadSource,
} from "./reader.ts";
import { checkCall, checkNode, refuseOutside } from "./refusals.ts";
import { CHANGE, RELEASE, TAKE, TICK } from "./surroundings.ts";
import { changesLocals, LOGICAL } from "./syntax.ts";

/** A thread as steps. */
export interface Instrumented {
  readonly text: string;
  /** The places in the source that its steps refer to. */
  readonly sites: readonly Site[];
}

/** Writes a thread as a generator of steps. */
export function instrument(thread: ThreadSource): Instrumented {
  const { node: root } = thread;
  const reader = new ThreadReader(thread);
  refuseOutside(reader, root);
  const helpers = findHelpers(reader, root);
  /** Calls that are awaited, and calls that nobody wants anything of. */
  const awaited = new Set<AnyNode>();
  const bare = new Set<AnyNode>();
  let places = 0;
  const nextPlace = () => places++;
  return { text: emitFunction(root, thread.name), sites: reader.sites };

  function emitFunction(node: FunctionNode, name: string): string {
    const [first] = node.params;
    const last = node.params.at(-1);
    const parameters = first && last
      ? reader.textOf({ start: first.start, end: last.end })
      : "";
    const inner = node.body.type === "BlockStatement"
      ? emit(node.body)
      : `{ return (${emit(node.body)}); }`;
    const label = /^[\w$]+$/.test(name) && node.id ? ` ${name}` : "";
    return `function*${label}(${parameters}) ${inner}`;
  }

  function emit(node: AnyNode): string {
    checkNode(reader, node);
    switch (node.type) {
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression": {
        const name = helpers.functions.get(node);
        return name === undefined
          ? reader.textOf(node)
          : emitFunction(node, name);
      }
      case "MemberExpression": {
        const cell = reader.findCell(node);
        if (cell !== null) return step(node, "read", nameOf(cell));
        // How many cells there are never changes: no step.
        return reader.findLength(node) ? reader.textOf(node) : copy(node);
      }
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
        return emitBlock(node);
      case "ExpressionStatement":
        return emitStatement(node);
      default:
        return copy(node);
    }
  }

  function copy(node: AnyNode): string {
    return reader.copy(node, emit, `${TICK}();`);
  }

  /** A loop that can be followed: the search is told of its rounds, see `thread.ts`. */
  function emitLook(node: AnyNode, label = ""): string | null {
    return writeLook(reader, node, { emit, nextPlace, label });
  }

  function emitStatement(node: ExpressionStatement): string {
    const { expression } = node;
    bare.add(
      expression.type === "AwaitExpression" ? expression.argument : expression,
    );
    const text = copy(node);
    // Without a semicolon before it, a parenthesis would become a call.
    const whole = text.startsWith("(") && !reader.textOf(node).startsWith("(")
      ? `void ${text}`
      : text;
    if (!reader.mentions(node) || changesLocals(node, reader)) return whole;
    const end = whole.endsWith(";") ? "" : ";";
    const place = nextPlace();
    return `{ yield ["keep", ${place}]; ${whole}${end} yield ["forget", ${place}]; }`;
  }

  /** A block: what `using` holds in it is given back at its end, which is a step. */
  function emitBlock(node: BlockStatement): string {
    let text = "{";
    let ends = "";
    let at = node.start + 1;
    for (const statement of node.body) {
      text += reader.textOf({ start: at, end: statement.start });
      const held = readUsing(statement);
      if (held.length === 0) text += emit(statement);
      for (const { name, init } of held) {
        const site = reader.siteOf(init);
        text += `const ${name} = ${emit(init)}; try { `;
        ends = ` } finally { yield* ${RELEASE}(${site}, ${name}); }${ends}`;
      }
      at = statement.end;
    }
    return `${text}${reader.textOf({ start: at, end: node.end - 1 })}${ends}}`;
  }

  function readUsing(
    node: AnyNode,
  ): readonly { readonly name: string; readonly init: AnyNode }[] {
    if (node.type !== "VariableDeclaration") return [];
    if ((node.kind as string) !== "using") return [];
    const held = node.declarations.flatMap(({ id, init }) =>
      id.type === "Identifier" && init && reader.takesLock(init)
        ? [{ name: id.name, init }]
        : []
    );
    if (held.length === 0 || held.length === node.declarations.length) {
      return held;
    }
    const found = "it holds locks and other things";
    throw reader.refuse(node, found, "a using for each");
  }

  /** The text that works out a cell's name. */
  function nameOf({ name, index }: CellUse): string {
    return index === null
      ? JSON.stringify(name)
      : `\`${name}[\${${emit(index)}}]\``;
  }

  function emitAssignment(node: AssignmentExpression): string {
    const use = reader.findCell(node.left);
    if (use === null) return copy(node);
    const cell = nameOf(use);
    const right = emit(node.right);
    if (node.operator === "=") return step(node.left, "write", cell, right);
    const operator = node.operator.slice(0, -1);
    const isLogical = LOGICAL.has(operator);
    if (!isSimple(cell)) {
      if (!isLogical) {
        return change(node.left, cell, `old ${operator} (${right})`);
      }
      throw reader.refuse(node, "its index is worked out twice", "a variable");
    }
    const old = step(node.left, "read", cell);
    return isLogical
      ? `(${old} ${operator} ${step(node.left, "write", cell, right)})`
      : step(node.left, "write", cell, `${old} ${operator} (${right})`);
  }

  function emitUpdate(node: UpdateExpression): string {
    const use = reader.findCell(node.argument);
    if (use === null) return copy(node);
    const value = `old ${node.operator[0]} 1`;
    return change(node.argument, nameOf(use), value, !node.prefix);
  }

  /** A read and a write of one cell, whose name is worked out once. */
  function change(
    node: AnyNode,
    cell: string,
    value: string,
    isOldWanted = false,
  ): string {
    const next = `function* (old) { return ${value}; }`;
    const site = reader.siteOf(node);
    return `(yield* ${CHANGE}(${site}, ${cell}, ${next}, ${isOldWanted}))`;
  }

  function emitCall(node: CallExpression): string {
    const method = reader.findMethod(node.callee);
    if (method !== null) {
      checkCall(reader, node, method, awaited.has(node));
      return emitMethod(node, method);
    }
    return helpers.calls.has(node) ? `(yield* ${copy(node)})` : copy(node);
  }

  /** A call of a method: what takes a lock gives a guard, unless nobody wants it. */
  function emitMethod(
    node: CallExpression,
    { operation, target, guard }: Method,
  ): string {
    const site = reader.siteOf(node);
    if (guard !== undefined) {
      return `(yield* ${RELEASE}(${site}, ${guard}, true))`;
    }
    const [held] = node.arguments;
    const args = node.arguments.map((argument) => emit(argument));
    const [first = "undefined", ...rest] = target === undefined
      ? args
      : [target, ...args];
    if (operation === "wait" && target !== undefined) {
      if (!held || !reader.isGuard(held)) {
        const found = "it waits with what is no guard";
        throw reader.refuse(node, found, "a variable with what lock() gave");
      }
      return step(node, operation, first, `${rest[0]}.lock`);
    }
    return TAKING.has(operation) && !bare.has(node)
      ? `(yield* ${TAKE}("${operation}", ${site}, ${first}))`
      : step(node, operation, first, ...rest);
  }

  function emitAwait(node: AwaitExpression): string {
    const call = node.argument.type === "CallExpression" ? node.argument : null;
    if (call) awaited.add(call);
    const inner = emit(node.argument);
    // `await m.lock("l")` is one step: the lock is what is waited for.
    if (call && reader.findMethod(call.callee) !== null) return inner;
    return step(node, "await", inner);
  }

  /** A step: what is done, where in the source, and to what. */
  function step(
    node: AnyNode,
    operation: string,
    ...values: readonly string[]
  ): string {
    const site = reader.siteOf(node);
    return `(yield [${[`"${operation}"`, site, ...values].join(", ")}])`;
  }
}

/** Whether working out a cell's name twice does no harm. */
function isSimple(cell: string): boolean {
  return /^(?:"[^"]*"|`\w+\[\$\{\w+\}\]`)$/.test(cell);
}
