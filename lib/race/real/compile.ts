/**
 * Turns a thread's source into code that works on shared memory by itself: what
 * `m.x` is for a reader, is one plain access of an `Int32Array` for a processor.
 *
 * Pure: text and tree in, text out. Nothing stands between two accesses that the
 * author has not written, so compilers and processors may do with them what they
 * do with any program. The same source as steps: `instrument.ts`.
 * @module
 */
import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
} from "npm:acorn@8.19.0";
import { ATOMICS } from "../operations.ts";
import {
  type CellUse,
  type Method,
  ThreadReader,
  type ThreadSource,
} from "../reader.ts";
import { checkCall, checkNode } from "../refusals.ts";
import { LOGICAL } from "../syntax.ts";
import type { Layout } from "./layout.ts";

/** A thread as code of its own. */
export interface Compiled {
  /** A function expression of the round's place and the thread's number. */
  readonly text: string;
  /** Names of all cells that it uses, and of those that it uses by plain accesses. */
  readonly used: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
}

/** Writes a thread as code that works on shared memory. */
export function compile(thread: ThreadSource, layout: Layout): Compiled {
  const { node: root } = thread;
  const reader = new ThreadReader(thread);
  const used = new Set<string>();
  const plain = new Set<string>();
  const body = root.body.type === "BlockStatement"
    ? emit(root.body)
    : `{ return (${emit(root.body)}); }`;
  const [, second] = root.params;
  const id = second ? `, ${reader.textOf(second)}` : "";
  return { text: `(${BASE}${id}) => ${body}`, used, plain };

  function emit(node: AnyNode): string {
    checkNode(reader, node);
    switch (node.type) {
      case "MemberExpression": {
        const cell = reader.findCell(node);
        const list = cell === null ? reader.findLength(node) : null;
        if (list !== null) return String(layout.places.get(list)!.count);
        if (cell === null) return copy(node);
        const place = placeOf(cell);
        return layout.booleans.has(cell.name) ? `(${place} !== 0)` : place;
      }
      case "AssignmentExpression":
        return emitAssignment(node);
      case "UpdateExpression": {
        const cell = reader.findCell(node.argument);
        if (cell === null) return copy(node);
        const place = placeOf(cell);
        return node.prefix
          ? `${node.operator}${place}`
          : `${place}${node.operator}`;
      }
      case "CallExpression": {
        const method = reader.findMethod(node.callee);
        if (method === null) return copy(node);
        checkCall(reader, node, method, false);
        return emitMethod(node, method);
      }
      default:
        return copy(node);
    }
  }

  /** Loops have an end. */
  function copy(node: AnyNode): string {
    return reader.copy(node, emit, ROUND_CHECK);
  }

  function placeOf({ name, index }: CellUse): string {
    used.add(name);
    plain.add(name);
    const { first, count } = layout.places.get(name)!;
    return index === null
      ? `${WORDS}[${BASE} + ${first}]`
      : `${WORDS}[${BASE} + ${AT}(${first}, ${count}, ${emit(index)})]`;
  }

  function emitAssignment(node: AssignmentExpression): string {
    const cell = reader.findCell(node.left);
    if (cell === null) return copy(node);
    const place = placeOf(cell);
    const right = emit(node.right);
    const operator = node.operator.slice(0, -1);
    if (operator === "") return `(${place} = ${WHOLE}(${right}))`;
    return LOGICAL.has(operator)
      ? `(${place} ${node.operator} ${WHOLE}(${right}))`
      : `(${place} = ${WHOLE}(${place} ${operator} (${right})))`;
  }

  function emitMethod(
    node: CallExpression,
    { operation, target, text, guard }: Method,
  ): string {
    if (guard !== undefined) return `${guard}.unlock()`;
    const args = [...node.arguments];
    const place = target !== undefined
      ? String(layout.places.get(JSON.parse(target))!.first)
      : emitPlace(args.shift()!);
    const at = `${BASE} + ${place}`;
    if (ATOMICS.has(operation)) {
      const wanted = args.map((argument) => `${WHOLE}(${emit(argument)})`);
      return `Atomics.${operation}(${[WORDS, at, ...wanted].join(", ")})`;
    }
    const [held] = args;
    if (operation !== "wait" || held === undefined) {
      return `${LOCKS}.${operation}(${at})`;
    }
    if (reader.isGuard(held)) return `${LOCKS}.wait(${at}, ${held.name}.at)`;
    if (target !== undefined) {
      throw reader.refuse(node, `${text}() has no guard`, "what lock() gave");
    }
    return `${LOCKS}.wait(${at}, ${BASE} + ${emitPlace(held)})`;
  }

  /** Where the cell or lock is that an argument names. */
  function emitPlace(node: AnyNode): string {
    const name = node.type === "Literal" ? String(node.value) : "";
    const [, list, number] = /^(\w+)\[(\d+)\]$/.exec(name) ?? [];
    used.add(list ?? name);
    const one = layout.places.get(name);
    if (one !== undefined && one.count === null) return String(one.first);
    const array = layout.places.get(list ?? "");
    if (array?.count && Number(number) < array.count) {
      return String(array.first + Number(number) * layout.apart);
    }
    if (node.type === "TemplateLiteral" && node.expressions.length === 1) {
      const [before, after] = node.quasis.map(({ value }) => value.cooked);
      const name = before?.endsWith("[") ? before.slice(0, -1) : "";
      const { first, count } = layout.places.get(name) ?? {};
      if (count && after === "]") {
        used.add(name);
        return `${AT}(${first}, ${count}, ${emit(node.expressions[0]!)})`;
      }
    }
    throw reader.refuse(
      node,
      "on real threads this name can not be read from the source",
      `a name that stands there, as in "${[...layout.places.keys()][0]}"`,
    );
  }
}

const BASE = "__skein_base";
const WORDS = "__skein_words";
const WHOLE = "__skein_whole";
const AT = "__skein_at";
const LOCKS = "__skein_locks";
const ROUND_CHECK = "if (++__skein_rounds > __skein_most) __skein_end();";
