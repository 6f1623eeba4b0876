/**
 * Text made safe to stand in HTML. Pure.
 * @module
 */

/**
 * Escapes text for use between tags and inside quoted attributes.
 *
 * @example Markup becomes text
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(escapeHtml('<a href="x">'), "&lt;a href=&quot;x&quot;&gt;");
 * ```
 *
 * @param text Any text.
 * @returns The text as HTML.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
