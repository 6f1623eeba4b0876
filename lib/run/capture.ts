/**
 * Reads a function's source and makes sure that it can run elsewhere.
 *
 * Pure. A Worker or a subprocess gets the text of a function and nothing that
 * stands around it, so a variable from outside is an error here, before
 * anything runs. Scopes are worked out in `scope.ts`; the text that is finally
 * shipped is written in `task.ts`.
 * @module
 */

import type { AnyNode, Expression, Property } from "npm:acorn@8.19.0";
// @ts-types="./acorn.ts"
import { parseExpressionAt } from "./acorn_bundle.js";
import { childrenOf, findFreeReferences, type FunctionNode } from "./scope.ts";
import { PLAIN_NAMES, STANDARD_NAMES } from "./standard_names.ts";

/** A function's text and tree, found fit to run elsewhere. */
export interface ShippableFunction {
  /** An expression: the function, or an object literal whose only member it is. */
  readonly text: string;
  /** The tree of the function; offsets are into `text`. */
  readonly node: FunctionNode;
  /** Whether `text` is such an object literal: a method cannot stand by itself. */
  readonly isMethod: boolean;
  /** Whether it can start nothing that goes on after it has returned. */
  readonly isPlain: boolean;
}

type Parsed = Omit<ShippableFunction, "isPlain">;

export type AnyFunction = (...args: never[]) => unknown;

export function readShippable(
  fn: AnyFunction,
  name: string,
): ShippableFunction {
  const source = Function.prototype.toString.call(fn);
  const shippable = parseFunction(source, name);
  const { node, isMethod } = shippable;
  const start = isMethod ? METHOD_PREFIX.length : PLAIN_PREFIX.length;
  const where = (offset: number) => explainLine(source, offset - start);
  const references = findFreeReferences(node);
  for (const reference of references) {
    if (reference.name === name || STANDARD_NAMES.has(reference.name)) continue;
    throw cannotShip(
      name,
      `it uses "${reference.name}" from outside ${where(reference.offset)}, ` +
        `pass it as an argument or declare it inside`,
    );
  }
  const relative = findRelativeImport(node);
  if (relative) {
    throw cannotShip(
      name,
      `it imports "${relative.specifier}" ${where(relative.offset)}, ` +
        `expected a full address such as "npm:…" or "https:…"`,
    );
  }
  const isPlain = !LATER.test(source) &&
    references.every((one) => one.name === name || PLAIN_NAMES.has(one.name));
  return { ...shippable, isPlain };
}

function parseFunction(source: string, name: string): Parsed {
  if (NATIVE_SOURCE.test(source)) {
    throw cannotShip(
      name,
      `it is native or bound and has no source, wrap it in a function of yours`,
    );
  }
  const plain = parseText(`${PLAIN_PREFIX}${source})`);
  if (plain.type === "expression") {
    return checkKind(plain.text, plain.node, name);
  }
  // A method's text, `name() {…}`, is no expression by itself.
  const wrapped = parseText(`${METHOD_PREFIX}${source}})`);
  const member = wrapped.type === "expression"
    ? findMember(wrapped.node)
    : null;
  if (wrapped.type === "problem" || member === null) {
    throw cannotShip(
      name,
      `its source is not strict JavaScript (${plain.error.message}), ${EXPECTED}`,
      { cause: plain.error },
    );
  }
  if (member.kind !== "init") {
    throw cannotShip(name, `it is a getter or setter, ${EXPECTED}`);
  }
  const checked = checkKind(wrapped.text, member.value, name);
  return { ...checked, isMethod: true };
}

function checkKind(
  text: string,
  node: AnyNode,
  name: string,
): Parsed {
  const unfit = nameUnfit(node);
  if (unfit !== null || !isFunction(node)) {
    throw cannotShip(name, `it is ${unfit ?? "no function"}, ${EXPECTED}`);
  }
  return { text, node, isMethod: false };
}

function nameUnfit(node: AnyNode): string | null {
  if (node.type === "ClassExpression") return "a class";
  return isFunction(node) && node.generator ? "a generator" : null;
}

function isFunction(node: AnyNode): node is FunctionNode {
  return node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression";
}

function findMember(node: AnyNode): Property | null {
  const member = node.type === "ObjectExpression" ? node.properties[0] : null;
  return member?.type === "Property" ? member : null;
}

type ParsedText =
  | {
    readonly type: "expression";
    readonly node: Expression;
    readonly text: string;
  }
  | { readonly type: "problem"; readonly error: SyntaxError };

function parseText(text: string): ParsedText {
  try {
    // Modules are strict: that is how the text runs in the end.
    const options = { ecmaVersion: "latest", sourceType: "module" } as const;
    return {
      type: "expression",
      node: parseExpressionAt(text, 0, options),
      text,
    };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { type: "problem", error };
  }
}

function findRelativeImport(
  node: AnyNode,
): { specifier: string; offset: number } | null {
  if (node.type === "ImportExpression" && node.source.type === "Literal") {
    const specifier = String(node.source.value);
    if (!URL.canParse(specifier)) return { specifier, offset: node.start };
  }
  for (const child of childrenOf(node)) {
    const found = findRelativeImport(child);
    if (found !== null) return found;
  }
  return null;
}

function explainLine(source: string, offset: number): string {
  const lineNumber = source.slice(0, offset).split("\n").length;
  const line = source.split("\n")[lineNumber - 1]?.trim() ?? "";
  const shown = line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line;
  return `(line ${lineNumber}: "${shown}")`;
}

function cannotShip(
  name: string,
  found: string,
  options?: ErrorOptions,
): TypeError {
  return new TypeError(`Cannot ship function "${name}": ${found}`, options);
}

const EXPECTED = "expected a function, arrow or method";
// Words with which code comes by what goes on later.
const LATER = /\b(async|await|import|then|constructor)\b|Async/;
const NATIVE_SOURCE = /\{\s*\[native code\]\s*\}\s*$/;
const PLAIN_PREFIX = "(";
const METHOD_PREFIX = "({";
const MAX_LINE = 100;
