/**
 * What is refused of a thread's source.
 *
 * Pure. Among it is what makes a thread do something else each time it runs:
 * chance, clocks, and what happens outside of the program. Every schedule is run
 * many times and must do the same; what hides from reading is noticed while
 * schedules are repeated (`graph.ts`, `threads.ts`).
 * @module
 */
import type { AnyNode, CallExpression } from "npm:acorn@8.19.0";
import { findFreeReferences, type FunctionNode } from "../run/mod.ts";
import { ATOMICS, METHODS } from "./operations.ts";
import type { Method, ThreadReader } from "./reader.ts";
import { readPropertyName, walk } from "./syntax.ts";

/** Refuses a node that can not be written in another way. */
export function checkNode(reader: ThreadReader, node: AnyNode): void {
  const refuse = (found: string, expected: string) => {
    throw reader.refuse(node, found, expected);
  };
  switch (node.type) {
    case "MemberExpression":
      return checkKept(reader, node.object, "its property");
    case "Identifier":
      if (node.name !== reader.memory) return;
      return refuse(`it uses "${node.name}" as a whole`, reader.expected);
    case "VariableDeclaration":
      if ((node.kind as string) === "await using") {
        return refuse(`it has "await using"`, "a plain declaration");
      }
      return node.declarations.forEach(({ init }) =>
        checkKept(reader, init, node.kind)
      );
    case "UnaryExpression":
      if (node.operator !== "delete" || !reader.findCell(node.argument)) return;
      return refuse("it deletes a cell", "a cell that stays");
    case "ArrayPattern":
    case "ObjectPattern":
      if (!reader.mentions(node)) return;
      return refuse("it unpacks into cells", "one cell at a time");
    case "ForOfStatement":
      if (!node.await) return;
      return refuse(`it has "for await"`, `a loop with "await" in it`);
  }
}

/** Refuses a use of what a method gives where that is nothing, or no guard for long. */
function checkKept(
  reader: ThreadReader,
  node: AnyNode | null | undefined,
  use: string,
): void {
  const call = node?.type === "AwaitExpression" ? node.argument : node;
  if (call?.type !== "CallExpression") return;
  const method = reader.findMethod(call.callee);
  if (method === null || !METHODS.has(method.operation)) return;
  const found = `it has "${use}" of what ${method.text}() gives`;
  if (!reader.takesLock(call)) {
    const expected = "a call that stands alone";
    throw reader.refuse(call, `${found}, which is nothing`, expected);
  }
  if (DECLARATIONS.has(use)) return;
  throw reader.refuse(call, found, `using guard = ${method.text}(…)`);
}

/** Refuses a wrong number of arguments, to block an asynchronous function, and a promise that nobody awaits. */
export function checkCall(
  reader: ThreadReader,
  call: CallExpression,
  method: Method,
  isAwaited: boolean,
): void {
  const { operation, target, text, guard, style } = method;
  const isNamed = target === undefined && guard === undefined;
  const wanted = isNamed ? countNamed(operation) : Number(operation === "wait");
  const given = call.arguments;
  const isSpread = given.some(({ type }) => type === "SpreadElement");
  if (given.length !== wanted || isSpread) {
    const count = isSpread
      ? "spread arguments"
      : `${given.length} argument${given.length === 1 ? "" : "s"}`;
    const first = isNamed ? "a name" : "a guard";
    const expected = wanted === 0
      ? "none"
      : `${wanted}, the first of them ${first}`;
    throw reader.refuse(call, `${text}() has ${count}`, expected);
  }
  if (style === "await" && !isAwaited) {
    throw reader.refuse(
      call,
      `it does not await ${text}(), which gives a promise`,
      `await ${text}() in an async function, or ${text}Sync()`,
    );
  }
  if (style === "block" && isAwaited) {
    const plain = text.replace(/Sync$/, "");
    const found = `it awaits ${text}(), which blocks`;
    throw reader.refuse(call, found, `await ${plain}()`);
  }
}

/** How many arguments an operation has whose first one is a name. */
function countNamed(operation: string): number {
  if (operation === "compareExchange") return 3;
  const isWriting = ATOMICS.has(operation) && operation !== "load";
  return isWriting || operation === "wait" ? 2 : 1;
}

/** Refuses a thread that depends on more than its memory and its number. */
export function refuseOutside(reader: ThreadReader, root: FunctionNode): void {
  const free = new Set(findFreeReferences(root).map(({ offset }) => offset));
  for (const { node, above } of walk(root)) {
    if (node.type !== "Identifier" || !free.has(node.start)) continue;
    const found = findUse(node.name, [node, ...above]);
    if (found !== null) {
      throw reader.refuse(node, `it uses ${found[0]}`, found[1]);
    }
  }
}

/** What is used of a global, and what to do instead; `null` if it does no harm. */
function findUse(
  name: string,
  [node, parent, ...above]: readonly AnyNode[],
): readonly [found: string, expected: string] | null {
  const property = parent?.type === "MemberExpression" && parent.object === node
    ? readPropertyName(parent)
    : null;
  if (GLOBALS.has(name) && parent !== undefined) {
    return property === null ? null : findUse(property, [parent, ...above]);
  }
  const text = property === null ? name : `${name}.${property}`;
  if (name === "Math") {
    if (property !== null && property !== "random") return null;
    return [property === null ? "Math as a whole" : text, NO_CHANCE];
  }
  if (name === "crypto") return [name, NO_CHANCE];
  if (EVENTS.has(name)) return [name, NO_EVENTS];
  if (!CLOCKS.has(name)) return null;
  // A date that is given is the same each time.
  const isGiven = property === "UTC" || property === "parse" ||
    parent?.type === "NewExpression" && parent.callee === node &&
      parent.arguments.length > 0;
  return name === "Date" && isGiven ? null : [text, NO_CLOCK];
}

const DECLARATIONS: ReadonlySet<string> = new Set(["using", "const", "let"]);
const SAME = "what follows from its memory and its number alone, since each " +
  "schedule is run again and must do the same: ";
const NO_CHANCE = `${SAME}put what was drawn into a cell, as in ` +
  "shared: { dice: [3, 1, 4] }";
const NO_CLOCK = `${SAME}a schedule says who goes on, not when; ` +
  "put a time into a cell, as in shared: { now: 0 }";
const NO_EVENTS = `${SAME}put what comes from there into a cell, as in ` +
  `shared: { answer: "ok" }`;
const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const GLOBALS = wordsOf("globalThis self window global");
const CLOCKS = wordsOf("Date performance Temporal");
const EVENTS = wordsOf(
  "setInterval fetch Worker WebSocket BroadcastChannel Deno process",
);
