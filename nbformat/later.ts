/**
 * What a later minor version of the format has brought: kinds of cells and
 * outputs that this Skein does not know are set apart, and written back as they
 * were read. Pure: JSON in, JSON out.
 * @module
 */

/** The newest minor version of nbformat 4 of which all kinds are known. */
export const KNOWN_MINOR = 5;

/**
 * Sets apart what is of no known kind.
 *
 * Source: nbformat, "Backward-compatible changes": a reader keeps what it does
 * not know, and need not show it.
 *
 * @param json A notebook of a later minor version, as JSON.
 * @returns The same, with `"other"` for the kind of what is not known, and all
 *   that the file holds of it as `inFile`.
 */
export function setLaterApart(json: unknown): unknown {
  const notebook = asObject(json);
  return {
    ...notebook,
    cells: mapList(notebook.cells, (cell) => {
      const { cell_type, id, metadata, source, outputs } = asObject(cell);
      if (typeof cell_type !== "string") return cell;
      if (!CELLS.has(cell_type)) {
        const text = isText(source) ? { source } : {};
        const hints = isObject(metadata) ? { metadata } : {};
        return { cell_type: "other", id, ...hints, ...text, inFile: cell };
      }
      if (outputs === undefined) return cell;
      return { ...asObject(cell), outputs: mapList(outputs, setOutputApart) };
    }),
  };
}

function setOutputApart(output: unknown): unknown {
  const { output_type } = asObject(output);
  return typeof output_type !== "string" || OUTPUTS.has(output_type)
    ? output
    : { output_type: "other", inFile: output };
}

function isText(value: unknown): boolean {
  return typeof value === "string" ||
    Array.isArray(value) && value.every((line) => typeof line === "string");
}

function mapList(value: unknown, change: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

const CELLS = new Set(["code", "markdown", "raw"]);
const OUTPUTS = new Set(["stream", "display_data", "execute_result", "error"]);
