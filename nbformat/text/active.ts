/**
 * In which files a cell is code, and in which it is only shown. Pure.
 *
 * Source: jupytext 1.19, `is_active`.
 * @module
 */
import { isRecord } from "../values.ts";
import type { TextMetadata } from "./values.ts";

/**
 * Tells whether a cell is active in a file.
 *
 * @param extension What the file ends with.
 * @param metadata The cell's metadata.
 * @param otherwise What holds when the cell does not say it.
 */
export function isActive(
  extension: string,
  metadata: TextMetadata,
  otherwise = true,
): boolean {
  const { run_control, active } = metadata;
  if (isRecord(run_control) && run_control.frozen === true) {
    return extension === ".ipynb";
  }
  const name = extension.replaceAll(".", "");
  const tag = activeTag(metadata);
  if (tag !== undefined) return tag.split("-").includes(name);
  return active === undefined
    ? otherwise
    : String(active).split(/[.,]/).includes(name);
}

/**
 * Gives the tag that says where a cell is active: `active-ts-ipynb`.
 *
 * @param metadata The cell's metadata.
 */
export function activeTag({ tags }: TextMetadata): string | undefined {
  return Array.isArray(tags)
    ? tags.map(String).find((tag) => tag.startsWith("active-"))
    : undefined;
}
