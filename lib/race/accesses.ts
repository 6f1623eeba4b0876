/**
 * Recognises uses of shared memory in a syntax tree: cells and methods.
 *
 * Pure. What is written in their place is decided in `instrument.ts`.
 * @module
 */
import type { AnyNode, MemberExpression } from "npm:acorn@8.19.0";
import { childrenOf } from "../run/scope.ts";
import { ATOMICS, METHODS } from "./operations.ts";
import type { Refuse } from "./refusal.ts";

/** What recognising needs to know. */
export interface AccessOptions {
  /** What the thread calls its memory; `null` if it takes none. */
  readonly memory: string | null;
  /** The names of the cells, and whether each is an array of cells. */
  readonly cells: ReadonlyMap<string, "one" | "array">;
  /** Makes errors. */
  readonly refuse: Refuse;
  /** Writes an expression that stands in an index. */
  readonly emit: (node: AnyNode) => string;
}

/** Recognises uses of shared memory. */
export interface Accesses {
  /** The text that works out a cell's name, if the node is a cell. */
  findCell(node: AnyNode): string | null;
  /** The operation, if the node is a method of the memory. */
  findMethod(callee: AnyNode): string | null;
  /** Whether the node asks an array of cells for its length. */
  isLength(node: MemberExpression): boolean;
  /** Whether the memory is mentioned anywhere inside. */
  mentions(node: AnyNode): boolean;
  /** What may be used, for errors. */
  readonly expected: string;
}

/** Makes what recognises the uses of one thread's memory. */
export function createAccesses(options: AccessOptions): Accesses {
  const { memory, cells, refuse, emit } = options;
  const expected = `a cell (${[...cells.keys()].join(", ")}) or a method ` +
    `(${[...METHODS].join(", ")}, atomics)`;
  return { findCell, findMethod, isLength, mentions, expected };

  function findCell(node: AnyNode): string | null {
    if (node.type !== "MemberExpression") return null;
    const name = readCellName(node);
    if (name !== null) {
      if (cells.get(name) !== "array") return JSON.stringify(name);
      const one = `one cell of it, as in ${memory}.${name}[0]`;
      throw refuse(node, `it uses the array "${name}" as a whole`, one);
    }
    if (node.object.type !== "MemberExpression" || !node.computed) return null;
    const list = readCellName(node.object);
    if (list === null || cells.get(list) !== "array") return null;
    return `\`${list}[\${${emit(node.property)}}]\``;
  }

  function isLength(node: MemberExpression): boolean {
    if (node.object.type !== "MemberExpression") return false;
    const list = readCellName(node.object);
    return list !== null && cells.get(list) === "array" &&
      readPropertyName(node) === "length";
  }

  /** The cell's name, if the node is `m.name`. */
  function readCellName(node: MemberExpression): string | null {
    if (!isMemory(node.object)) return null;
    const name = readPropertyName(node);
    if (name !== null && cells.has(name)) return name;
    const found = name === null
      ? "it works out the name of a cell"
      : `${memory}.${name} is neither a cell nor a method`;
    throw refuse(node, found, expected);
  }

  function findMethod(callee: AnyNode): string | null {
    if (callee.type !== "MemberExpression") return null;
    const name = readPropertyName(callee);
    const { object } = callee;
    if (name === null) return null;
    if (isMemory(object)) return METHODS.has(name) ? name : null;
    const isAtomics = object.type === "MemberExpression" &&
      isMemory(object.object) && readPropertyName(object) === "atomics";
    if (!isAtomics) return null;
    if (ATOMICS.has(name)) return name;
    throw refuse(callee, `it uses atomics.${name}`, [...ATOMICS].join(", "));
  }

  function isMemory(node: AnyNode): boolean {
    return node.type === "Identifier" && node.name === memory;
  }

  function mentions(node: AnyNode): boolean {
    return isMemory(node) || childrenOf(node).some(mentions);
  }
}

/** The name of a property, if it stands there in the source. */
export function readPropertyName(node: MemberExpression): string | null {
  const { property } = node;
  if (!node.computed) {
    return property.type === "Identifier" ? property.name : null;
  }
  return property.type === "Literal" && typeof property.value === "string"
    ? property.value
    : null;
}
