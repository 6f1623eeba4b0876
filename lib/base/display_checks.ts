/**
 * What is refused before a value is shown.
 *
 * Pure. The checks that all of the library has are in `checks.ts`.
 * @module
 */
import { checkFlag, checkName, checkOptions, refuse } from "./checks.ts";
import type { DisplayOptions } from "./display.ts";

/** Checks how a value is shown; hosts may have options of their own besides. */
export function checkDisplayOptions(options: DisplayOptions): void {
  checkOptions("display", options);
  const { display_id, update = false } = options;
  checkFlag(["display", "update"], update);
  // Without a name there is nothing to update, and the host would say nothing.
  if (update || display_id !== undefined) {
    checkName(["display", "display_id"], display_id);
  }
}

/** @throws {TypeError} If a tag was called as a function. */
export function checkTemplate(tag: string, strings: unknown): void {
  const { raw } = Object(strings) as Partial<TemplateStringsArray>;
  if (Array.isArray(strings) && Array.isArray(raw)) return;
  const place = [`make ${tag}`, "argument"] as const;
  throw new TypeError(refuse(place, strings, `a template: ${tag}\`…\``));
}
