/**
 * Source code as HTML with classes for colours; `theme_code.ts` holds the colours.
 *
 * Pure. The only file that knows highlight.js.
 * @module
 */
import {
  bash,
  core as highlighter,
  css,
  javascript,
  json,
  markdown,
  python,
  typescript,
  xml,
} from "highlight";
import { escapeHtml } from "./escape.ts";

/**
 * Renders source code.
 *
 * @example A keyword
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   highlightCode("let a", "typescript"),
 *   '<span class="hljs-keyword">let</span> a',
 * );
 * ```
 *
 * @param code The source.
 * @param language Its language, by name or alias: `typescript`, `ts`.
 * @returns HTML to stand inside `<code>`; without colours if the language is unknown.
 */
export function highlightCode(code: string, language: string): string {
  const isKnown = highlighter.getLanguage(language) !== undefined;
  if (!isKnown || !isCode(code)) return escapeHtml(code);
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}

/**
 * Names a language as people write it.
 *
 * @param language Its name or alias: `ts`.
 * @returns For example `TypeScript`; the given name if it is unknown.
 */
export function formatLanguageName(language: string): string {
  return highlighter.getLanguage(language)?.name ?? language;
}

/**
 * Whether people may have written it. The highlighter looks back and ahead on a
 * line, which takes time in its square, so that a word of 100,000 letters took
 * half a minute; what is so long is data rather than code.
 */
function isCode(code: string): boolean {
  if (code.length > MAX_LENGTH) return false;
  return code.split("\n").every((line) => line.length <= MAX_LINE);
}

const MAX_LENGTH = 60_000;
const MAX_LINE = 1000;

highlighter.registerLanguage("typescript", typescript);
highlighter.registerLanguage("javascript", javascript);
highlighter.registerLanguage("python", python);
highlighter.registerLanguage("bash", bash);
highlighter.registerLanguage("json", json);
highlighter.registerLanguage("xml", xml);
highlighter.registerLanguage("css", css);
highlighter.registerLanguage("markdown", markdown);
