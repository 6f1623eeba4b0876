/**
 * Where `skein export` writes: beside the notebook, or where `--output` says.
 * @module
 */
import { basename, dirname, join, sep } from "node:path";
import type { Format } from "../export/mod.ts";
import { quote } from "./quote.ts";
import { type Arguments, UsageError } from "./usage.ts";

/**
 * Finds where each notebook goes; no two to the same place.
 *
 * @param args What was typed.
 * @param format The format.
 * @throws {UsageError} If two notebooks would go to the same place.
 */
export async function choosePaths(
  { operands, values: { output } }: Arguments,
  format: Format,
): Promise<ReadonlyMap<string, string>> {
  const isFolder = output !== undefined && (
    operands.length > 1 || output.endsWith("/") || output.endsWith(sep) ||
    (await Deno.stat(output).catch(() => null))?.isDirectory === true
  );
  const paths = new Map<string, string>();
  for (const notebook of operands) {
    const name = nameIn(notebook, format);
    const path = output === undefined
      ? join(dirname(notebook), name)
      : isFolder
      ? join(output, name)
      : output;
    const [other] = [...paths].find(([, taken]) => taken === path) ?? [];
    if (other !== undefined && other !== notebook) {
      throw new UsageError(
        `Cannot export ${quote(notebook)} to ${quote(path)}: ${
          quote(other)
        } goes there, expected notebooks with different names`,
      );
    }
    paths.set(notebook, path);
  }
  return paths;
}

/** A notebook that is exported as one must not take its own place. */
function nameIn(notebook: string, { extension }: Format): string {
  const stem = basename(notebook).replace(/\.(?:ipynb|ts|md)$/, "");
  return extension === ".ipynb" ? `${stem}.export.ipynb` : stem + extension;
}
