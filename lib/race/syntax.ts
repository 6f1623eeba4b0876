/**
 * What certain pieces of syntax are: functions, names, loops that can be followed.
 *
 * Pure. Used by all that reads a thread's source.
 * @module
 */
import type { AnyNode, MemberExpression } from "npm:acorn@8.19.0";
import { childrenOf, type FunctionNode } from "../run/mod.ts";
import type { ThreadReader } from "./reader.ts";

/** A node, and those around it, the nearest first. */
export interface Visit {
  readonly node: AnyNode;
  readonly above: readonly AnyNode[];
}

/** Lists a node and all inside of it, in the order of the source. */
export function walk(
  node: AnyNode,
  above: readonly AnyNode[] = [],
): readonly Visit[] {
  const around = [node, ...above];
  return [
    { node, above },
    ...childrenOf(node).flatMap((child) => walk(child, around)),
  ];
}

/** Tells whether a node is a function. */
export function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression";
}

/** The name of a property, if it stands there in the source. */
export function readPropertyName(node: MemberExpression): string | null {
  const { property, computed } = node;
  if (property.type === "Identifier" && !computed) return property.name;
  return computed && property.type === "Literal" &&
      typeof property.value === "string"
    ? property.value
    : null;
}

/** Tells whether a node is only the name of a property of its parent, and no use of a name. */
export function isPropertyName(
  node: AnyNode,
  parent: AnyNode | undefined,
): boolean {
  switch (parent?.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key === node && !parent.computed &&
        !(parent.type === "Property" && parent.shorthand);
    default:
      return false;
  }
}

/**
 * Tells whether evaluating code may change more than memory: a variable, or
 * anything that a function or an awaited promise can reach.
 */
export function changesLocals(root: AnyNode, reader: ThreadReader): boolean {
  const isOther = (node: AnyNode) => reader.findCell(node) === null;
  return walk(root).some(({ node }) => {
    if (node.type === "AssignmentExpression") return isOther(node.left);
    if (node.type === "UpdateExpression") return isOther(node.argument);
    if (node.type !== "CallExpression") return CHANGING.has(node.type);
    // A guard knows whether it still holds its lock.
    const method = reader.findMethod(node.callee);
    return method === null || method.guard !== undefined;
  });
}

/** Loops, each with a body. */
export const LOOPS: ReadonlySet<string> = new Set([
  "WhileStatement",
  "DoWhileStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
]);
/** What may change more than memory and variables, or does it later. */
export const CHANGING: ReadonlySet<string> = new Set([
  "AwaitExpression",
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "NewExpression",
  "TaggedTemplateExpression",
]);
/** Operators that may leave their right side alone. */
export const LOGICAL: ReadonlySet<string> = new Set(["&&", "||", "??"]);
