/**
 * Rows over one axis: a line of words, and below it a strip as wide as the paper.
 *
 * Names and answers stand above what they name and not beside it, so that the
 * same rows fit a phone. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import {
  type Axis,
  type AxisPlan,
  bottomHeight,
  drawBottom,
  makeAxis,
  type Tick,
} from "./axis.ts";
import type { Block } from "./card.ts";
import { drawMark, type Look } from "./marks.ts";
import { CAPTION, type Paper, TYPE } from "./paper.ts";
import {
  roundPx,
  textLine,
  type TextRun,
  textRuns,
  textWidth,
  wrapText,
} from "./text.ts";

export interface Row {
  readonly name: string;
  readonly meaning?: string;
  readonly look?: Look;
  /** What came out; it stands at the right, or has a line of its own. */
  readonly answer?: readonly TextRun[];
  readonly heightPx: number;
  readonly draw: (axis: Axis, top: number, bottom: number) => string;
}

/** A value that all rows are held against: a line through their strips. */
export interface Reference {
  readonly value: number;
  /** What it is; it stands above all rows. */
  readonly label: string;
}

/** The line of a predicted duration, milliseconds; none if there is none. */
export function predictedLines(ms: number | null): readonly Reference[] {
  return ms === null
    ? []
    : [{ value: ms, label: `you: ${formatDuration(ms)}` }];
}

/** Draws rows under one another, and the axis below them. */
export function makeRows(
  paper: Paper,
  plan: AxisPlan,
  rows: readonly Row[],
  references: readonly Reference[] = [],
): Block {
  const axis = makeAxis(plan, [paper.left + INSET_PX, paper.right - INSET_PX]);
  const grid = { ...axis, title: "", ticks: axis.ticks.map(withoutLabel) };
  let y = references.length > 0 ? 16 : 0;
  const parts = rows.map((row) => {
    const head = writeHead(row, y, paper);
    const top = y + head.heightPx;
    const bottom = top + row.heightPx;
    y = bottom + ROW_GAP_PX;
    const lines = references.map(({ value }) =>
      `<path class="skein-ideal" d="M${
        roundPx(axis.at(value))
      } ${top}V${bottom}"/>`
    );
    return {
      under: drawBottom(grid, [top, bottom], paper) + lines.join(""),
      markup: head.markup + row.draw(axis, top, bottom),
    };
  });
  const bottom = y - ROW_GAP_PX;
  return {
    markup: [
      ...parts.map(({ under }) => under),
      writeReferences(references, axis, paper),
      drawBottom(axis, [bottom, bottom], paper),
      ...parts.map(({ markup }) => markup),
    ].join(""),
    heightPx: bottom + bottomHeight(axis),
  };
}

function withoutLabel(tick: Tick): Tick {
  return { ...tick, label: "" };
}

/** On one line, each as near to its place as the one before leaves room. */
function writeReferences(
  references: readonly Reference[],
  axis: Axis,
  { left, right }: Paper,
): string {
  let edge = left;
  const [first, last] = axis.ends;
  return references.map(({ value, label: name }) => {
    // What lies beyond an end is drawn there.
    const label = value > last
      ? `${name} →`
      : value < first
      ? `← ${name}`
      : name;
    const width = textWidth(label, TYPE.caption);
    const start = Math.min(
      Math.max(axis.at(value) - width / 2, edge),
      right - width,
    );
    edge = start + width + 10;
    return textLine(label, [start, 10], CAPTION);
  }).join("");
}

/** Name and answer on one line, or the answer on lines of its own. */
function writeHead(row: Row, y: number, paper: Paper): Block {
  const { name, meaning = "", look, answer = [] } = row;
  const left = paper.left + (look === undefined ? 0 : 16);
  const widthPx = paper.right - left;
  const room = { sizePx: TYPE.heading, widthPx, isBold: true };
  const names = wrapText(name, room);
  const namePx = textWidth(names.at(-1) ?? "", TYPE.heading, true) + 14;
  const answerPx = widthOf(answer);
  const isBeside = namePx + answerPx <= widthPx;
  const free = widthPx - namePx - (isBeside ? answerPx : 0);
  const lines: string[] = names.map((line, index) =>
    textRuns(
      [
        { text: line, look: "skein-bold" },
        ...(index === names.length - 1 && textWidth(meaning, TYPE.small) <= free
          ? [{ text: meaning, look: "skein-muted", sizePx: TYPE.small }]
          : []),
      ],
      [left, y + 14 + index * LINE_PX],
      { sizePx: TYPE.heading },
    )
  );
  const sizePx = TYPE.heading;
  if (isBeside && answer.length > 0) {
    const at = [paper.right, y + 14 + (names.length - 1) * LINE_PX] as const;
    lines[lines.length - 1] += textRuns(answer, at, { sizePx, anchor: "end" });
  } else {
    for (const runs of breakRuns(answer, widthPx)) {
      lines.push(
        textRuns(runs, [left, y + 14 + lines.length * LINE_PX], { sizePx }),
      );
    }
  }
  const mark = look === undefined
    ? ""
    : drawMark([paper.left + 6, y + 9], { radiusPx: 4.5, ...look });
  return {
    markup: mark + lines.join(""),
    heightPx: name === "" && answer.length === 0
      ? 0
      : lines.length * LINE_PX + 3,
  };
}

function widthOf(runs: readonly TextRun[]): number {
  return runs.reduce(
    (sum, { text, sizePx = TYPE.heading }) =>
      sum + textWidth(text, sizePx, true) + 6,
    0,
  );
}

function breakRuns(
  runs: readonly TextRun[],
  widthPx: number,
): readonly (readonly TextRun[])[] {
  const lines: TextRun[][] = [];
  for (const run of runs) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf([...last, run]) <= widthPx) {
      last.push(run);
    } else lines.push([run]);
  }
  return lines;
}

const LINE_PX = 18;
const ROW_GAP_PX = 10;
const INSET_PX = 8;
