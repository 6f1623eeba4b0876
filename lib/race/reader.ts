/**
 * Reads one thread's source: which uses of shared memory stand in it, at which
 * places, and which of them are refused.
 *
 * Pure. What is written in their place is decided by who writes the thread:
 * `instrument.ts` as steps, `real/compile.ts` as code for real memory.
 * @module
 */
import type { AnyNode, Identifier, MemberExpression } from "npm:acorn@8.19.0";
import { childrenOf, type FunctionNode } from "../run/mod.ts";
import { ATOMICS, METHODS, type Site, SWITCHES } from "./operations.ts";
import { isPropertyName, LOOPS, readPropertyName, walk } from "./syntax.ts";

/** A thread as it is read. */
export interface ThreadSource {
  readonly name: string;
  /** The text that the tree was read from. */
  readonly text: string;
  readonly node: FunctionNode;
  /** Where the learner's own text begins in `text`. */
  readonly offset: number;
  /** The names in the memory, and what each stands for. */
  readonly cells: ReadonlyMap<string, CellKind>;
}

/** What a name of the memory stands for: a cell, an array of cells, or a lock of `lib/sync/`. */
export type CellKind = "one" | "array" | keyof typeof LOCKS;

/** A method of the memory, of a lock in it, or of a guard. */
export interface Method {
  readonly operation: string;
  /** How it reads, such as `m.gate.lock`. */
  readonly text: string;
  /** The lock or condition that it is of, as text; without it, its first argument says. */
  readonly target?: string;
  /** Whether it has to be awaited, or blocks; without it, either. */
  readonly style?: "await" | "block";
  readonly guard?: string;
}

/** A use of a cell. */
export interface CellUse {
  readonly name: string;
  /** Which one of the array; `null` if it is none. */
  readonly index: AnyNode | null;
}

/** Reads one thread. */
export class ThreadReader {
  /** What the thread calls its memory; `null` if it takes none. */
  readonly memory: string | null;
  /** The places that were asked for; see {@link siteOf}. */
  readonly sites: Site[] = [];
  readonly #thread: ThreadSource;
  /** Variables that hold what a lock gave. */
  readonly #guards = new Set<string>();

  constructor(thread: ThreadSource) {
    this.#thread = thread;
    const [first] = thread.node.params;
    if (first !== undefined && first.type !== "Identifier") {
      throw this.refuse(
        first,
        "its first parameter is a pattern",
        "a name like m",
      );
    }
    this.memory = first?.name ?? null;
    for (const { node } of walk(thread.node)) {
      if (
        node.type === "VariableDeclarator" && node.id.type === "Identifier" &&
        node.init && this.takesLock(node.init)
      ) this.#guards.add(node.id.name);
    }
  }

  /** The text of a node as it stands there. */
  textOf({ start, end }: Pick<AnyNode, "start" | "end">): string {
    return this.#thread.text.slice(start, end);
  }

  /** Makes the error for a place in the source. */
  refuse(node: AnyNode, found: string, expected: string): TypeError {
    const { line, source } = this.#placeOf(node);
    const shown = source.length > MAX_LINE
      ? `${source.slice(0, MAX_LINE)}…`
      : source;
    return new TypeError(
      `Cannot explore "${this.#thread.name}": ${found} ` +
        `(line ${line}: "${shown}"), expected ${expected}`,
    );
  }

  /** The number of a node's place; of the same place it is the same. */
  siteOf(node: AnyNode): number {
    const site = this.#placeOf(node);
    const known = this.sites.findIndex(({ line, column }) =>
      line === site.line && column === site.column
    );
    return known === -1 ? this.sites.push(site) - 1 : known;
  }

  #placeOf({ start }: AnyNode): Site {
    const { text, offset } = this.#thread;
    const before = text.slice(offset, start).split("\n");
    const line = before.length;
    const source = text.slice(offset).split("\n")[line - 1]!.trim();
    return { line, column: before.at(-1)!.length + 1, source };
  }

  /** The cell that the node is, if it is one. */
  findCell(node: AnyNode): CellUse | null {
    if (node.type !== "MemberExpression") return null;
    const name = this.#nameOfCell(node);
    const kind = this.#thread.cells.get(name ?? "");
    if (name === null || kind === undefined) {
      const list = node.computed ? this.#nameOfList(node) : null;
      return list === null ? null : { name: list, index: node.property };
    }
    if (kind === "one") return { name, index: null };
    const text = `${this.memory}.${name}`;
    throw kind === "array"
      ? this.refuse(
        node,
        `it uses the array "${name}" as a whole`,
        `one cell of it, as in ${text}[0]`,
      )
      : this.refuse(
        node,
        `it uses "${name}" as a whole`,
        LOCKS[kind].map((method) => `${text}.${method}()`).join(", "),
      );
  }

  /** The array of cells, if the node asks for its length. */
  findLength(node: MemberExpression): string | null {
    return readPropertyName(node) === "length" ? this.#nameOfList(node) : null;
  }

  /** The cell's name, if the node is `m.name`. */
  #nameOfCell(node: MemberExpression): string | null {
    if (!this.#isMemory(node.object)) return null;
    const name = readPropertyName(node);
    if (name !== null && this.#thread.cells.has(name)) return name;
    const found = name === null
      ? "it works out the name of a cell"
      : `${this.memory}.${name} is neither a cell nor a method`;
    throw this.refuse(node, found, this.expected);
  }

  /** The array's name, if the node is something of it. */
  #nameOfList({ object }: MemberExpression): string | null {
    const list = object.type === "MemberExpression"
      ? this.#nameOfCell(object)
      : null;
    return this.#thread.cells.get(list ?? "") === "array" ? list : null;
  }

  /** The method, if the node is one of the memory, of a lock in it, or of a guard. */
  findMethod(callee: AnyNode): Method | null {
    if (callee.type !== "MemberExpression") return null;
    const name = readPropertyName(callee);
    const { object } = callee;
    if (name === null) return null;
    const { cells } = this.#thread;
    if (this.isGuard(object)) {
      const guard = object.name;
      if (name !== "unlock") return null;
      return { operation: name, text: `${guard}.${name}`, guard };
    }
    if (this.#isMemory(object)) {
      const isMethod = METHODS.has(name) && !cells.has(name);
      const text = `${this.memory}.${name}`;
      return isMethod ? { operation: name, text } : null;
    }
    const owner = object.type === "MemberExpression" &&
        this.#isMemory(object.object)
      ? readPropertyName(object)
      : null;
    const kind = cells.get(owner ?? "");
    const text = `${this.memory}.${owner}.${name}`;
    if (kind === undefined && owner === "atomics") {
      if (ATOMICS.has(name)) return { operation: name, text };
      throw this.refuse(callee, `it uses ${text}`, [...ATOMICS].join(", "));
    }
    if (kind === undefined || kind === "one" || kind === "array") return null;
    if (!LOCKS[kind].includes(name)) {
      const known = LOCKS[kind].map((method) => `${method}()`).join(", ");
      throw this.refuse(callee, `it uses ${text}`, known);
    }
    const operation = name.replace(/Sync$/, "");
    const found = { operation, text, target: JSON.stringify(owner) };
    if (!SWITCHES.has(operation)) return found;
    return { ...found, style: operation === name ? "await" : "block" };
  }

  /** Whether a variable holds what a lock gave. */
  isGuard(node: AnyNode): node is Identifier {
    return node.type === "Identifier" && this.#guards.has(node.name);
  }

  /** Whether an expression is a call that gives a guard, awaited or not. */
  takesLock(node: AnyNode): boolean {
    const call = node.type === "AwaitExpression" ? node.argument : node;
    return call.type === "CallExpression" &&
      TAKING.has(this.findMethod(call.callee)?.operation ?? "");
  }

  /** Whether the memory is mentioned anywhere inside. */
  mentions(node: AnyNode): boolean {
    return walk(node).some((inner) => this.#isMemory(inner.node));
  }

  #isMemory(node: AnyNode): boolean {
    return node.type === "Identifier" && node.name === this.memory;
  }

  /** What can be used of the memory. */
  get expected(): string {
    return `a cell (${
      [...this.#thread.cells.keys()].join(", ")
    }) or a method ` +
      `(${[...METHODS].join(", ")}, atomics)`;
  }

  /** Writes a node as it was, with what is inside of it changed by `emit`; each loop's body begins with `round`. */
  copy(node: AnyNode, emit: (node: AnyNode) => string, round: string): string {
    let text = "";
    let at = node.start;
    const body = LOOPS.has(node.type) && "body" in node ? node.body : null;
    for (
      const child of childrenOf(node).toSorted((a, b) => a.start - b.start)
    ) {
      // Names of properties are no uses; of `{ m }` key and value are one.
      if (isPropertyName(child, node) || child.start < at) continue;
      const inner = emit(child);
      text += this.textOf({ start: at, end: child.start }) +
        (child === body ? `{ ${round} ${inner} }` : inner);
      at = child.end;
    }
    return text + this.textOf({ start: at, end: node.end });
  }
}

/** Operations that give a guard. */
export const TAKING: ReadonlySet<string> = new Set(["lock", "acquire"]);
/** What locks and conditions of `lib/sync/` can do in a race. */
const LOCKS: Readonly<
  Record<"Mutex" | "Semaphore" | "Condition", readonly string[]>
> = {
  Mutex: ["lock", "lockSync"],
  Semaphore: ["acquire", "acquireSync"],
  Condition: ["wait", "waitSync", "notify", "notifyAll"],
};
const MAX_LINE = 100;
