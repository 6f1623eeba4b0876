/**
 * Texts without half characters, for programs that know no such thing.
 *
 * A string of JavaScript may hold one half of a surrogate pair. `deno lsp` ends
 * when it reads one, and can not write one: all that it found out about a cell
 * is lost when a type says `"\ud800"`. Pure.
 * @module
 */

/**
 * Replaces escapes of half characters by one of a whole one, as long as they are.
 *
 * @param source TypeScript.
 * @returns The same text, but for such escapes.
 */
export function replaceHalfEscapes(source: string): string {
  return source.replace(ESCAPES, (text, low) =>
    // A pair is one character, and `\\` is no beginning of an escape.
    !HALF.test(text) || low !== undefined
      ? text
      : text.replace(/d[89a-f][\da-f]{2}(?=\}?$)/i, "fffd"));
}

/** Any escape; those of both halves of a pair are one. */
const ESCAPES =
  /\\(?:u(?:d[89ab][\da-f]{2}|\{0*d[89ab][\da-f]{2}\})(\\u(?:d[c-f][\da-f]{2}|\{0*d[c-f][\da-f]{2}\}))?|u\{[\da-f]*\}|u[\da-f]{4}|[^])/gi;
const HALF = /^\\u\{?0*d[89a-f][\da-f]{2}\}?$/i;
