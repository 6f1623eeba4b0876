/**
 * Says in short sentences what Workers and processes take. Pure.
 * @module
 */

import { formatBytes, formatPercent } from "../../base/mod.ts";
import { writeQuotient } from "../quotient.ts";
import type { MemoryCost, MemoryCosts } from "./result.ts";

/**
 * Says what was measured.
 *
 * @param measured The measurement.
 * @returns Sentences; what is taken, what is given back, and doubts.
 */
export function describeMemory(
  measured: Omit<MemoryCosts, "findings">,
): string[] {
  const { costs, count } = measured;
  return [
    ...costs.flatMap((cost) => describeCost(cost, count)),
    ...compareModels(costs, count),
    ...costs.flatMap(describeReturned),
    ...costs.flatMap(({ model, isFresh }) =>
      model === "workers" && !isFresh
        ? [
          "The Workers were made in this process, as another may not be " +
          "started: memory that earlier ones left behind is taken again, so " +
          "the figures may be too low.",
        ]
        : []
    ),
  ];
}

function describeCost(
  { model, points, each, privateEach, onceBytes }: MemoryCost,
  count: MemoryCosts["count"],
): string[] {
  const name = NAMES[model];
  const numbers = points.map(({ k }) => k).join(", ");
  const kind = count === "pss" ? "PSS" : "RSS";
  const own = privateEach === null
    ? ""
    : `, ${formatBytes(privateEach.bytes)} of it private`;
  const interval = `95 % interval ${formatBytes(each.low)} to ${
    formatBytes(each.high)
  }`;
  if (each.low <= 0) {
    return [
      `An idle ${name} takes no memory that is shown by the slope over ` +
      `${numbers} (${interval} of ${kind}).`,
    ];
  }
  const once = onceBytes > each.high / 2
    ? ` The first brings ${formatBytes(onceBytes)} on top.`
    : "";
  return [
    `An idle ${name} takes ${
      formatBytes(each.bytes)
    } (${interval} of ${kind}, ` +
    `by the slope over ${numbers})${own}.${once}`,
  ];
}

function compareModels(
  costs: readonly MemoryCost[],
  count: MemoryCosts["count"],
): string[] {
  const workers = costs.find(({ model }) => model === "workers")?.each;
  const processes = costs.find(({ model }) => model === "processes")?.each;
  if (workers === undefined || processes === undefined) return [];
  if (processes.low > workers.high && workers.low > 0) {
    const ratio = writeQuotient(
      { ...processes, value: processes.bytes },
      { ...workers, value: workers.bytes },
    );
    return count === "pss"
      ? [`A process takes ${ratio} as much as a Worker.`]
      : [
        `By RSS a process takes ${ratio} as much as a Worker, or less: pages ` +
        `that processes share were counted for each.`,
      ];
  }
  return workers.low > processes.high
    ? ["A process takes less than a Worker."]
    : ["Process against Worker: no difference shown."];
}

function describeReturned(
  { model, returned, points }: MemoryCost,
): string[] {
  const most = points.at(-1)?.k;
  if (most === undefined) return [];
  if (model === "processes") {
    return ["When processes end, the system has all of their memory back."];
  }
  return returned > 0.9
    ? [
      `After ${most} Workers had ended, ${
        formatPercent(returned)
      } of what they took ` +
      `was given back.`,
    ]
    : [
      `After ${most} Workers had ended, ${
        formatPercent(Math.max(0, returned))
      } of what they took was given back to the system; the rest stays with ` +
      `their process, for the next ones.`,
    ];
}

const NAMES = { workers: "Worker", processes: "process of Deno" } as const;
