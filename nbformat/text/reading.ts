/**
 * What a notebook keeps of how its file was written, so that it is written in the
 * same way again: without a header, or with options in JSON. Pure.
 *
 * Source: jupytext 1.19, `update_metadata_filters`, `set_main_and_cell_language`.
 * @module
 */
import { isRecord } from "../values.ts";
import type { ReadHeader } from "./header.ts";
import type { TextCell, TextFormat } from "./notebook.ts";
import { OWN_KEYS } from "./option_text.ts";
import { WRITTEN } from "./filter.ts";
import type { TextMetadata } from "./values.ts";

/** How a file was read. */
export interface Reading {
  readonly format: TextFormat;
  readonly header: ReadHeader;
  /** Whether metadata of a cell stood there as JSON. */
  readonly isJson: boolean;
  /** The notebook's language. */
  readonly language: string;
}

/**
 * Adds to the metadata of a notebook how it was written.
 *
 * @param metadata What the header says.
 * @param cells The cells.
 * @param reading How the file was read.
 */
export function noteReading(
  metadata: TextMetadata,
  cells: readonly TextCell[],
  { format, header, isJson, language }: Reading,
): TextMetadata {
  const { kernelspec } = metadata;
  const jupytext: TextMetadata = isRecord(metadata.jupytext)
    ? { ...metadata.jupytext }
    : {};
  const hasKernel = isRecord(kernelspec) && kernelspec.language !== undefined;
  if (!hasKernel && cells.length > 0) jupytext.main_language = language;
  const noted = { ...metadata, jupytext };
  const keys = new Set(cells.flatMap(({ metadata }) => Object.keys(metadata)));
  if (!header.hasJupyter) {
    jupytext.notebook_metadata_filter = "-all";
    jupytext.cell_metadata_filter ??= [
      ...[...keys].filter((key) => !OWN_KEYS.has(key)).sort(),
      "-all",
    ].join(",");
  } else if (jupytext.cell_metadata_filter !== undefined) {
    jupytext.cell_metadata_filter = widen(
      String(jupytext.cell_metadata_filter),
      keys,
    );
  } else {
    const filter = String(jupytext.notebook_metadata_filter ?? "").split(",")
      .filter((key) => key !== "");
    if (!filter.includes("all") && !filter.includes("-all")) {
      const more = Object.keys(noted).filter((key) =>
        !WRITTEN.includes(key) && !filter.includes(key) &&
        !filter.includes(`-${key}`)
      );
      const all = [...filter, ...more];
      if (all.length > 0) jupytext.notebook_metadata_filter = all.join(",");
    }
  }
  if (isJson) jupytext.cell_metadata_json ??= true;
  const shown = isRecord(jupytext.text_representation)
    ? jupytext.text_representation
    : {};
  jupytext.text_representation = {
    ...shown,
    extension: format.extension,
    format_name: format.name,
  };
  return noted;
}

/** A filter that keeps what the file has. */
function widen(filter: string, keys: ReadonlySet<string>): string {
  const words = filter.split(",").map((word) => word.trim()).filter((word) =>
    word !== ""
  );
  const minus = words.filter((word) => word.startsWith("-"));
  const plus = words.filter((word) => !word.startsWith("-"))
    .map((word) => word.replace(/^\+/, ""));
  if (plus.includes("all")) {
    return ["all", ...minus.filter((word) => !keys.has(word.slice(1)))].join(
      ",",
    );
  }
  const added = [...keys].filter((key) => !plus.includes(key));
  const kept = minus.includes("-all")
    ? ["-all"]
    : minus.filter((word) => !keys.has(word.slice(1)));
  return [...[...plus, ...added].filter((key) => !OWN_KEYS.has(key)), ...kept]
    .join(",");
}
