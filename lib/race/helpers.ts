/**
 * Finds the functions inside a thread that use its memory.
 *
 * Pure. Such a function becomes a generator too, and each call of it a
 * delegation; so it must have a name and be called by it. Functions that leave
 * the memory alone stay what they are.
 * @module
 */
import type { AnyNode, CallExpression } from "npm:acorn@8.19.0";
import { childrenOf, type FunctionNode } from "../run/mod.ts";
import type { Refuse } from "./refusal.ts";

/** What has to be written differently. */
export interface Helpers {
  /** Functions that make steps, with their names. */
  readonly functions: ReadonlyMap<AnyNode, string>;
  readonly calls: ReadonlySet<AnyNode>;
}

/** Finds functions that make steps, and their calls. */
export function findHelpers(
  root: FunctionNode,
  memory: string,
  refuse: Refuse,
): Helpers {
  const inner = listInner(root);
  const functions = new Map<AnyNode, string>();
  const names = new Set<string>();
  // A function that calls one that makes steps makes steps: until nothing changes.
  for (let before = -1; before !== functions.size;) {
    before = functions.size;
    for (const { node, name } of inner) {
      if (functions.has(node)) continue;
      if (
        !uses(node.body, memory) && ![...names].some((n) => uses(node.body, n))
      ) {
        continue;
      }
      if (name === null) {
        throw refuse(
          node,
          "a function without a name uses the memory",
          "a loop, or a function that is called by its name",
        );
      }
      functions.set(node, name);
      names.add(name);
    }
  }
  const calls = new Set<AnyNode>();
  visit(root, null, null);
  return { functions, calls };

  function visit(node: AnyNode, parent: AnyNode | null, above: AnyNode | null) {
    const isDeclared = parent !== null && "id" in parent && parent.id === node;
    if (node.type === "Identifier" && isDeclared && node.name === memory) {
      throw refuse(node, `it declares "${memory}" again`, "another name");
    }
    if (isFunction(node) && node !== root) {
      for (const parameter of node.params) {
        if (!mentions(parameter, memory)) continue;
        throw refuse(
          parameter,
          `it declares "${memory}" again`,
          "another name",
        );
      }
    }
    if (
      node.type === "Identifier" && names.has(node.name) && !isDeclared &&
      !isPropertyName(node, parent)
    ) {
      if (parent?.type !== "CallExpression" || parent.callee !== node) {
        throw refuse(
          node,
          `it passes on "${node.name}", which uses the memory`,
          "a call of it",
        );
      }
      if (isAsync(node.name) && above?.type !== "AwaitExpression") {
        throw refuse(node, `it does not await "${node.name}"`, "an await");
      }
      calls.add(parent satisfies CallExpression);
    }
    for (const child of childrenOf(node)) visit(child, node, parent);
  }

  function isAsync(name: string): boolean {
    return [...functions].some(([node, known]) =>
      known === name && isFunction(node) && node.async
    );
  }
}

interface Inner {
  readonly node: FunctionNode;
  readonly name: string | null;
}

function listInner(root: FunctionNode): readonly Inner[] {
  const found: Inner[] = [];
  const visit = (node: AnyNode, parent: AnyNode): void => {
    if (isFunction(node)) {
      const declared = parent.type === "VariableDeclarator" &&
          parent.id.type === "Identifier"
        ? parent.id.name
        : null;
      const own = node.type === "FunctionDeclaration" ? node.id?.name : null;
      found.push({ node, name: own ?? declared });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  for (const child of childrenOf(root)) visit(child, root);
  return found;
}

/** Whether code uses a name itself, not only in functions inside of it. */
function uses(node: AnyNode, name: string): boolean {
  if (node.type === "Identifier") return node.name === name;
  return childrenOf(node).some((child) =>
    !isFunction(child) && !isPropertyName(child, node) && uses(child, name)
  );
}

function mentions(node: AnyNode, name: string): boolean {
  if (node.type === "Identifier") return node.name === name;
  return childrenOf(node).some((child) => mentions(child, name));
}

function isPropertyName(node: AnyNode, parent: AnyNode | null): boolean {
  if (parent?.type === "MemberExpression") {
    return parent.property === node && !parent.computed;
  }
  return parent?.type === "Property" && parent.key === node &&
    !parent.computed && !parent.shorthand;
}

function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression";
}
