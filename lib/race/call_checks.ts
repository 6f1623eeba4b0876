/**
 * What is refused of calls of the memory's methods: a wrong number of arguments,
 * and a use of what they give, which is nothing.
 *
 * Pure. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode, CallExpression } from "npm:acorn@8.19.0";
import type { Accesses } from "./accesses.ts";
import { METHODS } from "./operations.ts";
import type { Refuse } from "./refusal.ts";

/** Checks calls. */
export interface CallChecks {
  /** Refuses a use of what a method gives, such as `using l = m.lock("x")`. */
  kept(node: AnyNode | null | undefined, use: string): void;
  /** Refuses a wrong number of arguments. */
  arguments(node: CallExpression, operation: string): void;
}

/** Makes what checks the calls of one thread. */
export function createCallChecks(
  source: string,
  findMethod: Accesses["findMethod"],
  refuse: Refuse,
): CallChecks {
  return {
    kept(node, use) {
      const call = node?.type === "AwaitExpression" ? node.argument : node;
      if (call?.type !== "CallExpression") return;
      const operation = findMethod(call.callee);
      if (operation === null || !METHODS.has(operation)) return;
      const callee = source.slice(call.callee.start, call.callee.end);
      const back = BACK[operation];
      throw refuse(
        call,
        `it has "${use}" of what ${callee}() gives, which is nothing`,
        back === undefined
          ? "a call that stands alone"
          : `two calls, m.${operation}("x"); and later m.${back}("x");`,
      );
    },
    arguments(call, operation) {
      const { arguments: given, callee } = call;
      const wanted = ARGUMENTS[operation] ?? 1;
      const isSpread = given.some(({ type }) => type === "SpreadElement");
      if (given.length === wanted && !isSpread) return;
      const count = isSpread
        ? "spread arguments"
        : `${given.length} argument${given.length === 1 ? "" : "s"}`;
      throw refuse(
        call,
        `${source.slice(callee.start, callee.end)}() has ${count}`,
        `${wanted}, the first of them a name`,
      );
    },
  };
}

const BACK: Readonly<Record<string, string>> = {
  lock: "unlock",
  acquire: "release",
};
/** How many arguments an operation has, where it is not one. */
const ARGUMENTS: Readonly<Record<string, number>> = {
  wait: 2,
  store: 2,
  add: 2,
  sub: 2,
  and: 2,
  or: 2,
  xor: 2,
  exchange: 2,
  compareExchange: 3,
};
