/**
 * Replies to `complete_request` and `inspect_request`. Pure.
 *
 * Source: Jupyter messaging protocol 5.5, "Completion" and "Introspection".
 * @module
 */
import type { Completions, Description } from "../language/mod.ts";
import { toCodePoints } from "./offsets.ts";

/**
 * Makes the reply to a question for completions.
 *
 * @param found What could stand at the cursor.
 * @param code The cell.
 */
export function completeReply(
  found: Completions,
  code: string,
): Record<string, unknown> {
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  return {
    status: "ok",
    matches: found.items.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    metadata: {
      // With these, front ends show kinds, signatures and documentation.
      _jupyter_types_experimental: found.items.map((item) => ({
        ...item,
        start,
        end,
      })),
    },
  };
}

/**
 * Makes the reply to a question for what stands at the cursor.
 *
 * @param found What is known of it; `null` when nothing is.
 */
export function inspectReply(
  found: Description | null,
): Record<string, unknown> {
  return {
    status: "ok",
    found: found !== null,
    data: found === null
      ? {}
      : { "text/plain": found.plain, "text/markdown": found.markdown },
    metadata: {},
  };
}
