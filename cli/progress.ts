/**
 * What a run says on the terminal. Pure: texts only.
 * @module
 */
import { readDirectives } from "../nbformat/directives/mod.ts";
import type { CellEnd, CellStart, RunResult } from "../runner/mod.ts";

/**
 * Says which cell runs now.
 *
 * @param start The cell.
 */
export function startLine({ number, total, cell }: CellStart): string {
  return `${counter(number, total)}      …  ${
    firstLine(readDirectives(cell).source)
  }`;
}

/**
 * Says how a cell ended.
 *
 * @param end The cell.
 */
export function endLine({ number, total, cell, ...end }: CellEnd): string {
  const seconds = (end.elapsedMs / 1000).toFixed(2).padStart(6);
  const mark = end.error === null ? "" : `  ✗ ${end.error.ename}`;
  return `${counter(number, total)} ${seconds}s  ${
    firstLine(readDirectives(cell).source)
  }${mark}`;
}

/**
 * Shows the error of a cell, as its own output shows it.
 *
 * @param end The cell.
 */
export function failureText({ number, error }: CellEnd): string {
  return [`Cell ${number} failed:`, ...error!.traceback].join("\n");
}

/**
 * Sums a run up.
 *
 * @param result What it gave.
 * @param files Paths that were written, by what they hold.
 */
export function summaryText(
  { cells, failures, elapsedMs, stopped, notRun }: RunResult,
  files: Readonly<Record<string, string>>,
): string {
  const width = Math.max(0, ...Object.keys(files).map(({ length }) => length));
  return [
    `${count(cells, "cell")} run, ${count(failures.length, "error")}, ${
      (elapsedMs / 1000).toFixed(1)
    } s${stopped ? "; stopped before its end" : ""}${
      notRun === 0 ? "" : `; ${count(notRun, "cell")} not run`
    }`,
    ...Object.entries(files).map(([what, path]) =>
      `  ${what.padEnd(width)}  ${path}`
    ),
  ].join("\n");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function counter(number: number, total: number): string {
  return `[${String(number).padStart(String(total).length)}/${total}]`;
}

/**
 * Gives what a cell is known by: the first line that is not empty, in short.
 *
 * @param source The cell.
 */
export function firstLine(source: string): string {
  const line = source.split("\n").find((line) => line.trim() !== "") ?? "";
  // A tab or an escape would move the cursor, or worse.
  const shown = [...line.trimEnd().replace(/\p{Cc}/gu, " ")];
  return shown.length > MAX_LINE
    ? `${shown.slice(0, MAX_LINE - 1).join("")}…`
    : shown.join("");
}

const MAX_LINE = 58;
