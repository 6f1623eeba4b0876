/**
 * What is refused of calls of methods: a wrong number of arguments, a use of
 * what they give where that is nothing, and waiting in the wrong way.
 *
 * Pure. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode, CallExpression } from "npm:acorn@8.19.0";
import type { Accesses, Method } from "./accesses.ts";
import { takesLock } from "./accesses.ts";
import { METHODS } from "./operations.ts";
import type { Refuse } from "./refusal.ts";

/** Checks calls. */
export interface CallChecks {
  /** Refuses a use of what a method gives where that is nothing, or no guard for long. */
  kept(node: AnyNode | null | undefined, use: string): void;
  /** Refuses a wrong number of arguments. */
  arguments(node: CallExpression, method: Method): void;
  /** Refuses to block an asynchronous function, and a promise that nobody awaits. */
  style(node: CallExpression, method: Method, isAwaited: boolean): void;
}

/** Makes what checks the calls of one thread. */
export function createCallChecks(
  findMethod: Accesses["findMethod"],
  refuse: Refuse,
): CallChecks {
  return {
    kept(node, use) {
      const call = node?.type === "AwaitExpression" ? node.argument : node;
      if (call?.type !== "CallExpression") return;
      const method = findMethod(call.callee);
      if (method === null || !METHODS.has(method.operation)) return;
      if (!takesLock(call, findMethod)) {
        const found =
          `it has "${use}" of what ${method.text}() gives, which is nothing`;
        throw refuse(call, found, "a call that stands alone");
      }
      if (DECLARATIONS.has(use)) return;
      const found = `it has "${use}" of what ${method.text}() gives`;
      throw refuse(call, found, `using guard = ${method.text}(…)`);
    },
    arguments(call, { operation, target, text, guard }) {
      const { arguments: given } = call;
      const isNamed = target === undefined && guard === undefined;
      const wanted = isNamed
        ? ARGUMENTS[operation] ?? 1
        : operation === "wait"
        ? 1
        : 0;
      const isSpread = given.some(({ type }) => type === "SpreadElement");
      if (given.length === wanted && !isSpread) return;
      const count = isSpread
        ? "spread arguments"
        : `${given.length} argument${given.length === 1 ? "" : "s"}`;
      const first = isNamed ? "a name" : "a guard";
      const expected = wanted === 0
        ? "none"
        : `${wanted}, the first of them ${first}`;
      throw refuse(call, `${text}() has ${count}`, expected);
    },
    style(call, { style, text }, isAwaited) {
      if (style === "await" && !isAwaited) {
        throw refuse(
          call,
          `it does not await ${text}(), which gives a promise`,
          `await ${text}() in an async function, or ${text}Sync()`,
        );
      }
      if (style === "block" && isAwaited) {
        const plain = text.replace(/Sync$/, "");
        throw refuse(
          call,
          `it awaits ${text}(), which blocks`,
          `await ${plain}()`,
        );
      }
    },
  };
}

const DECLARATIONS: ReadonlySet<string> = new Set(["using", "const", "let"]);
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
