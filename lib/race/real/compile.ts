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
import { childrenOf } from "../../run/mod.ts";
import { type CellUse, createAccesses, type Method } from "../accesses.ts";
import { createCallChecks } from "../call_checks.ts";
import type { ThreadSource } from "../instrument.ts";
import { ATOMICS } from "../operations.ts";
import { createRefusal } from "../refusal.ts";
import { isPlainKey, LOOPS } from "../syntax.ts";
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
  const { text: source, node: root, cells } = thread;
  const refuse = createRefusal(thread);
  const [first, second] = root.params;
  if (first !== undefined && first.type !== "Identifier") {
    throw refuse(first, "its first parameter is a pattern", "a name like m");
  }
  const memory = first?.name ?? null;
  const accesses = createAccesses({ root, memory, cells, refuse });
  const { findCell, findMethod, isGuard } = accesses;
  const checkCalls = createCallChecks(findMethod, refuse);
  const used = new Set<string>();
  const plain = new Set<string>();
  const body = root.body.type === "BlockStatement"
    ? emit(root.body)
    : `{ return (${emit(root.body)}); }`;
  const id = second ? `, ${source.slice(second.start, second.end)}` : "";
  return { text: `(${BASE}${id}) => ${body}`, used, plain };

  function emit(node: AnyNode): string {
    switch (node.type) {
      case "MemberExpression": {
        const cell = findCell(node);
        if (cell !== null) return emitRead(cell);
        return accesses.isLength(node) ? emitLength(node.object) : copy(node);
      }
      case "AssignmentExpression":
        return emitAssignment(node);
      case "UpdateExpression": {
        const cell = findCell(node.argument);
        if (cell === null) return copy(node);
        const place = placeOf(cell);
        return node.prefix
          ? `${node.operator}${place}`
          : `${place}${node.operator}`;
      }
      case "CallExpression": {
        const method = findMethod(node.callee);
        if (method === null) return copy(node);
        checkCalls.arguments(node, method);
        checkCalls.style(node, method, false);
        return emitMethod(node, method);
      }
      case "Identifier":
        if (node.name !== memory) return source.slice(node.start, node.end);
        throw refuse(node, `it uses "${memory}" as a whole`, accesses.expected);
      case "UnaryExpression":
        if (node.operator !== "delete" || !findCell(node.argument)) {
          return copy(node);
        }
        throw refuse(node, "it deletes a cell", "a cell that stays");
      default:
        return copy(node);
    }
  }

  /** Writes a node as it was, with what is inside of it changed; loops have an end. */
  function copy(node: AnyNode): string {
    let text = "";
    let at = node.start;
    const body = LOOPS.has(node.type) && "body" in node ? node.body : null;
    for (
      const child of childrenOf(node).toSorted((a, b) => a.start - b.start)
    ) {
      if (isPlainKey(node, child) || child.start < at) continue;
      const inner = emit(child);
      text += source.slice(at, child.start) +
        (child === body ? `{ ${ROUND_CHECK} ${inner} }` : inner);
      at = child.end;
    }
    return text + source.slice(at, node.end);
  }

  function placeOf({ name, index }: CellUse): string {
    used.add(name);
    plain.add(name);
    const { first, count } = layout.places.get(name)!;
    return index === null
      ? `${WORDS}[${BASE} + ${first}]`
      : `${WORDS}[${BASE} + ${AT}(${first}, ${count}, ${emit(index)})]`;
  }

  function emitRead(cell: CellUse): string {
    return layout.booleans.has(cell.name)
      ? `(${placeOf(cell)} !== 0)`
      : placeOf(cell);
  }

  function emitLength(list: AnyNode): string {
    const name = list.type === "MemberExpression" ? nameIn(list.property) : "";
    return String(layout.places.get(name)?.count ?? 0);
  }

  function emitAssignment(node: AssignmentExpression): string {
    const cell = findCell(node.left);
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
    const values = args.map((argument) => emit(argument));
    if (ATOMICS.has(operation)) {
      const wanted = values.map((value) => `${WHOLE}(${value})`);
      return `Atomics.${operation}(${[WORDS, at, ...wanted].join(", ")})`;
    }
    if (operation === "wait") {
      const [held] = args;
      if (held !== undefined && isGuard(held)) {
        return `${LOCKS}.wait(${at}, ${emit(held)}.at)`;
      }
      if (held === undefined || target !== undefined) {
        throw refuse(node, `${text}() has no guard`, "what lock() gave");
      }
      return `${LOCKS}.wait(${at}, ${BASE} + ${emitPlace(held)})`;
    }
    return `${LOCKS}.${operation}(${at})`;
  }

  /** Where the cell or lock is that an argument names. */
  function emitPlace(node: AnyNode): string {
    const name = nameIn(node);
    const list = /^(\w+)\[(\d+)\]$/.exec(name);
    used.add(list?.[1] ?? name);
    const plain = layout.places.get(name);
    if (plain !== undefined && plain.count === null) return String(plain.first);
    const array = layout.places.get(list?.[1] ?? "");
    if (array?.count && Number(list![2]) < array.count) {
      return String(array.first + Number(list![2]) * layout.apart);
    }
    if (node.type === "TemplateLiteral" && node.expressions.length === 1) {
      const [before, after] = node.quasis.map(({ value }) => value.cooked);
      const { first, count } =
        layout.places.get((before ?? "").replace(/\[$/, "")) ?? {};
      if (count && after === "]" && before?.endsWith("[")) {
        used.add(before.slice(0, -1));
        return `${AT}(${first}, ${count}, ${emit(node.expressions[0]!)})`;
      }
    }
    throw refuse(
      node,
      "on real threads this name can not be read from the source",
      `a name that stands there, as in "${[...layout.places.keys()][0]}"`,
    );
  }
}

/** The text of a literal, or of a property's name. */
export function nameIn(node: AnyNode): string {
  if (node.type === "Literal") return String(node.value);
  return node.type === "Identifier" ? node.name : "";
}

const BASE = "__skein_base";
const WORDS = "__skein_words";
const WHOLE = "__skein_whole";
const AT = "__skein_at";
const LOCKS = "__skein_locks";
const ROUND_CHECK = "if (++__skein_rounds > __skein_most) __skein_end();";
const LOGICAL: ReadonlySet<string> = new Set(["&&", "||", "??"]);
