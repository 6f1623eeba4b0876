/**
 * How strictly submissions are examined, from the command line.
 * @module
 */
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { ExamOptions } from "../grading/mod.ts";
import { LIMIT_OPTIONS, readLimits } from "./limits.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options of verbs that examine notebooks. */
export const EXAM_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  jobs: {
    kind: "value",
    short: "j",
    value: "NUMBER",
    help: "Work on so many at a time. Default: one per core.",
  },
  timeout: {
    kind: "value",
    value: "SECONDS",
    help: "Longest time for a cell or a check. Default: 30.",
  },
  "total-timeout": {
    kind: "value",
    value: "SECONDS",
    help: "Longest time for a whole notebook. Default: 300.",
  },
  ...LIMIT_OPTIONS,
};

/**
 * Reads the options.
 *
 * @param args What was typed.
 * @param files Where the files of the assignment are, and which.
 */
export function readExamOptions(
  args: Arguments,
  { verb, folder, files }: {
    readonly verb: string;
    readonly folder: string;
    readonly files: readonly string[];
  },
): ExamOptions & { readonly jobs: number } {
  const { limits, maxHeapMb = MAX_HEAP_MB } = readLimits(args, verb);
  return {
    jobs: readJobs(args, verb),
    timeoutMs: 1000 * readPositive(args, { name: "timeout", verb, usual: 30 }),
    totalMs: 1000 *
      readPositive(args, { name: "total-timeout", verb, usual: 300 }),
    limits: { ...DEFAULT_LIMITS, ...limits },
    maxHeapMb,
    fill: async (to) => {
      for (const path of files) {
        await Deno.mkdir(dirname(join(to, path)), { recursive: true });
        await Deno.copyFile(join(folder, path), join(to, path));
      }
    },
  };
}

/**
 * Reads how many notebooks are worked on at a time.
 *
 * @param args What was typed.
 * @param verb For errors, such as `grade`.
 */
export function readJobs(args: Arguments, verb: string): number {
  const usual = availableParallelism();
  const jobs = readPositive(args, { name: "jobs", verb, usual });
  if (Number.isSafeInteger(jobs)) return jobs;
  throw new UsageError(
    `Cannot ${verb}: --jobs is ${jobs}, expected an integer above 0`,
  );
}

function readPositive(
  { values }: Arguments,
  { name, verb, usual }: {
    readonly name: string;
    readonly verb: string;
    readonly usual: number;
  },
): number {
  const text = values[name];
  if (text === undefined) return usual;
  const number = Number(text);
  if (text.trim() === "" || !(number > 0) || !Number.isFinite(number)) {
    throw new UsageError(
      `Cannot ${verb}: --${name} is ${
        JSON.stringify(text)
      }, expected a number above 0`,
    );
  }
  return number;
}

const MAX_HEAP_MB = 512;
const DEFAULT_LIMITS = {
  maxMemoryMb: 1024,
  maxProcesses: 8,
  maxThreads: 256,
  maxOpenFiles: 512,
  maxDiskMb: 100,
};
