/**
 * Parameters of a run: a cell that sets them, put where papermill puts it. Pure.
 * @module
 */
import type { Cell, CodeCell, Notebook } from "../nbformat/mod.ts";

/**
 * Puts a cell into a notebook that sets parameters: after the cell tagged
 * `parameters`, else first; one of an earlier run is replaced.
 *
 * @param notebook The notebook.
 * @param parameters Values by name; a value is anything JSON can say.
 * @returns The notebook with the cell, or as it was when there are none.
 * @throws {RangeError} If a name can not be that of a variable.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Readonly<Record<string, unknown>>,
): Notebook {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return notebook;
  const lines = entries.map(([name, value]) => {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
      throw new RangeError(
        `Cannot set parameter ${
          JSON.stringify(name)
        }: it is no name of a variable, expected letters, digits, _ or $`,
      );
    }
    return `let ${name} = ${literal(value)};`;
  });
  const cell: CodeCell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: [INJECTED] },
    source: ["// Parameters", ...lines].join("\n"),
    execution_count: null,
    outputs: [],
  };
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED));
  const at = cells.findIndex((cell) => hasTag(cell, "parameters")) + 1;
  return { ...notebook, cells: cells.toSpliced(at, 0, cell) };
}

/**
 * Tells whether a cell carries a tag.
 *
 * @param cell The cell.
 * @param tag The tag.
 */
export function hasTag({ metadata }: Cell, tag: string): boolean {
  return Array.isArray(metadata.tags) && metadata.tags.includes(tag);
}

/** In a literal, unlike in JSON, a plain `"__proto__":` sets the prototype. */
function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:');
}

const INJECTED = "injected-parameters";
