/**
 * Code fences that nothing inside ends. Pure.
 * @module
 */

/**
 * Puts text into a fence.
 *
 * @param text The text.
 * @param language What it is written in.
 */
export function fence(text: string, language: string): string {
  const runs = text.match(/`{3,}/g) ?? [];
  const marks = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  const info = language.replace(/[\s`]+/g, "-");
  return `${marks}${info}\n${text.trimEnd()}\n${marks}`;
}
