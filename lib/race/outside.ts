/**
 * Finds what makes a thread do something else each time it runs: chance, clocks,
 * and what happens outside of the program.
 *
 * Pure. Every schedule is run many times and must do the same each time, so this
 * is refused when a thread is read. What hides from reading is noticed while
 * schedules are repeated (`graph.ts`, `threads.ts`).
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import {
  childrenOf,
  findFreeReferences,
  type FunctionNode,
} from "../run/mod.ts";
import { readPropertyName } from "./accesses.ts";
import type { Refuse } from "./refusal.ts";

/** Refuses a thread that depends on more than its memory and its number. */
export function refuseOutside(root: FunctionNode, refuse: Refuse): void {
  const free = new Set(findFreeReferences(root).map(({ offset }) => offset));
  visit(root, []);

  function visit(node: AnyNode, above: readonly AnyNode[]): void {
    if (node.type === "Identifier" && free.has(node.start)) {
      const found = findUse(node.name, node, above);
      if (found !== null) throw refuse(node, `it uses ${found[0]}`, found[1]);
    }
    for (const child of childrenOf(node)) visit(child, [node, ...above]);
  }
}

/** What is used of a global, and what to do instead; `null` if it does no harm. */
function findUse(
  name: string,
  node: AnyNode,
  [parent, ...above]: readonly AnyNode[],
): readonly [found: string, expected: string] | null {
  const property = parent?.type === "MemberExpression" && parent.object === node
    ? readPropertyName(parent)
    : null;
  if (GLOBALS.has(name) && parent !== undefined) {
    return property === null ? null : findUse(property, parent, above);
  }
  if (name === "Math") {
    if (property !== null && property !== "random") return null;
    return [property === null ? "Math as a whole" : "Math.random", NO_CHANCE];
  }
  if (name === "crypto") return [name, NO_CHANCE];
  if (CLOCKS.has(name)) {
    // A date that is given is the same each time.
    const isGiven = property === "UTC" || property === "parse" ||
      parent?.type === "NewExpression" && parent.callee === node &&
        parent.arguments.length > 0;
    if (name === "Date" && isGiven) return null;
    return [property === null ? name : `${name}.${property}`, NO_CLOCK];
  }
  return EVENTS.has(name) ? [name, NO_EVENTS] : null;
}

const SAME = "what follows from its memory and its number alone, since each " +
  "schedule is run again and must do the same: ";
const NO_CHANCE = `${SAME}put what was drawn into a cell, as in ` +
  "shared: { dice: [3, 1, 4] }";
const NO_CLOCK = `${SAME}a schedule says who goes on, not when; ` +
  "put a time into a cell, as in shared: { now: 0 }";
const NO_EVENTS = `${SAME}put what comes from there into a cell, as in ` +
  `shared: { answer: "ok" }`;
const GLOBALS: ReadonlySet<string> = new Set([
  "globalThis",
  "self",
  "window",
  "global",
]);
const CLOCKS: ReadonlySet<string> = new Set([
  "Date",
  "performance",
  "Temporal",
]);
const EVENTS: ReadonlySet<string> = new Set([
  "setInterval",
  "fetch",
  "Worker",
  "WebSocket",
  "BroadcastChannel",
  "Deno",
  "process",
]);
