/**
 * Text that notebook files split into lists of lines: which, where, and back.
 *
 * Follows `rwbase.py` of Python's nbformat, whose files ours must equal byte for
 * byte. Pure.
 * @module
 */

/**
 * Splits text after each line end, as Python's `str.splitlines(True)` does.
 *
 * @example Line ends stay with their lines
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(splitLines("a\nb"), ["a\n", "b"]);
 * ```
 *
 * @param text Any text.
 * @returns The lines; none if the text is empty.
 */
export function splitLines(text: string): string[] {
  return text.match(LINES) ?? [];
}

/**
 * Joins what a file split into lines.
 *
 * @param value Text, or a list of its lines.
 * @returns The text, or the value itself if it is neither.
 */
export function joinLines(value: unknown): unknown {
  const isLines = Array.isArray(value) &&
    value.every((line) => typeof line === "string");
  return isLines ? value.join("") : value;
}

/**
 * Tells whether a MIME type holds a JSON value, which is never joined.
 *
 * @param mimeType For example `application/geo+json`.
 * @returns Whether it holds JSON.
 */
export function isJsonMime(mimeType: string): boolean {
  return mimeType === "application/json" ||
    (mimeType.startsWith("application/") && mimeType.endsWith("+json"));
}

/**
 * Tells whether files hold text of a MIME type as a list of lines.
 *
 * @param mimeType For example `text/html`.
 * @returns Whether it is split when written.
 */
export function isSplitMime(mimeType: string): boolean {
  return mimeType.startsWith("text/") ||
    mimeType === "application/javascript" || mimeType === "image/svg+xml";
}

// Python ends lines at more characters than "\n": progress bars write "\r".
const BREAK = "\\n\\v\\f\\r\\x1c-\\x1e\\x85\\u2028\\u2029";
const LINES = new RegExp(`[^${BREAK}]*(?:\\r\\n|[${BREAK}])|[^${BREAK}]+`, "g");
