/**
 * Tracebacks in the user's own terms: cell, line, column and a code frame. Pure.
 *
 * Frames of the engine and of Skein are left out. Colours are terminal escapes,
 * as Jupyter expects them in tracebacks. An error is as long and as deep as its
 * cell likes, so what is shown of it is bounded.
 * @module
 */
import type { codeFrame, originalColumn } from "../language/mod.ts";
import type { ErrorReport } from "../protocol/mod.ts";
import type { Ledger } from "./ledger.ts";
import type { FailureContent, Script } from "./state.ts";

/** The functions of the language service that tracebacks need. */
export interface FrameTools {
  /** Shows the lines around a position. */
  readonly codeFrame: typeof codeFrame;
  /** Maps a column of a script to the user's. */
  readonly originalColumn: typeof originalColumn;
}

/** What tracebacks are made with. */
export interface TracebackOptions {
  /** Evaluated sources by script name. */
  readonly scripts: Pick<Ledger<Script>, "get">;
  /** The functions of the language service. */
  readonly tools: FrameTools;
}

/**
 * Makes an error's content from what the session reported.
 *
 * @param report The error, taken apart.
 * @param options Where sources are found.
 */
export function describeError(
  report: ErrorReport,
  options: TracebackOptions,
): FailureContent {
  const tree = { errors: MAX_ERRORS, text: MAX_TEXT };
  const lines = errorLines(report, { ...options, tree });
  return {
    ename: cut(report.name, MAX_NAME),
    evalue: cut(messageOf(report), MAX_MESSAGE),
    traceback: lines.flatMap((text) => text.split("\n")),
  };
}

interface TreeOptions extends TracebackOptions {
  /** What may still be shown of all errors together. */
  readonly tree: { errors: number; text: number };
}

function errorLines(report: ErrorReport, options: TreeOptions): string[] {
  const { tree } = options;
  tree.errors--;
  const take = (text: string) => {
    const taken = cut(text, Math.min(MAX_MESSAGE, tree.text));
    tree.text = Math.max(0, tree.text - text.length);
    return taken;
  };
  const lines = [
    headline(cut(report.name, MAX_NAME), take(messageOf(report))),
    ...frameLines(parseStack(report.stack), options),
  ];
  if (report.properties !== undefined) {
    lines.push(dim(take(report.properties)));
  }
  const { errors = [], omitted = 0, cause } = report;
  const count = errors.length + omitted;
  const add = (title: string, error: ErrorReport) => {
    lines.push("", title);
    for (const line of errorLines(error, options)) lines.push(line);
  };
  for (const [i, error] of errors.entries()) {
    if (tree.errors <= 0) {
      lines.push("", `… and ${count - i} more of ${count}`);
      break;
    }
    add(`error ${i + 1} of ${count}:`, error);
    if (i === errors.length - 1 && omitted > 0) {
      lines.push("", `… and ${omitted} more of ${count}`);
    }
  }
  if (cause !== undefined) {
    if (tree.errors > 0) add("caused by:", cause);
    else lines.push("", "caused by an error that is not shown");
  }
  const hint = permissionHint(report);
  if (hint !== null) lines.push("", hint);
  return lines;
}

/** The beginning of a text, with a note of how much is missing. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const missing = (text.length - length).toLocaleString("en");
  return `${text.slice(0, length)} [… ${missing} more characters not shown …]`;
}

/** Constants of cells are properties of the global object: V8 speaks of those. */
function messageOf({ message }: ErrorReport): string {
  return message.replace(
    /^Cannot assign to read only property '([^']+)' of object '#<Window>'$/,
    "Assignment to constant variable '$1'.",
  );
}

/** One call in a stack, as V8 prints it. */
interface StackFrame {
  readonly name: string;
  readonly place: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function parseStack(stack: string): StackFrame[] {
  const frames: StackFrame[] = [];
  const texts = stack.slice(0, MAX_STACK).split("\n");
  for (const text of texts) {
    const match = text.length > MAX_FRAME ? null : FRAME.exec(text);
    if (!match) continue;
    const [, name = "", withName, alone] = match;
    const place = withName ?? alone ?? "";
    const position = /^(.*):(\d+):(\d+)$/.exec(place);
    if (!position) continue;
    frames.push({
      name,
      place,
      file: position[1]!,
      line: Number(position[2]),
      column: Number(position[3]),
    });
  }
  return frames.filter(({ file }) => !HIDDEN.test(file));
}

function frameLines(
  frames: readonly StackFrame[],
  { scripts, tools }: TracebackOptions,
): string[] {
  let framed = false;
  return frames.slice(0, MAX_FRAMES).flatMap((frame) => {
    const name = /^(async )?(eval|Object\.eval|<anonymous>)?$/.test(frame.name)
      ? ""
      : ` in ${frame.name}`;
    const script = scripts.get(frame.file);
    if (!script) return [dim(`  at ${frame.place}${name}`)];
    const { line } = frame;
    const column = tools.originalColumn(script.shifts, line, frame.column);
    const where = `${script.label}, line ${line}, column ${column}${name}`;
    if (framed) return [`  at ${where}`];
    // The innermost place of the user's own deserves to be seen.
    framed = true;
    return script.source.length > MAX_FRAMED
      ? [where]
      : [where, ...tools.codeFrame(script.source, line, column)];
  });
}

/**
 * Says how to allow what a cell was refused.
 *
 * @param report The error.
 * @returns A sentence, or `null` if nothing was refused.
 */
function permissionHint(report: ErrorReport): string | null {
  if (report.name !== "NotCapable") return null;
  const match = /^Requires (\w+) access(?: to "?(.*?)"?)?(?:, |$)/.exec(
    report.message.slice(0, MAX_NAME),
  );
  const [, kind, what] = match ?? [];
  if (kind === undefined || !KINDS.has(kind)) {
    return "This notebook may not do that: run it with --allow-all if you trust it.";
  }
  const isAccepted = what !== undefined && !/[<>\s,]/.test(what) &&
    (kind !== "sys" || SYSTEM_FACTS.has(what));
  const value = isAccepted ? `=${what}` : "";
  return `This notebook may not do that. To allow it, run with --allow-${kind}${value}, or with --allow-all if you trust the notebook.`;
}

function headline(name: string, message: string): string {
  return message === "" ? red(name) : `${red(name)}: ${message}`;
}

function red(text: string): string {
  return `\x1b[1;31m${text}\x1b[0m`;
}

function dim(text: string): string {
  return text.split("\n").map((line) => `\x1b[2m${line}\x1b[0m`).join("\n");
}

const FRAME = /^ {4}at (?:(.*?) \((.*)\)|(.*))$/;
/** Files of the runtime, and of the session's own host. */
const HIDDEN = /^(ext:|node:|native\b|<anonymous>$)|\/session\/host\/\w+\.ts$/;
/** What our command line can allow one by one. */
const KINDS: ReadonlySet<string> = new Set(
  ["read", "write", "net", "import", "run", "env", "sys"],
);
/**
 * The values that Deno takes for `--allow-sys`; it asks for others as well, such
 * as `inspector`, which only all of them together allow.
 */
const SYSTEM_FACTS: ReadonlySet<string> = new Set([
  "hostname",
  "osRelease",
  "osUptime",
  "loadavg",
  "networkInterfaces",
  "systemMemoryInfo",
  "uid",
  "gid",
  "username",
  "cpus",
  "homedir",
  "statfs",
  "getPriority",
  "setPriority",
  "userInfo",
]);
const MAX_FRAMES = 20;
/** So many errors of a tree help; nested ones multiply. */
const MAX_ERRORS = 100;
/** Units of these: UTF-16 units. */
const MAX_NAME = 1000;
const MAX_MESSAGE = 256 * 1024;
const MAX_TEXT = 1024 * 1024;
const MAX_STACK = 64 * 1024;
const MAX_FRAME = 2000;
/** To find a line in a longer cell, for each of many errors, takes too long. */
const MAX_FRAMED = 1024 * 1024;
