/**
 * Text as values again: what `encode.ts` wrote, or anything else that the other
 * side says.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import {
  create,
  defineProperty,
  getPrototypeOf,
  isArray,
  parse,
  setPrototypeOf,
  TheDate,
  TheMap,
  TheRegExp,
  TheSet,
} from "./built_ins.ts";
import type { Facts, Keeper } from "./keeper.ts";
import {
  check,
  HIDDEN,
  list,
  makeError,
  MAX_DEPTH,
  MAX_NODES,
  MAX_TEXT,
  pairs,
  readBigInt,
  readBytes,
  readSymbol,
  refuse,
  VISIBLE,
} from "./pieces.ts";

/**
 * Reads a value.
 *
 * @param text What {@link encode} wrote, or anything else.
 * @param keeper Who keeps what was not copied.
 * @throws {CrossingError} If it is no value.
 */
export function decode(text: string, keeper: Keeper): unknown {
  if (text.length > MAX_TEXT) refuse(`it takes ${text.length} characters`);
  const seen: unknown[] = [];
  let left = MAX_NODES;
  const read = (node: unknown, depth: number): unknown => {
    if (--left < 0) refuse(`it has more than ${MAX_NODES} parts`);
    if (depth > MAX_DEPTH) refuse(`it is deeper than ${MAX_DEPTH} levels`);
    if (!isArray(node)) {
      if (typeof node === "object" && node !== null) refuse("it is no value");
      return node;
    }
    const [tag, a, b, c] = node as unknown[];
    switch (tag) {
      case "u":
        return undefined;
      case "n":
        return a === "-0" ? -0 : Number(a);
      case "i":
        return readBigInt(check(a, "string"));
      case "y":
        return readSymbol(check(a, "string"));
      case "k":
        return keeper.kept(check(a, "number"));
      case "p":
        return keeper.pending(check(a, "number"));
      case "f":
      case "h":
        return keeper.stand(check(a, "number"), {
          isFunction: tag === "f",
          name: check(b, "string"),
          length: check(c, "number"),
        });
      case "r": {
        const id = check(a, "number");
        return id in seen ? seen[id] : refuse("it names what is not there");
      }
    }
    return readContainer(node as unknown[], depth + 1);
  };
  const readContainer = (node: unknown[], depth: number): unknown => {
    const [tag, a, b] = node;
    switch (tag) {
      case "a":
        return fill([] as unknown[], (array) => {
          for (const item of list(a)) array.push(read(item, depth));
        });
      case "o":
        return fill(a === true ? create(null) : {}, (object) => {
          readEntries(object, b, depth);
        });
      case "m":
        return fill(new TheMap<unknown, unknown>(), (map) => {
          for (const [k, v] of pairs(a)) {
            map.set(read(k, depth), read(v, depth));
          }
        });
      case "t":
        return fill(new TheSet<unknown>(), (set) => {
          for (const item of list(a)) set.add(read(item, depth));
        });
      case "d":
        return fill(new TheDate(Number(read(a, depth))));
      case "x":
        return fill(new TheRegExp(check(a, "string"), check(b, "string")));
      case "b":
        return fill(readBytes(check(a, "string"), check(b, "string")));
      case "e":
        return readError(node, depth);
    }
    return refuse("it is no value");
  };
  const readError = (node: unknown[], depth: number) => {
    const [, id, name, message, more, prototype, base] = node;
    const text = check(name, "string");
    const error = makeError(
      prototype === undefined ? text : check(base, "string"),
      check(message, "string"),
    );
    if (prototype !== undefined) {
      const theirs = read(prototype, depth) as object;
      // What stands here for something of theirs, and nothing of ours.
      if (keeper.foreign(theirs) === undefined) refuse("it is no value");
      setPrototypeOf(theirs, getPrototypeOf(error));
      setPrototypeOf(error, theirs);
    }
    if (prototype !== undefined || error.name !== text) {
      defineProperty(error, "name", { ...HIDDEN, value: text });
    }
    keeper.stand(check(id, "number"), {
      isFunction: false,
      name: text,
      length: 0,
      as: error,
    } as Facts);
    return fill(error, (one) => readEntries(one, more, depth));
  };
  const readEntries = (object: object, entries: unknown, depth: number) => {
    for (const [key, value] of pairs(entries)) {
      const name = isArray(key) ? readSymbol(check(key[1], "string")) : key;
      // A plain assignment to `__proto__` would set the prototype.
      defineProperty(object, name as PropertyKey, {
        ...VISIBLE,
        value: read(value, depth),
      });
    }
  };
  const fill = <T>(made: T, more: (made: T) => void = () => {}): T => {
    seen.push(made);
    more(made);
    return made;
  };
  let root: unknown;
  try {
    root = parse(text);
  } catch {
    refuse("it is no JSON");
  }
  return read(root, 0);
}
