/**
 * Replies to `complete_request` and `inspect_request`. Pure.
 *
 * Source: Jupyter messaging protocol 5.5, "Completion" and "Introspection".
 * @module
 */
import type { LookupAnswer } from "../session/mod.ts";
import { toCodePoints } from "./offsets.ts";

/**
 * Makes the reply to a question for completions.
 *
 * @param found What the session knows; `null` when it is busy.
 * @param asked The cell, and the cursor in code points.
 */
export function completeReply(
  found: LookupAnswer | null,
  { code, cursorPos }: { readonly code: string; readonly cursorPos: number },
): Record<string, unknown> {
  if (found?.type !== "completions") {
    return {
      status: "ok",
      matches: [],
      cursor_start: cursorPos,
      cursor_end: cursorPos,
      metadata: {},
    };
  }
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  return {
    status: "ok",
    matches: found.matches,
    cursor_start: start,
    cursor_end: end,
    metadata: {
      _jupyter_types_experimental: found.matches.map((text, i) => ({
        text,
        type: found.types[i],
        start,
        end,
      })),
    },
  };
}

/**
 * Makes the reply to a question for what stands at the cursor.
 *
 * @param found What the session knows; `null` when it is busy.
 */
export function inspectReply(
  found: LookupAnswer | null,
): Record<string, unknown> {
  const text = found?.type === "description" ? found.text : null;
  return {
    status: "ok",
    found: text !== null,
    data: text === null ? {} : {
      "text/plain": text,
      "text/markdown": `\`\`\`typescript\n${text}\n\`\`\``,
    },
    metadata: {},
  };
}
