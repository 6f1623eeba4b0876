/**
 * What `memory()` does, loaded when it is first called: reads how much memory crews
 * take, as well as the system lets.
 *
 * What is weighed is in `crew.ts`.
 * @module
 */
import { median } from "../../base/statistics/mod.ts";
import { refuseNode } from "../../platform/mod.ts";
import { explainNoProcesses } from "../../run/process/mod.ts";
import { fitLinesOfRounds, type LineFit } from "../fit/line.ts";
import { choices, settle, some, whole } from "../options.ts";
import { chooseAble, measureInRounds } from "../scaffold.ts";
import { type Crew, openCrew, UNITS } from "./crew.ts";
import { describeMemory } from "./findings.ts";
import type {
  BytesEach,
  MemoryCost,
  MemoryCosts,
  MemoryCount,
  MemoryModel,
  MemoryOptions,
  MemoryReading,
} from "./memory.ts";

export async function measureMemory(
  options: MemoryOptions,
): Promise<MemoryCosts> {
  const settings = settle(CALL, options, {
    models: choices(ALL_MODELS),
    k: some("numbers", whole({ least: 1, most: 64 }), 2),
  });
  refuseNode(CALL.purpose);
  const counts = [...new Set(options.k ?? [1, 2, 4, 8])]
    .sort((one, other) => one - other);
  const noProcesses = await explainNoProcesses();
  const { able, notes } = await chooseAble({
    purpose: CALL.purpose,
    all: ALL_MODELS,
    wanted: options.models ?? USUAL_MODELS,
    none: "no model can be measured",
  }, (model) => model === "processes" ? noProcesses : null);
  const isFresh = noProcesses === null;
  const reader = await openMemoryReader();
  return await measureInRounds({
    type: "memory",
    settings,
    open: () => ({
      arms: able,
      notes: [...reader.missing, ...notes],
      async measure(model: MemoryModel, signal) {
        await using crew = await openCrew(model, isFresh, signal);
        return await weigh(crew, counts, reader);
      },
    }),
    result: ({ arms, samplesOf }) => ({
      count: reader.count,
      costs: arms.map((model) =>
        describeModel(samplesOf(model), counts, {
          model,
          isFresh: isFresh || model === "processes",
        })
      ),
    }),
    describe: describeMemory,
  });
}

/** One round: before, with each number, and after all have ended. */
interface Weights {
  readonly before: MemoryReading;
  readonly with: readonly MemoryReading[];
  readonly after: MemoryReading;
}

async function weigh(
  crew: Crew,
  counts: readonly number[],
  reader: MemoryReader,
): Promise<Weights> {
  const before = await reader.read(crew.subjects);
  const readings: MemoryReading[] = [];
  for (const k of counts) {
    await crew.resize(k);
    readings.push(await reader.read(crew.subjects));
  }
  await crew.resize(0);
  return { before, with: readings, after: await reader.read(crew.subjects) };
}

function describeModel(
  rounds: readonly Weights[],
  counts: readonly number[],
  { model, isFresh }: Pick<MemoryCost, "model" | "isFresh">,
): MemoryCost {
  const points = counts.map((k, index) => {
    const samples = rounds.map((round) =>
      subtract(round.with[index]!, round.before)
    );
    const own = samples.flatMap(({ privateBytes }) => privateBytes ?? []);
    return {
      k,
      samples,
      medianBytes: median(samples.map(({ bytes }) => bytes)),
      medianPrivateBytes: own.length === 0 ? null : median(own),
    };
  });
  const unit = UNITS[model];
  const placesOf = (pick: (reading: MemoryReading) => number | null) =>
    rounds.map((_, round) =>
      points.flatMap(({ k, samples }) => {
        const y = pick(samples[round]!);
        return y === null ? [] : [{ x: k * unit, y }];
      })
    ).filter(({ length }) => length > 1);
  const fit = fitLinesOfRounds(placesOf(({ bytes }) => bytes));
  const own = placesOf(({ privateBytes }) => privateBytes);
  const returned = rounds.map(({ before, after, ...round }) => {
    const most = round.with.at(-1)!.bytes;
    return (most - after.bytes) / (most - before.bytes);
  }).filter(Number.isFinite);
  return {
    model,
    ...(unit === 1 ? {} : { unit }),
    points,
    each: toEach(fit),
    privateEach: own.length === 0 ? null : toEach(fitLinesOfRounds(own)),
    onceBytes: fit.intercept,
    returned: returned.length === 0 ? 0 : median(returned),
    isFresh,
  };
}

function toEach({ slope, low, high }: LineFit): BytesEach {
  return { bytes: slope, low: low ?? slope, high: high ?? slope };
}

function subtract(one: MemoryReading, other: MemoryReading): MemoryReading {
  const isKnown = one.privateBytes !== null && other.privateBytes !== null;
  return {
    bytes: one.bytes - other.bytes,
    privateBytes: isKnown ? one.privateBytes! - other.privateBytes! : null,
  };
}

/** A process to be read. */
export interface MemorySubject {
  readonly pid: number;
  /** What it says of itself: resident bytes. */
  readonly rssBytes: () => number | Promise<number>;
}

/** Reads memory, always by the same count. */
export interface MemoryReader {
  readonly count: MemoryCount;
  /** Sentences: why it does not count better. */
  readonly missing: readonly string[];
  /** Reads the sum over some processes. */
  read(subjects: readonly MemorySubject[]): Promise<MemoryReading>;
}

/** Finds how memory can be read here; it never prompts the user. */
export async function openMemoryReader(): Promise<MemoryReader> {
  const reason = await explainNoRollup();
  if (reason === null) {
    return { count: "pss", missing: [], read: readRollups };
  }
  return {
    count: "rss",
    missing: [
      `Proportional and private memory are missing: ${reason}. Resident memory ` +
      `(RSS) was counted instead, in which pages that processes share count ` +
      `for each of them.`,
    ],
    async read(subjects) {
      const sizes = await Promise.all(
        subjects.map((subject) => subject.rssBytes()),
      );
      return {
        bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
        privateBytes: null,
      };
    },
  };
}

async function explainNoRollup(): Promise<string | null> {
  if (Deno.build.os !== "linux") {
    return `/proc is found on Linux only, this is ${Deno.build.os}`;
  }
  const path = "/proc/self/smaps_rollup";
  // Asked first: reading without permission would stop and prompt the user.
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") return UNREADABLE;
  try {
    parseSmapsRollup(await Deno.readTextFile(path));
    return null;
  } catch (error) {
    // Old kernels have no such file; and --allow-read alone does not cover it.
    return error instanceof Deno.errors.NotFound
      ? "/proc/self/smaps_rollup is absent"
      : UNREADABLE;
  }
}

async function readRollups(
  subjects: readonly MemorySubject[],
): Promise<MemoryReading> {
  let [bytes, privateBytes] = [0, 0];
  for (const { pid } of subjects) {
    const text = await Deno.readTextFile(`/proc/${pid}/smaps_rollup`);
    const memory = parseSmapsRollup(text);
    bytes += memory.bytes;
    privateBytes += memory.privateBytes;
  }
  return { bytes, privateBytes };
}

/**
 * Reads what a process has, shared pages divided, and what nobody else uses, in bytes.
 * Source: kernel documentation, "The /proc Filesystem", `smaps_rollup`.
 */
export function parseSmapsRollup(
  text: string,
): { readonly bytes: number; readonly privateBytes: number } {
  const read = (name: string): number => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text);
    if (found !== null) return Number(found[1]) * 1024;
    throw new SyntaxError(
      `Cannot read smaps_rollup: "${name}" is missing, expected kilobytes`,
    );
  };
  return {
    bytes: read("Pss"),
    privateBytes: read("Private_Clean") + read("Private_Dirty"),
  };
}

const CALL = {
  purpose: "measure memory",
  example: `memory({ models: ["workers", "promises"], k: [1, 2, 4] })`,
  title: "How much memory does each take?",
  samples: 3,
};
const USUAL_MODELS: readonly MemoryModel[] = ["workers", "processes"];
const ALL_MODELS: readonly MemoryModel[] = [...USUAL_MODELS, "promises"];
const UNREADABLE = "/proc is readable only with all permissions, run with " +
  "`skein run --allow-all` to get them";
