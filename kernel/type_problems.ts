/**
 * What is wrong with a cell's types, as text beside it or as the error that
 * keeps it from running. Pure.
 * @module
 */
import type { CellProblem } from "../language/mod.ts";
import { printText } from "./show.ts";
import type {
  Decision,
  Execution,
  FailureContent,
  KernelState,
} from "./state.ts";
import type { FrameTools } from "./traceback.ts";

/** A cell, as the user knows it. */
export interface NamedCell {
  /** Its name, such as `Cell [3]`. */
  readonly label: string;
  /** What the user wrote. */
  readonly source: string;
}

/**
 * Shows what is wrong with a cell that runs, or has run.
 *
 * @param state What is known.
 * @param execution The cell.
 * @param problems What is wrong, in source order.
 * @param tools For code frames.
 */
export function warnOfTypes(
  state: KernelState,
  execution: Execution,
  problems: readonly CellProblem[],
  tools: FrameTools,
): Decision {
  const { failure, request, executionCount } = execution;
  const label = `Cell [${executionCount}]`;
  const source = request.content.code;
  // The running program has said it already.
  const news = problems.filter((problem) => !isSaidBy(failure, problem));
  if (news.length === 0) return { state, actions: [] };
  const lines = problemLines(news, { label, source }, tools);
  const text = lines.join("\n") + "\n";
  return printText(state, execution, { name: "stderr", text });
}

/**
 * Makes the error of a cell that does not run because of its types.
 *
 * @param problems What is wrong, in source order; at least one.
 * @param cell The cell.
 * @param tools For code frames.
 */
export function typeFailure(
  problems: readonly CellProblem[],
  cell: NamedCell,
  tools: FrameTools,
): FailureContent {
  const [{ code, message }] = problems as [CellProblem];
  const others = problems.length - 1;
  const evalue = `${code} ${message.split("\n")[0]}${
    others === 0 ? "" : ` (and ${others} more)`
  }`;
  return {
    ename: "TypeCheckError",
    evalue,
    traceback: [
      "\x1b[1;31mTypeCheckError\x1b[0m: the cell was not run (skein.check is strict)",
      ...problemLines(problems, cell, tools),
    ],
  };
}

/**
 * Says that nobody could look at a cell's types.
 *
 * @param label The cell's name.
 * @param reason Why not.
 */
export function uncheckedText(label: string, reason: string): string {
  return `Types of ${label} were not checked: ${reason}\n`;
}

function problemLines(
  problems: readonly CellProblem[],
  { label, source }: NamedCell,
  tools: FrameTools,
): readonly string[] {
  const shown = problems.slice(0, MAX_SHOWN);
  const rest = problems.length - shown.length;
  return [
    ...shown.flatMap(({ code, message, file, line, column, endColumn }) => [
      `\x1b[1m${code}\x1b[0m ${
        file ?? label
      }, line ${line}, column ${column}: ${message}`,
      ...file !== undefined ? [] : tools.codeFrame(source, line, column, {
        linesBefore: 0,
        linesAfter: 0,
        ...(endColumn === undefined ? {} : { endColumn }),
      }),
    ]),
    ...rest === 0
      ? []
      : [`… and ${rest} more error${rest === 1 ? "" : "s"} of type`],
  ];
}

function isSaidBy(
  failure: FailureContent | null,
  { message }: CellProblem,
): boolean {
  const name = /^(\S+) is not defined$/.exec(failure?.evalue ?? "")?.[1];
  return failure?.ename === "ReferenceError" && name !== undefined &&
    message.startsWith(`Cannot find name '${name}'`);
}

/** So many errors of one cell help; more of them hide its output. */
const MAX_SHOWN = 10;
