/**
 * The histogram of outcomes: a bar for each way in which rounds on real threads
 * ended, as long as its share of them. Pure.
 * @module
 */
import { formatCount, formatPercent } from "../../base/mod.ts";
import {
  describeStamp,
  drawBox,
  type Figure,
  makeFigure,
  makeLegend,
  makeRows,
  type Paper,
  ROUNDS,
  type Row,
  tellHidden,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import { writeMemory } from "../values.ts";
import type { LitmusResult, RealRun, StressResult, Verdict } from "./result.ts";

/** Draws how rounds of a litmus test ended. */
export function litmusFigure(found: LitmusResult): Figure {
  return makeOutcomes(found, {
    heads: ["the program says", "schedule"],
    names: LOOKS,
    rows: found.outcomes.map(
      ({ values, count, verdict, schedule, isOrdered }) => ({
        values: writeMemory(values),
        count,
        look: verdict === null ? "skein-sequential" : LOOKS[verdict],
        meaning: [
          verdict ?? "",
          isOrdered === false ? "no order of steps ends so" : "",
        ].filter((text) => text !== "").join(" · "),
        cells: [
          verdict ?? "–",
          schedule ?? (isOrdered === false ? "none" : "not known"),
        ],
      }),
    ),
  });
}

/** Draws how rounds of a program under stress ended. */
export function stressFigure(found: StressResult): Figure {
  return makeOutcomes(found, {
    heads: ["check"],
    names: {
      "the check holds": LOOKS.allowed,
      "the check fails": LOOKS.forbidden,
    },
    rows: found.endings.map(({ final, count, fails }) => ({
      values: writeMemory(final),
      count,
      look: LOOKS[fails ? "forbidden" : "allowed"],
      meaning: fails ? "fails the check" : "",
      cells: [fails ? "fails" : "holds"],
    })),
  });
}

interface Outcomes {
  /** Headings of the table besides values, rounds and share. */
  readonly heads: readonly string[];
  readonly rows: readonly Outcome[];
  /** Looks by what they mean. */
  readonly names: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly values: string;
  readonly count: number;
  readonly look: string;
  readonly meaning: string;
  readonly cells: readonly string[];
}

function makeOutcomes(
  { title, findings, missing, stamp, rounds }: RealRun,
  { heads, rows, names }: Outcomes,
): Figure {
  const shown = rows.slice(0, MAX_ROWS);
  const hidden = rows.length - shown.length;
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [
      ...hidden > 0 ? [tellHidden(hidden, "way to end")] : [],
      ...missing,
      describeStamp(stamp, ROUNDS),
    ],
    table: [
      ["a round ended with", "rounds", "share", ...heads],
      ...rows.map(({ values, count, cells }) => [
        values,
        formatCount(count),
        shareOf(count, rounds),
        ...cells,
      ]),
    ],
    draw: (paper: Paper) => [
      makeRows(
        paper,
        { domain: [0, 1], kind: "share", title: "share of rounds" },
        shown.map((outcome) => makeRow(outcome, rounds)),
      ),
      // In words too where there is no room beside a bar.
      makeLegend(
        Object.entries(names).filter(([, look]) =>
          shown.some((outcome) => outcome.look === look)
        ).map(([name, look]) => ({
          mark: drawBox([0, 1, 22, 12], look),
          name,
        })),
        paper,
      ),
    ],
  });
}

function makeRow(
  { values, count, look, meaning }: Outcome,
  rounds: number,
): Row {
  return {
    name: values,
    meaning,
    answer: [
      { text: shareOf(count, rounds), look: "skein-bold" },
      ...(count === 0 ? [] : [{
        text: `${formatCount(count)} rounds`,
        look: "skein-muted",
        sizePx: TYPE.small,
      }]),
    ],
    heightPx: 14,
    draw: ({ at }, top, bottom) => {
      if (count === 0) return "";
      const left = at(0);
      // Whatever is there can be seen.
      const widthPx = Math.max(2, at(count / rounds) - left);
      return drawBox([left, top + 1, widthPx, bottom - top - 2], look);
    },
  };
}

function shareOf(count: number, rounds: number): string {
  return count === 0 ? "not seen" : formatPercent(count / rounds);
}

/** Told apart by their form too: solid, solid, striped. */
const LOOKS: Readonly<Record<Verdict, string>> = {
  allowed: "skein-running",
  interesting: "skein-waiting",
  forbidden: "skein-blocked",
};
const MAX_ROWS = 12;
