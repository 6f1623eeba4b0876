/**
 * Finds the functions inside a thread that use its memory.
 *
 * Pure. Such a function becomes a generator too, and each call of it a
 * delegation; so it must have a name and be called by it. Functions that leave
 * the memory alone stay what they are.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import { childrenOf, type FunctionNode } from "../run/mod.ts";
import type { ThreadReader } from "./reader.ts";
import { isFunction, isPropertyName, type Visit, walk } from "./syntax.ts";

/** What has to be written differently. */
export interface Helpers {
  /** Functions that make steps, with their names. */
  readonly functions: ReadonlyMap<AnyNode, string>;
  readonly calls: ReadonlySet<AnyNode>;
}

/** Finds functions that make steps, and their calls. */
export function findHelpers(
  reader: ThreadReader,
  root: FunctionNode,
): Helpers {
  const { memory } = reader;
  const functions = new Map<FunctionNode, string>();
  const calls = new Set<AnyNode>();
  if (memory === null) return { functions, calls };
  const visits = walk(root);
  const names = new Set([memory]);
  // A function that calls one that makes steps makes steps: until nothing changes.
  for (let before = -1; before !== functions.size;) {
    before = functions.size;
    for (const { node, above: [parent] } of visits) {
      if (!isFunction(node) || node === root || functions.has(node)) continue;
      if (![...names].some((one) => uses(node.body, one))) continue;
      const name = nameOf(node, parent);
      if (name === undefined) {
        throw reader.refuse(
          node,
          "a function without a name uses the memory",
          "a loop, or a function that is called by its name",
        );
      }
      functions.set(node, name);
      names.add(name);
    }
  }
  for (const visit of visits) look(visit);
  return { functions, calls };

  function look({ node, above }: Visit): void {
    const [parent, around] = above;
    const isDeclared = parent !== undefined && "id" in parent &&
      parent.id === node;
    if (node.type !== "Identifier" || isPropertyName(node, parent)) return;
    const isParameter = above.some((one, i) =>
      isFunction(one) && one !== root &&
      one.params.some((parameter) => parameter === (above[i - 1] ?? node))
    );
    if (node.name === memory && (isDeclared || isParameter)) {
      throw reader.refuse(
        node,
        `it declares "${memory}" again`,
        "another name",
      );
    }
    if (node.name === memory || isDeclared || !names.has(node.name)) return;
    if (parent?.type !== "CallExpression" || parent.callee !== node) {
      throw reader.refuse(
        node,
        `it passes on "${node.name}", which uses the memory`,
        "a call of it",
      );
    }
    const isAsync = [...functions].some(([one, name]) =>
      name === node.name && one.async
    );
    if (isAsync && around?.type !== "AwaitExpression") {
      throw reader.refuse(node, `it does not await "${node.name}"`, "an await");
    }
    calls.add(parent);
  }
}

function nameOf(
  node: FunctionNode,
  parent: AnyNode | undefined,
): string | undefined {
  if (node.type === "FunctionDeclaration") return node.id?.name;
  return parent?.type === "VariableDeclarator" &&
      parent.id.type === "Identifier"
    ? parent.id.name
    : undefined;
}

/** Whether code uses a name itself, not only in functions inside of it. */
function uses(node: AnyNode, name: string): boolean {
  if (node.type === "Identifier") return node.name === name;
  return childrenOf(node).some((child) =>
    !isFunction(child) && !isPropertyName(child, node) && uses(child, name)
  );
}
