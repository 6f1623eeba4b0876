/**
 * Parameters of a run: a cell that sets them, put where papermill puts it. Pure.
 *
 * What was typed becomes values in `cli/parameters.ts`.
 * @module
 */
import type { Cell, CodeCell, Notebook } from "../nbformat/mod.ts";

/**
 * Puts a cell into a notebook that sets parameters: after the cell tagged
 * `parameters`, else first; one of an earlier run is replaced where it stands.
 *
 * @param notebook The notebook.
 * @param parameters Values by name: what JSON can say, and bigints, NaN, infinite
 *   numbers and undefined. The cells get them as they are.
 * @returns The notebook with the cell, or as it was when there are none.
 * @throws {RangeError} If a name can not be that of a variable.
 * @throws {TypeError} If a value can not be written down.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Readonly<Record<string, unknown>>,
): Notebook {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return notebook;
  const lines = entries.map(([name, value]) => {
    checkName(name);
    return `let ${name} = ${literal(value, { name, around: [] })};`;
  });
  const cell: CodeCell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: [INJECTED] },
    source: ["// Parameters", ...lines].join("\n"),
    execution_count: null,
    outputs: [],
  };
  const first = notebook.cells.findIndex((cell) => hasTag(cell, INJECTED));
  const cells = notebook.cells.filter((cell) => !hasTag(cell, INJECTED));
  // As papermill has it, who put it elsewhere since finds it there again.
  const at = first !== -1
    ? first
    : cells.findIndex((cell) => hasTag(cell, "parameters")) + 1;
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

function checkName(name: string): void {
  const problem =
    !/^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(name)
      ? "it is no name of a variable, expected letters, digits, _ or $"
      : isReserved(name)
      ? "the language reserves it, expected another name"
      : null;
  if (problem !== null) {
    throw new RangeError(
      `Cannot set parameter ${JSON.stringify(name)}: ${problem}`,
    );
  }
}

/** Whether a cell, which is strict and may await, can not declare a name. */
function isReserved(name: string): boolean {
  if (FIXED.has(name)) return true;
  try {
    // Compiled, never called: the engine knows its reserved words best.
    new AsyncFunction(`"use strict"; let ${name};`);
    return false;
  } catch {
    return true;
  }
}

/** Where a value stands. */
interface Place {
  /** The parameter that it belongs to. */
  readonly name: string;
  /** The arrays and objects around it. */
  readonly around: readonly unknown[];
}

/** Writes an expression whose value is a given one. */
function literal(value: unknown, { name, around }: Place): string {
  const refuse = (found: string) => {
    throw new TypeError(
      `Cannot set parameter "${name}": it holds ${found}, expected strings, numbers, booleans, null, arrays or plain objects`,
    );
  };
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      break;
    default:
      return refuse(`a ${typeof value}`);
  }
  if (value === null) return "null";
  if (around.includes(value)) return refuse("itself");
  if (around.length > MAX_DEPTH) {
    return refuse(`more than ${MAX_DEPTH} arrays and objects in each other`);
  }
  const inside = { name, around: [...around, value] };
  if (Array.isArray(value)) {
    return `[${Array.from(value, (one) => literal(one, inside)).join(",")}]`;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return refuse(`a ${value.constructor?.name || "special object"}`);
  }
  const entries = Object.entries(value).map(([key, one]) => {
    // A plain `"__proto__":` sets the prototype.
    const written = JSON.stringify(key);
    const left = key === "__proto__" ? `[${written}]` : written;
    return `${left}:${literal(one, inside)}`;
  });
  return `{${entries.join(",")}}`;
}

const INJECTED = "injected-parameters";
/** Deeper than anybody writes, and shallow enough for every stack. */
const MAX_DEPTH = 500;
/** Names that a scope may declare anew, but not the global one. */
const FIXED: ReadonlySet<string> = new Set(["undefined", "NaN", "Infinity"]);
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
