/**
 * What Workers, processes and promises take: rules, and their words. Pure.
 * @module
 */
import { formatBytes, formatCount, formatPercent } from "../../base/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import { writeQuotient } from "../quotient.ts";
import type { Measured } from "../scaffold.ts";
import type {
  BytesEach,
  MemoryCost,
  MemoryCosts,
  MemoryCount,
  MemoryModel,
} from "./result.ts";

const NAMES: Readonly<Record<MemoryModel, string>> = {
  workers: "An idle Worker",
  processes: "An idle process of Deno",
  promises: "A task that waits for a promise",
};

interface Each {
  readonly model: MemoryModel;
  readonly each: BytesEach;
  /** Of how many at once. */
  readonly numbers: readonly number[];
  readonly count: MemoryCount;
}

interface Returned {
  readonly model: MemoryModel;
  readonly most: number;
  readonly part: number;
}

const WORDS = {
  each: (
    { privateEach, onceBytes, ...found }: Each & {
      privateEach: BytesEach | null;
      onceBytes: number | null;
    },
  ) => {
    const own = privateEach === null
      ? ""
      : `, ${formatBytes(privateEach.bytes)} of it private`;
    const once = onceBytes === null
      ? ""
      : ` The first brings ${formatBytes(onceBytes)} on top.`;
    return `${NAMES[found.model]} takes ${formatBytes(found.each.bytes)} (${
      intervalInWords(found)
    }, by the slope over ${
      found.numbers.map(formatCount).join(", ")
    })${own}.${once}`;
  },
  nothing: (found: Each) =>
    `${NAMES[found.model]} takes no memory that is shown by the slope over ${
      found.numbers.map(formatCount).join(", ")
    } (${intervalInWords(found)}).`,
  dearer: (
    { workers, processes, count }: {
      workers: BytesEach;
      processes: BytesEach;
      count: MemoryCount;
    },
  ) => {
    const ratio = writeQuotient(
      { ...processes, value: processes.bytes },
      { ...workers, value: workers.bytes },
    );
    return count === "pss"
      ? `A process takes ${ratio} as much as a Worker.`
      : `By RSS a process takes ${ratio} as much as a Worker, or less: pages ` +
        `that processes share were counted for each.`;
  },
  cheaper: () => "A process takes less than a Worker.",
  alike: () => "Process against Worker: no difference shown.",
  ended: () => "When processes end, the system has all of their memory back.",
  returned: ({ model, most, part }: Returned) =>
    `After ${formatCount(most)} ${model} had ended, ${
      formatPercent(part)
    } of what they took was given back.`,
  kept: ({ model, most, part }: Returned) =>
    `After ${formatCount(most)} ${model} had ended, ${
      formatPercent(part)
    } of what they took was given back to the system; the rest stays with ` +
    `their process, for the next ones${
      model === "promises" ? " or until it is collected" : ""
    }.`,
  here: ({ model }: { model: MemoryModel }) =>
    `The ${
      model === "workers" ? "Workers" : model
    } were made in this process, ` +
    "as another may not be started: memory that earlier ones left behind is " +
    "taken again, so the figures may be too low.",
};

/** Says what was measured; doubts first. */
export function describeMemory(measured: Measured<MemoryCosts>): string[] {
  const { stamp } = measured;
  // Others on the cores change no memory; the scatter of it is in the interval.
  return say(WORDS, findMemory(measured), groundsOf(stamp));
}

/** Applies all rules. */
export function findMemory(
  { costs, count }: Pick<MemoryCosts, "costs" | "count">,
): FoundIn<typeof WORDS>[] {
  return [
    ...costs.map((cost) => findEach(cost, count)),
    ...compareModels(costs, count),
    ...costs.flatMap(findReturned),
    ...costs.flatMap(({ model, isFresh }) =>
      isFresh ? [] : [{ rule: "here", values: { model } } as const]
    ),
  ];
}

function findEach(
  { model, unit = 1, points, each, privateEach, onceBytes }: MemoryCost,
  count: MemoryCount,
): FoundIn<typeof WORDS> {
  const numbers = points.map(({ k }) => k * unit);
  const values = { model, each, numbers, count };
  if (each.low <= 0) return { rule: "nothing", values };
  const once = onceBytes > each.high * unit / 2 ? onceBytes : null;
  return { rule: "each", values: { ...values, privateEach, onceBytes: once } };
}

function compareModels(
  costs: readonly MemoryCost[],
  count: MemoryCount,
): FoundIn<typeof WORDS>[] {
  const of = (name: MemoryModel) =>
    costs.find(({ model }) => model === name)?.each;
  const [workers, processes] = [of("workers"), of("processes")];
  if (workers === undefined || processes === undefined) return [];
  if (processes.low > workers.high && workers.low > 0) {
    return [{ rule: "dearer", values: { workers, processes, count } }];
  }
  const rule = workers.low > processes.high ? "cheaper" : "alike";
  return [{ rule, values: null }];
}

function findReturned(
  { model, unit = 1, returned, points }: MemoryCost,
): FoundIn<typeof WORDS>[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  if (model === "processes") return [{ rule: "ended", values: null }];
  const values = { model, most: last.k * unit, part: Math.max(0, returned) };
  return [{ rule: returned > ALL ? "returned" : "kept", values }];
}

function intervalInWords({ each, count }: Each): string {
  return `95 % interval ${formatBytes(each.low)} to ${
    formatBytes(each.high)
  } of ${count.toUpperCase()}`;
}

const ALL = 0.9;
