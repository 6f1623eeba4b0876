/**
 * What `memory()` does, loaded when it is first called.
 *
 * What is weighed is in `crew.ts`, the scale in `reader.ts`.
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
  MemoryModel,
  MemoryOptions,
  MemoryReading,
} from "./memory.ts";
import { type MemoryReader, openMemoryReader } from "./reader.ts";

/** Starts more and more, and weighs them; see `memory()`. */
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
    ...{ purpose: CALL.purpose, all: ALL_MODELS },
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

const CALL = {
  purpose: "measure memory",
  example: `memory({ models: ["workers", "promises"], k: [1, 2, 4] })`,
  title: "How much memory does each take?",
  samples: 3,
};
const USUAL_MODELS: readonly MemoryModel[] = ["workers", "processes"];
const ALL_MODELS: readonly MemoryModel[] = [...USUAL_MODELS, "promises"];
