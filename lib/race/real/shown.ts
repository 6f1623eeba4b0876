/**
 * What real threads did, as a notebook shows it: a table with a bar for each way
 * to end, and the findings below. Pure.
 * @module
 */
import {
  type Displayable,
  formatCount,
  formatPercent,
  md,
  writeTable,
} from "../../base/mod.ts";
import { writeMemory } from "../values.ts";
import type { LitmusResult, RealRun, StressResult } from "./result.ts";

/** Shows how rounds of a litmus test ended. */
export function showLitmus(found: LitmusResult): Displayable {
  const { outcomes, rounds } = found;
  return show(found, [
    [
      "a round ended with",
      "rounds",
      "share",
      "",
      "the program says",
      "schedule",
    ],
    ...outcomes.map(({ values, count, verdict, schedule, isOrdered }) => [
      writeMemory(values),
      formatCount(count),
      count === 0 ? "not seen" : formatPercent(count / rounds),
      drawBar(count / rounds),
      verdict ?? "–",
      schedule ?? (isOrdered === false ? "none" : "not known"),
    ]),
  ]);
}

/** Shows how rounds of a program under stress ended. */
export function showStress(found: StressResult): Displayable {
  const { endings, rounds } = found;
  return show(found, [
    ["a round ended with", "rounds", "share", "", "check"],
    ...endings.map(({ final, count, fails }) => [
      writeMemory(final),
      formatCount(count),
      formatPercent(count / rounds),
      drawBar(count / rounds),
      fails ? "fails" : "holds",
    ]),
  ]);
}

function show(
  { title, findings, missing, stamp }: RealRun,
  rows: readonly (readonly string[])[],
): Displayable {
  const table = writeTable(rows.map((row) => row.map(escape)));
  const { cores, os, arch } = stamp;
  const place = `Real threads (Workers) on ${cores} cores, ${os} ${arch}.`;
  const lines = [...findings, ...missing, place].map((line) =>
    `- ${escape(line)}`
  );
  return md`**${escape(title)}**

${table}

${lines.join("\n")}
`;
}

/** As long as its part of all; whatever is there has a bar. */
function drawBar(share: number): string {
  const length = share * BAR_LENGTH;
  if (share === 0) return "";
  return "█".repeat(Math.floor(length)) +
    (length % 1 >= 0.5 || length < 1 ? "▌" : "");
}

/** What would be markup in Markdown. */
function escape(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, "\\$&");
}

const BAR_LENGTH = 20;
