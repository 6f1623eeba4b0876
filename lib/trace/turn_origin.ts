/**
 * Who asked for what runs in a turn of the event loop, read from the stack at
 * that moment.
 *
 * Pure: a stack as V8 writes it in, names out.
 * @module
 */
import { findSite } from "./loop_holds.ts";

export interface Origin {
  readonly label: string;
  /** Where, such as `cell_3.ts:9`; `null` if unknown. */
  readonly site: string | null;
}

/**
 * Names the reaction of a promise by the stack at which the promise was made;
 * `null` if no code of the user's made it.
 */
export function readReaction(stack: string): Origin | null {
  const site = findSite(stack);
  if (stack !== "" && site === null) return null;
  const [first = "", ...rest] = stack.split("\n").slice(1)
    .filter((line) => !HOOKS.test(line));
  const how = /^ +at (?:async )?(?:new )?Promise\b/.test(first)
    ? ", a reaction"
    : /\((?:ext|node):/.test(first)
    ? ", inside the runtime"
    : ", after await";
  const code = nameCode([first, ...rest]);
  return { label: `${code}${how}`, site };
}

export function nameCallback(callback: unknown, stack: string): Origin {
  const { name } = Object(callback) as { readonly name?: unknown };
  const label = typeof name === "string" && name !== "" ? name : "a function";
  return { label, site: findSite(stack) };
}

/** The innermost function of the user's. */
function nameCode(lines: readonly string[]): string {
  for (const line of lines) {
    const found = /^ +at (?:async )?(?:(.+?) \()?([^()]*?):\d+:\d+\)?$/.exec(
      line,
    );
    if (found === null || findSite(line) === null) continue;
    return found[1] === undefined ? "the script" : nameFunction(found[1]);
  }
  return "code";
}

/** V8 calls what has no name by what it stands in, which in a cell is our object of its names. */
function nameFunction(name: string): string {
  const inCell = /^__k\w*\.(.+)$/.exec(name)?.[1];
  if (inCell === undefined) {
    return name.replace(/^(Object|Module|globalThis|Timeout|Immediate)\./, "");
  }
  if (!inCell.includes(".")) return inCell;
  return /\btrace\b/.test(inCell) ? "the traced function" : "a function";
}

// Frames of the hooks themselves, of ours and of the runtime.
const HOOKS =
  /lib\/trace\/turn_watch|deno_node\/v8\.ts|promise_hooks|internal\/async_hooks/;
