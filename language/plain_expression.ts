/**
 * Scripts of cells that are one plain expression, without TypeScript.
 *
 * A first cell is often `1 + 1` or a call, and need not wait until TypeScript
 * has loaded. What is plain is decided by a grammar so small that nothing in it
 * has another meaning in TypeScript, in a cell, or in strict code: one line of
 * names, members, calls, lists, numbers, strings and usual operators. All else
 * goes the usual way. Pure.
 * @module
 */
import {
  BEFORE_VALUE,
  chooseNames,
  closeFunction,
  endValue,
  openBody,
} from "./cell_function.ts";
import { applyEdits, insert } from "./edits.ts";
import type { CellScript } from "./transform.ts";

/**
 * Makes the script that `transformCell` would make.
 *
 * @param source A cell.
 * @param name What stack traces call it.
 * @returns The script; `null` if the cell is not plain, or is wrong.
 */
export function transformPlain(
  source: string,
  name: string,
): CellScript | null {
  if (source.length > MAX_LENGTH) return null;
  const end = new Reader(source).readExpression(0);
  if (end === null) return null;
  const ending = source.slice(end).match(/^([ \t]*;)?[ \t\n]*$/);
  if (ending === null) return null;
  const { body, shifts } = applyEdits(source, [
    insert(0, openBody(chooseNames(source))),
    insert(0, BEFORE_VALUE),
    ...endValue(end, ending[1] === undefined ? end : null),
  ], []);
  return {
    type: "script",
    hoisted: null,
    body: body + closeFunction(name),
    shifts,
    declares: [],
    imports: [],
  };
}

/**
 * Reads the grammar. Each method takes an offset, and gives the one after what
 * it has read, `null` if something else stands there.
 *
 * Shape: `expression = operand { operator operand }`, `operand = { "-" | "!" }
 * ( number | primary { "." word | "(" list ")" | "[" expression "]" } )`,
 * `primary = string | name | "(" expression ")" | "[" list "]"`.
 */
class Reader {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  readExpression(start: number): number | null {
    let end = this.#readOperand(start);
    while (end !== null) {
      const operator = this.#skip(end, OPERATOR);
      if (operator === null) return end;
      end = this.#readOperand(this.#skipSpace(operator));
    }
    return null;
  }

  #readOperand(start: number): number | null {
    const from = this.#skip(start, PREFIXES) ?? start;
    const number = this.#skip(from, NUMBER);
    if (number !== null) return number;
    let end = this.#readPrimary(from);
    for (let next = end; next !== null; next = this.#readSuffix(next)) {
      end = next;
      if (this.#skip(next, SUFFIX_AHEAD) === null) return end;
    }
    return null;
  }

  #readPrimary(start: number): number | null {
    const word = this.#skip(start, WORD);
    if (word !== null) {
      return NOT_NAMES.has(this.#source.slice(start, word)) ? null : word;
    }
    switch (this.#source[start]) {
      case "(":
        return this.#readClosed(start, ")");
      case "[":
        return this.#readList(start, "]");
      default:
        return this.#skip(start, STRING);
    }
  }

  #readSuffix(start: number): number | null {
    const at = this.#skipSpace(start);
    switch (this.#source[at]) {
      case "(":
        return this.#readList(at, ")");
      case "[":
        return this.#readClosed(at, "]");
      default:
        return this.#skip(this.#skipSpace(at + 1), WORD);
    }
  }

  /** One expression between brackets. */
  #readClosed(start: number, bracket: string): number | null {
    const end = this.readExpression(this.#skipSpace(start + 1));
    if (end === null) return null;
    const at = this.#skipSpace(end);
    return this.#source[at] === bracket ? at + 1 : null;
  }

  /** Expressions between brackets, or none. */
  #readList(start: number, bracket: string): number | null {
    let at = this.#skipSpace(start + 1);
    if (this.#source[at] === bracket) return at + 1;
    for (;;) {
      const end = this.readExpression(at);
      if (end === null) return null;
      at = this.#skipSpace(end);
      if (this.#source[at] === bracket) return at + 1;
      if (this.#source[at] !== ",") return null;
      at = this.#skipSpace(at + 1);
    }
  }

  #skipSpace(start: number): number {
    return this.#skip(start, SPACE) ?? start;
  }

  #skip(start: number, pattern: RegExp): number | null {
    pattern.lastIndex = start;
    return pattern.test(this.#source) ? pattern.lastIndex : null;
  }
}

const SPACE = /[ \t]*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /(?:0|[1-9]\d*)(?:\.\d+)?(?![\w$.\\])/y;
const STRING = /"[^"\\\n\r\u2028\u2029]*"|'[^'\\\n\r\u2028\u2029]*'/y;
const PREFIXES = /(?:!|-(?!-))*/y;
const SUFFIX_AHEAD = /[ \t]*[.([]/y;
/** No assignments, no comments, no `**`, whose operands are special. */
const OPERATOR =
  /[ \t]*(?:[!=]==?|&&|\|\||\+(?!\+)|-(?!-)|\*(?!\*)|\/(?![/*])|%)(?!=)/y;
/** Reserved somewhere, or with a meaning of their own in TypeScript. */
const NOT_NAMES: ReadonlySet<string> = new Set(
  ("abstract accessor any arguments as asserts async await break case catch " +
    "class const continue debugger declare default defer delete do else enum " +
    "eval export extends finally for from function get global if implements " +
    "import in infer instanceof interface is keyof let module namespace new " +
    "of out override package private protected public readonly require " +
    "return satisfies set static super switch this throw try type typeof " +
    "unique using var void while with yield").split(" "),
);
/** It bounds how deep brackets go. Units: UTF-16 units. */
const MAX_LENGTH = 500;
