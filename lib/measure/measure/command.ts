/**
 * Commands that are measured: a program with arguments, or a line for the shell.
 *
 * A line costs the start of a shell besides; that is measured in turns with it,
 * and subtracted.
 * @module
 */
import { median } from "../../base/statistics/mod.ts";
import { system } from "../../platform/mod.ts";
import { endProcess, explainNoRun, startSilent } from "../peers.ts";
import type { RawSamples } from "./summary.ts";

/** A program and its arguments, or a line for the shell. */
export type Command = string | readonly string[];

/** Tells commands from functions. */
export function isCommand(work: unknown): work is Command {
  return typeof work === "string" || Array.isArray(work);
}

/** The program and its arguments; a line is given to the shell. */
export function toArguments(command: Command): readonly string[] {
  if (typeof command !== "string") return command;
  return system().build.os === "windows"
    ? ["cmd", "/d", "/c", command]
    : ["sh", "-c", command];
}

/** Writes a command as it would be typed, no longer than a name may be. */
export function nameCommand(command: Command): string {
  const line = typeof command === "string" ? command : command.join(" ");
  return line.length > MAX_NAME ? `${line.slice(0, MAX_NAME - 1)}…` : line;
}

/** Refuses a program that may not be run; it never prompts. */
export async function checkPermission(command: Command): Promise<void> {
  const reason = await explainNoRun(toArguments(command)[0] ?? "");
  if (reason === null) return;
  throw new Error(`Cannot measure "${nameCommand(command)}": ${reason}`);
}

/** Makes a function that runs a command once, and ends it when the signal is aborted. */
export function makeRun(
  command: Command,
  signal: AbortSignal,
): () => Promise<void> {
  const [program = "", ...args] = toArguments(command);
  return async () => {
    const process = startSilent(program, args);
    const end = () => endProcess(process);
    signal.addEventListener("abort", end, { once: true });
    const status = await process.status;
    signal.removeEventListener("abort", end);
    if (status.success || signal.aborted) return;
    throw new Error(
      `Cannot measure "${
        nameCommand(command)
      }": it ended with code ${status.code}, expected 0`,
    );
  };
}

/** The line that does nothing: what a shell costs by itself. */
export const EMPTY_LINE = "exit";
/** What its samples are called while they are taken. */
export const SHELL = "shell";

/** Subtracts the shell's own median from the samples of lines; what it is, is given too. */
export function subtractShell(
  raw: readonly RawSamples[],
  lines: ReadonlySet<string>,
): { readonly raw: readonly RawSamples[]; readonly shellMs: number | null } {
  const shell = raw.find(({ name }) => name === SHELL);
  if (shell === undefined || lines.size === 0) return { raw, shellMs: null };
  const shellMs = median(shell.samplesMs);
  const subtract = (ms: number) => Math.max(LEAST_MS, ms - shellMs);
  return {
    shellMs,
    raw: raw.filter((own) => own !== shell).map((own) =>
      lines.has(own.name)
        ? {
          ...own,
          samplesMs: own.samplesMs.map(subtract),
          warmUpMs: own.warmUpMs.map(subtract),
        }
        : own
    ),
  };
}

const MAX_NAME = 40;
// Nothing takes no time at all; ratios need something to divide by.
const LEAST_MS = 0.001;
