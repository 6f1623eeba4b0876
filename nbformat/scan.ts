/**
 * Where things stand in the bytes of a JSON text, without making values of them.
 *
 * Finds ranges in valid JSON; of what is not valid it finds something or throws,
 * so what it found has to be parsed before it is believed. Pure.
 * @module
 */

/** A part of some bytes; the end is not included. */
export interface ByteRange {
  /** Offset of the first byte. */
  readonly start: number;
  /** Offset after the last byte. */
  readonly end: number;
}

/**
 * Finds the fields of an object that is the whole text.
 *
 * @param json UTF-8.
 * @param start Where the object begins, white space before it allowed.
 * @returns The ranges of the values by field; of a field given twice, the last.
 * @throws {SyntaxError} If no object is there, or more than one.
 */
export function scanObject(
  json: Uint8Array,
  start: number,
): ReadonlyMap<string, ByteRange> {
  const fields = new Map<string, ByteRange>();
  let at = expect(json, skipSpace(json, start), OPEN_OBJECT);
  while (json[at] !== CLOSE_OBJECT) {
    const keyEnd = endOfString(json, expect(json, at, QUOTE));
    const key = JSON.parse(DECODER.decode(json.subarray(at, keyEnd)));
    const colon = expect(json, skipSpace(json, keyEnd), COLON);
    const value = rangeOfValue(json, colon);
    fields.set(key, value);
    at = nextItem(json, value.end, CLOSE_OBJECT);
  }
  const end = skipSpace(json, at + 1);
  if (end < json.length) throw unexpected(end);
  return fields;
}

/**
 * Finds the items of a list.
 *
 * @param json UTF-8.
 * @param start Where the list begins, white space before it allowed.
 * @returns The ranges of the items.
 * @throws {SyntaxError} If no list is there.
 */
export function scanList(json: Uint8Array, start: number): ByteRange[] {
  const items: ByteRange[] = [];
  let at = expect(json, skipSpace(json, start), OPEN_LIST);
  while (json[at] !== CLOSE_LIST) {
    const value = rangeOfValue(json, at);
    items.push(value);
    at = nextItem(json, value.end, CLOSE_LIST);
  }
  return items;
}

/** The place of the next item, or of what closes the list. */
function nextItem(json: Uint8Array, end: number, close: number): number {
  const at = skipSpace(json, end);
  return json[at] === close ? at : expect(json, at, COMMA);
}

function rangeOfValue(json: Uint8Array, from: number): ByteRange {
  const start = skipSpace(json, from);
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    switch (json[at]) {
      case QUOTE:
        at = endOfString(json, at + 1) - 1;
        if (depth === 0) return { start, end: at + 1 };
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        depth += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        // What ends a number also ends the list that it stands in.
        if (depth === 0) return { start, end: at };
        depth -= 1;
        if (depth === 0) return { start, end: at + 1 };
        break;
      case COMMA:
        if (depth === 0) return { start, end: at };
        break;
    }
  }
  throw unexpected(json.length);
}

/** The place behind the quote that ends a string; `at` is behind the first. */
function endOfString(json: Uint8Array, at: number): number {
  for (;;) {
    const quote = json.indexOf(QUOTE, at);
    if (quote < 0) throw unexpected(json.length);
    let slashes = 0;
    while (
      quote - slashes - 1 >= at && json[quote - slashes - 1] === BACKSLASH
    ) {
      slashes += 1;
    }
    // An even number of them is that many backslashes, and a quote.
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function expect(json: Uint8Array, at: number, byte: number): number {
  if (json[at] !== byte) throw unexpected(at);
  return skipSpace(json, at + 1);
}

function skipSpace(json: Uint8Array, at: number): number {
  while (
    json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d ||
    json[at] === 0x09
  ) at += 1;
  return at;
}

function unexpected(at: number): SyntaxError {
  return new SyntaxError(
    `Cannot scan JSON: found something else at byte ${at}`,
  );
}

const DECODER = new TextDecoder();
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
