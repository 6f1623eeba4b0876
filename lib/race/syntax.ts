/**
 * What certain pieces of syntax are: loops, keys, loops that change no variable.
 *
 * Pure. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import { childrenOf } from "../parallel/scope.ts";
import type { Accesses } from "./accesses.ts";

/** A loop with a test, or one that begins anew by itself. */
export type Loop =
  & AnyNode
  & { type: "WhileStatement" | "DoWhileStatement" | "ForStatement" };

/**
 * Recognises a loop that changes no variable, such as `while (m.busy) {}`, so
 * that what it does depends on memory alone.
 *
 * A round that changed no memory either comes to nothing, and a thread may rest
 * until what it saw is different: no schedule is missed. An `await` of something
 * else, as a statement, counts for nothing.
 *
 * @param node Any node.
 * @param accesses Recognises uses of memory.
 * @returns Whether it is such a loop.
 */
export function isLookingLoop(
  node: AnyNode,
  accesses: Accesses,
): node is Loop {
  if (
    node.type !== "WhileStatement" && node.type !== "DoWhileStatement" &&
    node.type !== "ForStatement"
  ) return false;
  const update = node.type === "ForStatement" ? node.update : null;
  const parts = [node.test, update, node.body].filter((part) =>
    part !== null && part !== undefined
  );
  return parts.some((part) => accesses.mentions(part)) &&
    !parts.some((part) => changesVariables(part, accesses));
}

/**
 * Writes such a loop so that it tells where its rounds begin.
 *
 * @param node The loop.
 * @param emit Writes what is inside of it.
 * @param options Its number, its label, and what is called in each round.
 * @returns A block.
 */
export function writeLook(
  node: Loop,
  emit: (node: AnyNode) => string,
  { place, label, tick }: {
    readonly place: number;
    readonly label: string;
    readonly tick: string;
  },
): string {
  const note = (text: string) => `yield ["${text}", ${place}]`;
  const write = (part: AnyNode | null | undefined) => part ? emit(part) : "";
  const round = `(${note("round")})`;
  const loop = (): string => {
    const init = node.type === "ForStatement" ? write(node.init) : "";
    const test = write(node.test) || "true";
    const update = node.type === "ForStatement" ? write(node.update) : "";
    const body = `${tick}(); ${emit(node.body)}`;
    return node.type === "DoWhileStatement"
      ? `do { ${round}; ${body} } while (${test});`
      : `for (${
        init.replace(/;$/, "")
      }; (${round}, ${test}); ${update}) { ${body} }`;
  };
  return `{ ${note("enter")}; ${label}${loop()} ${note("leave")}; }`;
}

/** As `changesLocals`, but an `await` that stands alone is a pause. */
function changesVariables(node: AnyNode, accesses: Accesses): boolean {
  const isPause = node.type === "ExpressionStatement" &&
    node.expression.type === "AwaitExpression" &&
    !accesses.mentions(node.expression);
  if (isPause) return false;
  if (node.type === "VariableDeclaration" && node.kind === "var") return true;
  const isStatement = /Statement$|^SwitchCase$/.test(node.type) &&
    node.type !== "ExpressionStatement";
  return isStatement
    ? childrenOf(node).some((child) => changesVariables(child, accesses))
    : changesLocals(node, accesses);
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
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "NewExpression",
  "TaggedTemplateExpression",
]);
