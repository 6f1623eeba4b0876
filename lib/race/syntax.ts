/**
 * What certain pieces of syntax are: loops, keys, loops that can be followed.
 *
 * Pure. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import { childrenOf } from "../run/mod.ts";
import type { Accesses } from "./accesses.ts";

/** A loop with a test, or one that begins anew by itself. */
export type Loop =
  & AnyNode
  & { type: "WhileStatement" | "DoWhileStatement" | "ForStatement" };

/** A loop that can be followed round by round. */
export interface Followed {
  readonly loop: Loop;
  /** The names of the variables that it changes. */
  readonly variables: readonly string[];
}

/**
 * Recognises a loop that can be followed: what it does depends on memory and on
 * variables that it changes by assignment, such as `while (m.busy) {}`.
 *
 * A round that changed neither comes to nothing, and a thread may rest until
 * what it saw is different: no schedule is missed. An `await` of something else,
 * as a statement, counts for nothing.
 */
export function readLoop(node: AnyNode, accesses: Accesses): Followed | null {
  if (
    node.type !== "WhileStatement" && node.type !== "DoWhileStatement" &&
    node.type !== "ForStatement"
  ) return null;
  const update = node.type === "ForStatement" ? node.update : null;
  const parts = [node.test, update, node.body].filter((part) =>
    part !== null && part !== undefined
  );
  if (!parts.some((part) => accesses.mentions(part))) return null;
  const changed = new Set<string>();
  const own = new Set<string>();
  const isFit = parts.every((part) => visit(part));
  return isFit ? { loop: node, variables: [...changed.difference(own)] } : null;

  /** Notes which variables are changed; tells whether nothing else can be. */
  function visit(inner: AnyNode): boolean {
    const isPause = inner.type === "ExpressionStatement" &&
      inner.expression.type === "AwaitExpression" &&
      !accesses.mentions(inner.expression);
    if (isPause) return true;
    if (CHANGING.has(inner.type)) return false;
    if (inner.type === "CallExpression" && !accesses.findMethod(inner.callee)) {
      return false;
    }
    const target = inner.type === "AssignmentExpression"
      ? inner.left
      : inner.type === "UpdateExpression"
      ? inner.argument
      : null;
    if (target?.type === "Identifier") changed.add(target.name);
    else if (target !== null && !accesses.findCell(target)) return false;
    if (inner.type === "VariableDeclaration") {
      for (const { id } of inner.declarations) {
        // Unpacking declares names of its own, which last for a round.
        const names = inner.kind === "var" ? changed : own;
        if (id.type === "Identifier") names.add(id.name);
        else if (inner.kind === "var") return false;
      }
    }
    return childrenOf(inner).every(visit);
  }
}

/** Writes such a loop so that it tells where its rounds begin. */
export function writeLook(
  { loop: node, variables }: Followed,
  emit: (node: AnyNode) => string,
  { place, label, tick }: {
    readonly place: number;
    readonly label: string;
    readonly tick: string;
  },
): string {
  const note = (text: string) => `yield ["${text}", ${place}]`;
  const write = (part: AnyNode | null | undefined) => part ? emit(part) : "";
  const told = [place, ...variables].join(", ");
  const round = `(yield ["round", [${told}]])`;
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

/**
 * Tells whether evaluating code may change more than memory: a variable, or
 * anything that a function or an awaited promise can reach.
 */
export function changesLocals(node: AnyNode, accesses: Accesses): boolean {
  const isOther = (inner: AnyNode) => accesses.findCell(inner) === null;
  const isChange = node.type === "AssignmentExpression" && isOther(node.left) ||
    node.type === "UpdateExpression" && isOther(node.argument) ||
    node.type === "CallExpression" && changesMore(node.callee, accesses) ||
    CHANGING.has(node.type);
  return isChange ||
    childrenOf(node).some((child) => changesLocals(child, accesses));
}

/** A guard knows whether it still holds its lock. */
function changesMore(callee: AnyNode, { findMethod }: Accesses): boolean {
  const method = findMethod(callee);
  return method === null || method.guard !== undefined;
}

/** Tells whether a child is only the name of a property, and no use of a name. */
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
