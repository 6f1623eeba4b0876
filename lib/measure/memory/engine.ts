/**
 * What `memory()` does, loaded when it is first called.
 *
 * What it is called with is described in `memory.ts`.
 * @module
 */

import { finishStamp } from "../../base/stamp/mod.ts";
import { checkChoices, checkList, checkWhole } from "../../base/mod.ts";
import { explainNoProcesses } from "../../run/process/permissions.ts";
import { checkRounds } from "../round_checks.ts";
import { refuseNode } from "../../platform/system.ts";
import { median } from "../../base/statistics/mod.ts";
import { fitLinesOfRounds, type LineFit } from "../fit/line.ts";
import {
  type Crew,
  makeProcessCrew,
  makeWorkersHere,
  startWorkerCrew,
} from "./crew.ts";
import { describeMemory } from "./findings.ts";
import { type MemoryReader, openMemoryReader } from "./reader.ts";
import type {
  BytesEach,
  MemoryCost,
  MemoryCosts,
  MemoryModel,
  MemoryReading,
} from "./result.ts";
import { startDeadline, takeRounds } from "../rounds.ts";
import type { MemoryOptions } from "./memory.ts";

/**
 * Starts more and more, and weighs them; see `memory()`.
 *
 * @param options What takes memory, how many, how often.
 * @returns All that was measured.
 */
export async function measureMemory(
  options: MemoryOptions = {},
): Promise<MemoryCosts> {
  checkMemoryOptions(options);
  refuseNode(PURPOSE);
  const { samples = 3, maxMs = 60_000, title = TITLE } = options;
  const counts = [...new Set(options.k ?? DEFAULT_COUNTS)]
    .sort((one, other) => one - other);
  const noProcesses = await explainNoProcesses();
  const wanted = options.models ?? ALL_MODELS;
  const models = ALL_MODELS.filter((model) =>
    wanted.includes(model) && !(model === "processes" && noProcesses !== null)
  );
  if (models.length === 0) {
    throw new RangeError(
      `Cannot ${PURPOSE}: no model can be measured, expected at least one` +
        (noProcesses === null ? "" : `. ${noProcesses}`),
    );
  }
  const isFresh = noProcesses === null;
  using deadline = startDeadline({
    purpose: PURPOSE,
    maxMs,
    signal: options.signal,
  });
  const reader = await openMemoryReader();
  const { rounds, notes: roundNotes, stampStart } = await takeRounds({
    purpose: PURPOSE,
    arms: models,
    samples,
    seed: 1,
    deadline,
    measure: async (model, signal) => {
      await using crew = model === "processes"
        ? makeProcessCrew(signal)
        : isFresh
        ? await startWorkerCrew(signal)
        : makeWorkersHere(signal);
      return await weigh(crew, counts, reader);
    },
  });
  const costs = models.map((model, column) =>
    describeModel(rounds.map((row) => row[column]!), {
      model,
      counts,
      isFresh: isFresh || model === "processes",
    })
  );
  const measured = {
    title,
    count: reader.count,
    costs,
    stamp: await finishStamp(stampStart, { samples: rounds.length, spread: 0 }),
  };
  return {
    ...measured,
    findings: [
      ...describeMemory(measured),
      ...reader.missing,
      ...(wanted.includes("processes") && noProcesses !== null
        ? [`${noProcesses}.`]
        : []),
      ...roundNotes,
    ],
  };
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

interface ModelFacts {
  readonly model: MemoryModel;
  readonly counts: readonly number[];
  readonly isFresh: boolean;
}

function describeModel(
  rounds: readonly Weights[],
  { model, counts, isFresh }: ModelFacts,
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
  const placesOf = (pick: (reading: MemoryReading) => number | null) =>
    rounds.map((_, round) =>
      points.flatMap(({ k, samples }) => {
        const y = pick(samples[round]!);
        return y === null ? [] : [{ x: k, y }];
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
  return {
    bytes: one.bytes - other.bytes,
    privateBytes: one.privateBytes === null || other.privateBytes === null
      ? null
      : one.privateBytes - other.privateBytes,
  };
}

function checkMemoryOptions(options: MemoryOptions): void {
  checkRounds(PURPOSE, options, ["models", "k"]);
  const { models = ALL_MODELS, k = DEFAULT_COUNTS } = options;
  checkChoices([PURPOSE, "models"], models, ALL_MODELS);
  checkList([PURPOSE, "k"], k, "numbers");
  k.forEach((one, i) => checkWhole([PURPOSE, `k[${i}]`], one, COUNTS));
  const count = new Set(k).size;
  checkWhole([PURPOSE, "number of different k"], count, { least: 2 });
}

const ALL_MODELS: readonly MemoryModel[] = ["workers", "processes"];
const DEFAULT_COUNTS = [1, 2, 4, 8];
// A process takes 20 MB or more: a slip of the pen must not take the machine.
const COUNTS = { least: 1, most: 64 };
const TITLE = "How much memory does each take?";
const PURPOSE = "measure memory";
