/**
 * What certain pieces of syntax are: loops, keys, loops that only look.
 *
 * Pure. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode, Expression } from "npm:acorn@8.19.0";
import { childrenOf } from "../parallel/scope.ts";
import type { Accesses } from "./accesses.ts";

/** A loop that only looks at cells until they are as it wants. */
export interface Spin {
  /** What it awaits in each round; `null` if nothing. */
  readonly pause: Expression | null;
}

/**
 * Recognises a loop that only looks: `while (m.busy) {}`, or with an `await`
 * of something else as its whole body.
 *
 * Going round changes nothing but what it sees, so a thread may rest until
 * that has changed, and no schedule is missed.
 *
 * @param node The loop.
 * @param accesses Recognises uses of memory.
 * @returns What it awaits, if it is such a loop.
 */
export function readSpin(
  node: AnyNode & { type: "WhileStatement" },
  accesses: Accesses,
): Spin | null {
  const { test, body } = node;
  if (!accesses.mentions(test) || changesLocals(test, accesses)) return null;
  if (body.type === "EmptyStatement") return { pause: null };
  const [only, ...others] = body.type === "BlockStatement" ? body.body : [body];
  if (only === undefined) return { pause: null };
  if (others.length > 0 || only.type !== "ExpressionStatement") return null;
  const { expression } = only;
  const isPause = expression.type === "AwaitExpression" &&
    !accesses.mentions(expression);
  return isPause ? { pause: expression } : null;
}

/**
 * Tells whether evaluating code may change more than memory: a variable, or
 * anything that a function or an awaited promise can reach.
 *
 * @param node The code.
 * @param accesses Recognises uses of memory.
 * @returns Whether it may; when in doubt, it does.
 */
export function changesLocals(node: AnyNode, accesses: Accesses): boolean {
  const isOther = (inner: AnyNode) => accesses.findCell(inner) === null;
  const isChange = node.type === "AssignmentExpression" && isOther(node.left) ||
    node.type === "UpdateExpression" && isOther(node.argument) ||
    node.type === "CallExpression" &&
      accesses.findMethod(node.callee) === null ||
    CHANGING.has(node.type);
  return isChange ||
    childrenOf(node).some((child) => changesLocals(child, accesses));
}

/**
 * Tells whether a child is only the name of a property, and no use of a name.
 *
 * @param node The parent.
 * @param child The child.
 * @returns Whether it is such a key.
 */
export function isPlainKey(node: AnyNode, child: AnyNode): boolean {
  if (node.type === "MemberExpression") {
    return child === node.property && !node.computed;
  }
  if (
    node.type === "Property" || node.type === "MethodDefinition" ||
    node.type === "PropertyDefinition"
  ) {
    return child === node.key && !node.computed &&
      !(node.type === "Property" && node.shorthand);
  }
  return false;
}

/** Loops, each with a body. */
export const LOOPS: ReadonlySet<string> = new Set([
  "WhileStatement",
  "DoWhileStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
]);
const CHANGING: ReadonlySet<string> = new Set([
  "AwaitExpression",
  "NewExpression",
  "TaggedTemplateExpression",
]);
