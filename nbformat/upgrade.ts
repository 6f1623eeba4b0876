/**
 * Notebook files of nbformat 3, as IPython 1 to 2 wrote them, brought up to 4.
 *
 * Pure: JSON in, JSON out; `schema.ts` then checks what came out.
 * @module
 */
import { isTooDeep } from "./depth.ts";
import type { Worksheets } from "./schema.ts";

/**
 * Brings a notebook of nbformat 3 up to nbformat 4.
 *
 * Its name, its worksheets' metadata and its signature are left out, which 4 has
 * no place for.
 *
 * Source: Python's nbformat, `v4/convert.py`.
 *
 * @param json The notebook, as JSON; a cell of another shape is left as it is.
 * @returns The notebook, as JSON.
 */
export function upgradeFrom3(json: Worksheets & Json): Json {
  const { worksheets, metadata, ...rest } = json;
  const { name: _, signature: __, ...hints } = asObject(metadata);
  const cells = worksheets.flatMap((sheet) => sheet.cells);
  return {
    ...rest,
    nbformat: 4,
    nbformat_minor: 0,
    metadata: { ...languageOf(cells, hints), ...hints },
    cells: cells.map(upgradeCell),
  };
}

/** Each cell said in what language it is; since 4 the notebook does. */
function languageOf(cells: readonly unknown[], hints: Json): Json {
  if ("kernelspec" in hints || "language_info" in hints) return {};
  const name = cells.map((cell) => asObject(cell).language)
    .find((name) => typeof name === "string" && name !== "");
  return name === undefined ? {} : { language_info: { name } };
}

function upgradeCell(value: unknown): unknown {
  if (!isObject(value)) return value;
  const metadata = asObject(value.metadata);
  const cell: Json = { ...value, metadata };
  switch (cell.cell_type) {
    case "code": {
      const { input = "", prompt_number = null, ...code } = cell;
      const { language: _, collapsed, outputs = [], ...rest } = code;
      const isKept = typeof collapsed === "boolean";
      return {
        ...rest,
        metadata: isKept ? { ...metadata, collapsed } : metadata,
        source: joinOld(input),
        execution_count: prompt_number,
        outputs: isList(outputs) ? outputs.map(upgradeOutput) : outputs,
      };
    }
    case "heading": {
      const { level = 1, ...rest } = cell;
      const marks = "#".repeat(Math.min(6, Math.max(1, Number(level) || 1)));
      const text = joinOld(cell.source ?? "");
      return {
        ...rest,
        cell_type: "markdown",
        source: typeof text === "string"
          ? `${marks} ${text.trim().replace(/\s*\n\s*/g, " ")}`
          : text,
      };
    }
    case "html":
      return { ...cell, cell_type: "markdown", source: joinOld(cell.source) };
    default:
      return { ...cell, source: joinOld(cell.source) };
  }
}

function upgradeOutput(value: unknown): unknown {
  if (!isObject(value)) return value;
  switch (value.output_type) {
    case "pyout": {
      const { prompt_number = null, ...display } = value;
      return {
        ...upgradeDisplay(display),
        output_type: "execute_result",
        execution_count: prompt_number,
      };
    }
    case "display_data":
      return upgradeDisplay(value);
    case "pyerr":
      return { ...value, output_type: "error" };
    case "stream": {
      const { stream = "stdout", text, ...rest } = value;
      return { ...rest, name: stream, text: joinOld(text) };
    }
    default:
      return value;
  }
}

/** The formats of a value stood beside its kind. */
function upgradeDisplay({ output_type, metadata, ...data }: Json): Json {
  return {
    output_type,
    metadata: withMimeTypes(asObject(metadata)),
    data: Object.fromEntries(
      Object.entries(withMimeTypes(data)).map(([mimeType, value]) => [
        mimeType,
        mimeType === "application/json" ? readJson(value) : joinOld(value),
      ]),
    ),
  };
}

function withMimeTypes(bundle: Json): Json {
  return Object.fromEntries(
    Object.entries(bundle).map((
      [key, value],
    ) => [MIME_TYPES[key] ?? key, value]),
  );
}

/** Some writers split text into lines without their ends. */
function joinOld(value: unknown): unknown {
  const isLines = isList(value) &&
    value.every((line) => typeof line === "string");
  if (!isLines) return value;
  return value.join(/[\r\n]$/.test(value[0] ?? "") ? "" : "\n");
}

/** JSON was kept as its text. */
function readJson(value: unknown): unknown {
  const text = joinOld(value);
  if (typeof text !== "string") return text;
  try {
    const parsed: unknown = JSON.parse(text);
    return isTooDeep(parsed) ? text : parsed;
  } catch {
    // A text is a JSON value too.
    return text;
  }
}

type Json = Record<string, unknown>;

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !isList(value);
}

function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
};
