/**
 * Loops in a thread's source that can be followed round by round.
 *
 * Pure. What a round comes to is worked out in `thread.ts`.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import { childrenOf } from "../run/mod.ts";
import type { ThreadReader } from "./reader.ts";
import { TICK } from "./surroundings.ts";
import { CHANGING } from "./syntax.ts";

/** How what is inside of a loop is written. */
export interface LookOptions {
  readonly emit: (node: AnyNode) => string;
  /** A number for the loop. */
  readonly nextPlace: () => number;
  /** Its label in the source. */
  readonly label: string;
}

/**
 * Writes a loop so that it tells where its rounds begin; `null` if it can not be
 * followed.
 *
 * It can where what it does depends on memory and on variables that it changes
 * by assignment, such as `while (m.busy) {}`. A round that changed neither comes
 * to nothing, and a thread may rest until what it saw is different: no schedule
 * is missed. An `await` of something else, as a statement, counts for nothing.
 */
export function writeLook(
  reader: ThreadReader,
  node: AnyNode,
  { emit, nextPlace, label }: LookOptions,
): string | null {
  if (
    node.type !== "WhileStatement" && node.type !== "DoWhileStatement" &&
    node.type !== "ForStatement"
  ) return null;
  const [start, after] = node.type === "ForStatement"
    ? [node.init, node.update]
    : [null, null];
  const variables = listChanged([node.test, after, node.body], reader);
  if (variables === null) return null;
  const place = nextPlace();
  const write = (part: AnyNode | null | undefined) => part ? emit(part) : "";
  const round = `(yield ["round", [${[place, ...variables].join(", ")}]])`;
  const init = write(start).replace(/;$/, "");
  const test = write(node.test) || "true";
  const update = write(after);
  const body = `${TICK}(); ${emit(node.body)}`;
  const loop = node.type === "DoWhileStatement"
    ? `do { ${round}; ${body} } while (${test});`
    : `for (${init}; (${round}, ${test}); ${update}) { ${body} }`;
  return `{ yield ["enter", ${place}]; ${label}${loop} yield ["leave", ${place}]; }`;
}

/** The variables that parts of a loop change; `null` if it may change more, or uses no memory. */
function listChanged(
  given: readonly (AnyNode | null | undefined)[],
  reader: ThreadReader,
): readonly string[] | null {
  const parts = given.filter((part) => part !== null && part !== undefined);
  if (!parts.some((part) => reader.mentions(part))) return null;
  const changed = new Set<string>();
  const own = new Set<string>();
  return parts.every(visit)
    ? [...changed].filter((name) => !own.has(name))
    : null;

  /** Notes which variables are changed; tells whether nothing else can be. */
  function visit(node: AnyNode): boolean {
    const isPause = node.type === "ExpressionStatement" &&
      node.expression.type === "AwaitExpression" &&
      !reader.mentions(node.expression);
    if (isPause) return true;
    const isOther = node.type === "CallExpression" &&
      !reader.findMethod(node.callee);
    if (CHANGING.has(node.type) || isOther) return false;
    const target = node.type === "AssignmentExpression"
      ? node.left
      : node.type === "UpdateExpression"
      ? node.argument
      : null;
    if (target?.type === "Identifier") changed.add(target.name);
    else if (target !== null && !reader.findCell(target)) return false;
    if (node.type === "VariableDeclaration") {
      for (const { id } of node.declarations) {
        // Unpacking declares names of its own, which last for a round.
        const names = node.kind === "var" ? changed : own;
        if (id.type === "Identifier") names.add(id.name);
        else if (node.kind === "var") return false;
      }
    }
    return childrenOf(node).every(visit);
  }
}
