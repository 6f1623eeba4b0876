/**
 * The honesty stamp in words: on what machine, how often, how undisturbed.
 *
 * Pure: a stamp in, a line of text out.
 * @module
 */

import { formatShort } from "../../base/mod.ts";
import { describeNoise, type HonestyStamp } from "../../base/stamp/mod.ts";

/** What a stamp's `samples` are in a figure: one of them, and several. */
export type Counted = readonly [one: string, several: string];

/** Rounds in each of which everything had its turn. */
export const ROUNDS: Counted = ["round", "rounds"];

export function describeStamp(
  stamp: HonestyStamp,
  counted: Counted | null = ["sample a model", "samples a model"],
): string {
  const { samples } = stamp;
  const number = counted === null
    ? []
    : [`${samples} ${counted[samples === 1 ? 0 : 1]}`];
  const doubt = stamp.noisy ? " Noisy: doubt small differences." : "";
  return `Measured on ${listFacts(stamp, number)}.${doubt}${listGaps(stamp)}`;
}

export function describeTraceStamp(stamp: HonestyStamp): string {
  const doubt = describeNoise(stamp).map((text) => ` ${text}`).join("");
  return `Recorded on ${listFacts(stamp, [])}.${doubt}${listGaps(stamp)}`;
}

function listFacts(stamp: HonestyStamp, number: readonly string[]): string {
  const { cores, quotaCores, otherCpuShare } = stamp;
  return [
    `${cores} ${cores === 1 ? "core" : "cores"}`,
    ...(quotaCores === null ? [] : [`quota ${formatShort(quotaCores)} cores`]),
    ...(otherCpuShare === null
      ? []
      : [`others used ${formatShort(otherCpuShare * 100)} % CPU`]),
    ...number,
    stamp.node === undefined ? `Deno ${stamp.deno}` : `Node ${stamp.node}`,
    `${stamp.os} ${stamp.arch}`,
  ].join(" · ");
}

function listGaps({ missing }: HonestyStamp): string {
  return missing.map((text) => ` ${text.replace(/\.?$/, ".")}`).join("");
}
