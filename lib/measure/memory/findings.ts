/**
 * What Workers, processes and promises take: rules, and their words. Pure.
 * @module
 */
import { formatBytes, formatCount, formatPercent } from "../../base/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import { writeQuotient } from "../summary.ts";
import type {
  BytesEach,
  MemoryCost,
  MemoryCosts,
  MemoryCount,
  MemoryModel,
} from "./memory.ts";

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

export function describeMemory(measured: Measured<MemoryCosts>): string[] {
  const { stamp } = measured;
  // Others on the cores change no memory; the scatter of it is in the interval.
  return say(WORDS, findMemory(measured), groundsOf(stamp));
}

type Found = Iterable<FoundIn<typeof WORDS>>;

export function* findMemory(
  { costs, count }: Pick<MemoryCosts, "costs" | "count">,
): Found {
  for (const cost of costs) {
    const { model, unit = 1, points, each, privateEach, onceBytes } = cost;
    const numbers = points.map(({ k }) => k * unit);
    const values = { model, each, numbers, count };
    const once = onceBytes > each.high * unit / 2 ? onceBytes : null;
    if (each.low <= 0) yield { rule: "nothing", values };
    else {
      const more = { privateEach, onceBytes: once };
      yield { rule: "each", values: { ...values, ...more } };
    }
  }
  yield* compareModels(costs, count);
  for (const { model, unit = 1, returned, points } of costs) {
    const last = points.at(-1);
    if (last === undefined) continue;
    const values = { model, most: last.k * unit, part: Math.max(0, returned) };
    if (model === "processes") yield { rule: "ended", values: null };
    else yield { rule: returned > ALL ? "returned" : "kept", values };
  }
  for (const { model, isFresh } of costs) {
    if (!isFresh) yield { rule: "here", values: { model } };
  }
}

function* compareModels(
  costs: readonly MemoryCost[],
  count: MemoryCount,
): Found {
  const of = (name: MemoryModel) =>
    costs.find(({ model }) => model === name)?.each;
  const [workers, processes] = [of("workers"), of("processes")];
  if (workers === undefined || processes === undefined) return;
  if (processes.low > workers.high && workers.low > 0) {
    return yield { rule: "dearer", values: { workers, processes, count } };
  }
  const rule = workers.low > processes.high ? "cheaper" : "alike";
  yield { rule, values: null };
}

function intervalInWords({ each, count }: Each): string {
  return `95 % interval ${formatBytes(each.low)} to ${
    formatBytes(each.high)
  } of ${count.toUpperCase()}`;
}

const ALL = 0.9;
