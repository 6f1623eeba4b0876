/**
 * How much of the machine cells may take, from the command line. Pure.
 * @module
 */
import type { Limits } from "../session/mod.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options, with what each limits. */
const OPTIONS = {
  "max-memory-mb": [
    "maxMemoryMb",
    "MIB",
    "Limit the memory of cells and all they start.",
  ],
  "max-processes": ["maxProcesses", "NUMBER", "Limit the number of processes."],
  "max-threads": ["maxThreads", "NUMBER", "Limit the number of threads."],
  "max-open-files": ["maxOpenFiles", "NUMBER", "Limit open files and sockets."],
  "max-disk-mb": ["maxDiskMb", "MIB", "Limit disk space added."],
} as const;

/**
 * The options that limit cells and all that they start. Without them there are
 * limits that leave the machine usable, unless everything is allowed.
 */
export const LIMIT_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  "max-heap-mb": {
    kind: "value",
    value: "MIB",
    help: "Limit the JavaScript heap of cells.",
  },
  ...Object.fromEntries(
    Object.entries(OPTIONS).map(([name, [, value, help]]) =>
      [name, { kind: "value", value, help }] as const
    ),
  ),
};

/**
 * Reads the options.
 *
 * @param args What was typed.
 * @param verb For errors, such as `run`.
 * @returns The limits that were given, and no others.
 * @throws {UsageError} If one is no integer above 0.
 */
export function readLimits(
  { values }: Pick<Arguments, "values">,
  verb: string,
): { readonly maxHeapMb?: number; readonly limits: Limits } {
  const maxHeapMb = readCount(values, "max-heap-mb", verb);
  const given = Object.entries(OPTIONS).flatMap(([name, [limit]]) => {
    const count = readCount(values, name, verb);
    return count === undefined ? [] : [[limit, count] as const];
  });
  return {
    ...maxHeapMb === undefined ? {} : { maxHeapMb },
    limits: Object.fromEntries(given),
  };
}

/**
 * Spells the options that were given, for another program's arguments.
 *
 * @param args What was typed.
 */
export function limitArguments(
  { values }: Pick<Arguments, "values">,
): string[] {
  return Object.keys(LIMIT_OPTIONS).flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
}

function readCount(
  values: Arguments["values"],
  name: string,
  verb: string,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const count = Number(text);
  const isPlain = /^\d+$/.test(text.trim());
  if (!isPlain || !(count > 0) || !Number.isSafeInteger(count)) {
    throw new UsageError(
      `Cannot ${verb}: --${name} is ${
        JSON.stringify(text)
      }, expected an integer above 0`,
    );
  }
  return count;
}
