/**
 * What papermill writes into a notebook that was run with parameters, so that
 * its tools, and those built upon it, find it. Pure.
 *
 * Source: papermill 2.7, `engines.py` and `execute.py`.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";

/** A run with parameters. */
export interface ParameterRun {
  /** Values by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly inputPath: string;
  /** `null` if the notebook is not written. */
  readonly outputPath: string | null;
  /** When it began and ended. Units: milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** The cells that ran, by id. */
  readonly cells: ReadonlyMap<string, CellTimes>;
}

/** When a cell ran. */
export interface CellTimes {
  readonly startMs: number;
  readonly endMs: number;
  /** Whether it failed though it was not expected to. */
  readonly isFailed: boolean;
}

/**
 * Writes what papermill writes.
 *
 * @param notebook The notebook after its run.
 * @param run The run.
 */
export function withPapermill(
  notebook: Notebook,
  { parameters, inputPath, outputPath, startMs, endMs, cells }: ParameterRun,
): Notebook {
  const isFailed = [...cells.values()].some((cell) => cell.isFailed);
  return {
    ...notebook,
    metadata: {
      ...notebook.metadata,
      papermill: {
        default_parameters: {},
        parameters: asJson(parameters),
        environment_variables: {},
        version: "2.7.0",
        input_path: inputPath,
        output_path: outputPath,
        start_time: time(startMs),
        end_time: time(endMs),
        duration: (endMs - startMs) / 1000,
        exception: isFailed ? true : null,
      },
    },
    cells: notebook.cells.map((cell) => withTimes(cell, cells)),
  };
}

function withTimes(
  cell: Cell,
  cells: ReadonlyMap<string, CellTimes>,
): Cell {
  const { tags = [] } = cell.metadata;
  const times = cells.get(cell.id);
  return {
    ...cell,
    metadata: {
      ...cell.metadata,
      tags,
      papermill: times === undefined
        // As papermill has it, which runs texts as well.
        ? cell.cell_type === "code" ? PENDING : { ...PENDING, ...COMPLETED }
        : {
          start_time: time(times.startMs),
          end_time: time(times.endMs),
          duration: (times.endMs - times.startMs) / 1000,
          exception: times.isFailed,
          status: times.isFailed ? "failed" : "completed",
        },
    },
  } as Cell;
}

/** JSON has no integers without end and no words for infinity: those are text. */
function asJson(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, asJson(one)]),
  );
}

/** As Python's `isoformat()`. */
function time(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000+00:00");
}

const COMPLETED = { exception: false, status: "completed" };
const PENDING = {
  start_time: null,
  end_time: null,
  duration: null,
  exception: null,
  status: "pending",
};
