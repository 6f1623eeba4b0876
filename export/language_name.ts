/**
 * Which language a notebook is written in. Pure.
 * @module
 */
import type { Metadata } from "../nbformat/mod.ts";

/**
 * Reads the language of a notebook's code.
 *
 * @param metadata The notebook's metadata.
 * @returns Its name as the file has it: `typescript`, which is meant if it has none.
 */
export function readLanguage(
  { language_info, kernelspec }: Metadata,
): string {
  return readText(language_info, "name") ?? readText(kernelspec, "language") ??
    "typescript";
}

function readText(value: unknown, name: string): string | undefined {
  const text: unknown = typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}
