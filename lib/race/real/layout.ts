/**
 * Where cells and locks are in the memory of real threads.
 *
 * Shape: a round has one 32-bit word for each cell, lock and condition, each on
 * a cache line of its own (64 bytes): else an access to one would slow another
 * down, and what processors reorder would hide. Rounds follow one another.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import type { Sources } from "../program.ts";
import { METHODS } from "../operations.ts";
import { readPropertyName, walk } from "../syntax.ts";

/** Where something is: its first word, and how many there are of an array. */
export interface Place {
  readonly first: number;
  readonly count: number | null;
}

/** The memory of one round. */
export interface Layout {
  /** Cells, arrays, locks and conditions by name. */
  readonly places: ReadonlyMap<string, Place>;
  /** Cells that hold `true` or `false`. */
  readonly booleans: ReadonlySet<string>;
  readonly apart: number;
  /** All words of a round at its start. */
  readonly start: Int32Array;
  /** Cells as a program's author knows them. */
  read(words: Int32Array, base: number): Record<string, unknown>;
}

/** Lays out what a program shares. */
export function layOut({ shared, threads }: Sources): Layout {
  const places = new Map<string, Place>();
  const booleans = new Set<string>();
  const values: number[] = [];
  const add = (
    name: string,
    given: readonly unknown[],
    count: number | null,
  ) => {
    places.set(name, { first: values.length * APART, count });
    for (const value of given) values.push(toWord(name, value));
    if (given.some((value) => typeof value === "boolean")) booleans.add(name);
  };
  for (const name of shared.kinds.keys()) {
    const length = shared.arrays.get(name);
    const given = length === undefined
      ? [shared.cells.get(name) ?? 0]
      : Array.from({ length }, (_, i) => shared.cells.get(`${name}[${i}]`));
    add(name, given, length ?? null);
  }
  for (const { node } of threads) {
    for (const name of listLocks(node)) {
      if (!places.has(name)) add(name, [0], null);
    }
  }
  const start = new Int32Array(Math.max(1, values.length) * APART);
  values.forEach((value, index) => start[index * APART] = value);
  const names = [...shared.kinds].filter(([name, kind]) =>
    kind === "one" || kind === "array" || shared.cells.has(name)
  );
  const toValue = (name: string, word: number) =>
    booleans.has(name) ? word !== 0 : word;
  return {
    places,
    booleans,
    apart: APART,
    start,
    read(words, base) {
      return Object.fromEntries(names.map(([name]) => {
        const { first, count } = places.get(name)!;
        const at = (i: number) =>
          toValue(name, words[base + first + i * APART]!);
        return [
          name,
          count === null
            ? at(0)
            : Array.from({ length: count }, (_, i) => at(i)),
        ];
      }));
    },
  };
}

function toWord(name: string, value: unknown): number {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" && (value | 0) === value) return value;
  throw new TypeError(
    `Cannot run program: cell "${name}" is ${String(value)}, ` +
      `expected a 32-bit integer, true or false: ` +
      `real threads share 32-bit words here`,
  );
}

/** Names of locks and conditions that stand in the source, as in `m.lock("x")`. */
function listLocks(root: AnyNode): readonly string[] {
  return walk(root).flatMap(({ node }) =>
    node.type === "CallExpression" &&
      node.callee.type === "MemberExpression" &&
      METHODS.has(readPropertyName(node.callee) ?? "")
      ? node.arguments.flatMap((argument) =>
        argument.type === "Literal" && typeof argument.value === "string"
          ? [argument.value]
          : []
      )
      : []
  );
}

/** 64 bytes in words. */
const APART = 16;
