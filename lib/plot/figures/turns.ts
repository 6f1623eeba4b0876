/**
 * The strip of turns: what ran in each turn of the event loop, in the true order.
 *
 * Lengths are told in numbers: a turn takes microseconds, and what lies between
 * two takes milliseconds. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import type { LoopRun, LoopTurn, Recording } from "../../base/record/mod.ts";
import {
  describeTurns,
  isMicrotask,
  listTurns,
} from "../../trace/facts/mod.ts";
import {
  type Block,
  CAPTION,
  describeStamp,
  drawBox,
  type Figure,
  fitText,
  makeFigure,
  makeLegend,
  type Paper,
  tellHidden,
  textLine,
  TYPE,
} from "../core/mod.ts";

export function turnsFigure(recording: Recording): Figure {
  const { turns = [], stamp, title } = recording;
  const shown = takeShown(turns);
  const hidden = tellHidden(turns.length - shown.length, "turn");
  return makeFigure({
    title: `${title}: turns of the event loop`,
    findings: describeTurns(turns),
    captions: [...hidden === "" ? [] : [hidden], describeStamp(stamp, null)],
    alt: listTurns(shown).join("\n"),
    draw: (paper) => [
      drawTurns(shown, paper),
      makeLegend([
        {
          mark: drawBox([0, 2, 22, 10], CALLBACK, 1),
          name: "callback",
          meaning: "the loop calls it",
        },
        {
          mark: drawBox([0, 2, 22, 10], MICROTASK, 1),
          name: "microtask",
          meaning: "before the next turn",
        },
      ], paper),
    ],
  });
}

/** Turns from the first on, whole ones, as many as a reader looks at. */
function takeShown(turns: readonly LoopTurn[]): readonly LoopTurn[] {
  let rows = 0;
  return turns.filter(({ runs }, i) =>
    (rows += Math.min(runs.length, MAX_RUNS)) <= MAX_ROWS || i === 0
  );
}

function drawTurns(turns: readonly LoopTurn[], paper: Paper): Block {
  let top = 0;
  const parts = turns.map((turn, i) => {
    const { markup, heightPx } = drawTurn(turn, i, [top, paper]);
    top += heightPx;
    return markup;
  });
  return { markup: parts.join(""), heightPx: top };
}

/** The heading stands beside its runs, or above them where there is no room. */
function drawTurn(
  { cause, runs }: LoopTurn,
  index: number,
  [top, paper]: readonly [number, Paper],
): Block {
  const { left, right, isNarrow } = paper;
  const shown = runs.slice(0, MAX_RUNS);
  const more = runs.length - shown.length;
  const first = isNarrow ? top + ROW_PX : top;
  const runLeft = isNarrow ? left : left + HEADING_PX;
  const bottom = first + ROW_PX * (shown.length + (more > 0 ? 1 : 0));
  const heightPx = Math.max(bottom - top, 2 * ROW_PX) + TURN_GAP_PX;
  const when = `${cause}, at ${formatDuration(runs[0]!.startMs)}`;
  const ruleY = top + heightPx - TURN_GAP_PX / 2;
  return {
    markup: textLine(`Turn ${index + 1}`, [left, top + 14], {
      sizePx: TYPE.body,
      look: "skein-bold",
    }) +
      textLine(
        when,
        isNarrow ? [left + 60, top + 14] : [left, top + 31],
        CAPTION,
      ) +
      shown.map((run, row) =>
        drawRun(run, [runLeft, first + row * ROW_PX], paper)
      ).join("") +
      (more === 0 ? "" : textLine(`and ${more} more`, [
        runLeft + KIND_PX,
        bottom - ROW_PX + 14,
      ], CAPTION)) +
      `<path class="skein-grid" d="M${left} ${ruleY}H${right}"/>`,
    heightPx,
  };
}

function drawRun(
  run: LoopRun,
  [left, top]: readonly [number, number],
  { right, isNarrow }: Paper,
): string {
  const { kind, label, site, startMs, endMs } = run;
  const labelLeft = left + KIND_PX;
  const where = isNarrow ? site?.replace(/^.*:/, "line ") : site;
  const place = where === undefined ? "" : ` · ${where}`;
  const widthPx = right - TIME_PX - labelLeft - 8;
  const look = isMicrotask(run) ? MICROTASK : CALLBACK;
  return drawBox([left, top + 4, 12, 11], look, 2) +
    textLine(kind, [left + 18, top + 14], CAPTION) +
    textLine(
      fitText(label + place, { sizePx: TYPE.small, widthPx }),
      [labelLeft, top + 14],
      { sizePx: TYPE.small, look: "skein-ink" },
    ) +
    textLine(
      formatDuration(endMs - startMs),
      [right - TIME_PX, top + 14],
      CAPTION,
    );
}

const CALLBACK = "skein-running";
const MICROTASK = "skein-waiting";
const MAX_ROWS = 60;
const MAX_RUNS = 12;
const ROW_PX = 20;
const TURN_GAP_PX = 10;
const HEADING_PX = 122;
const KIND_PX = 86;
const TIME_PX = 56;
