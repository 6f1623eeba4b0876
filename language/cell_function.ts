/**
 * The function that a cell's script is: how it opens and how it ends.
 *
 * Shared by the way through TypeScript (`transform.ts`) and the short one
 * (`plain_expression.ts`), so that both make the same script. Pure.
 * @module
 */
import { type Edit, insert } from "./edits.ts";
import { nameLine } from "./script_name.ts";
import type { ScopeNames } from "./variables.ts";

/** The names that a script uses beside the cell's own. */
export interface FunctionNames {
  /** What declares. */
  readonly scope: ScopeNames;
  /** What stands for `import.meta`. */
  readonly meta: string;
  /** What holds the members of `scope`. */
  readonly bindings: string;
}

/**
 * Picks names that a cell does not use.
 *
 * @param text The cell as JavaScript.
 */
export function chooseNames(text: string): FunctionNames {
  return {
    meta: chooseName("__meta", text),
    scope: {
      global: chooseName("__g", text),
      variables: chooseName("__l", text),
      constants: chooseName("__k", text),
      hoist: chooseName("__v", text),
    },
    bindings: chooseName("__b", text),
  };
}

/**
 * Gives what stands before a cell's body.
 *
 * A function called without a receiver, not an arrow: indirect `eval` would
 * give an arrow the global object as `this`.
 *
 * @param names The names that it may use.
 */
export function openBody(names: FunctionNames): string {
  return `(async function(${listParameters(names)})${beStrict(names)}`;
}

/**
 * Gives what stands before a cell's function declarations.
 *
 * @param names The names that they may use.
 */
export function openHoisted(names: FunctionNames): string {
  return `((${listParameters(names)})=>${beStrict(names)}`;
}

/**
 * Gives what stands after either.
 *
 * @param name The cell's name.
 */
export function closeFunction(name: string): string {
  return `\n})\n${nameLine(name)}`;
}

/**
 * What stands before an expression whose value is the cell's: the object keeps
 * a promise from being awaited; `0,` keeps a function without a name from being
 * called "value".
 */
export const BEFORE_VALUE = "return{__proto__:null,value:(0,";

/**
 * Ends an expression whose value is the cell's.
 *
 * @param end Where it ends.
 * @param missing Where its semicolon is missing; `null` if it is there.
 */
export function endValue(end: number, missing: number | null): readonly Edit[] {
  const closing = insert(end, ")}");
  return missing === null ? [closing] : [closing, insert(missing, ";")];
}

function listParameters({ scope, meta, bindings }: FunctionNames): string {
  return [scope.global, meta, bindings].join(",");
}

function beStrict({ scope, bindings }: FunctionNames): string {
  return `{"use strict";const{variables:${scope.variables},` +
    `constants:${scope.constants},hoist:${scope.hoist}}=${bindings};`;
}

function chooseName(wanted: string, text: string): string {
  return text.includes(wanted) ? chooseName(`${wanted}_`, text) : wanted;
}
