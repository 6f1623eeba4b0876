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
} from "../../trace/turn_facts.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../core/card.ts";
import { makeLegend } from "../core/legend.ts";
import { describeStamp } from "../core/stamp_words.ts";
import { fitText, tellHidden, textLine } from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** Draws the turns of a recording. */
export function turnsFigure(recording: Recording): Figure {
  const { turns = [], stamp, title } = recording;
  const findings = describeTurns(turns);
  const shown = takeShown(turns);
  const hidden = turns.length - shown.length;
  const about = describeStamp(stamp, null);
  return makeCard({
    title: `${title}: turns of the event loop`,
    alt: [
      ...findings,
      ...listTurns(shown),
      ...hidden === 0 ? [] : [tellHidden(hidden, "turn")],
      about,
    ].join("\n"),
    blocks: [
      makeTurns(shown),
      makeParagraph(tellHidden(hidden, "turn"), "caption"),
      makeLegend([
        {
          mark: mark("skein-running"),
          name: "callback",
          meaning: "the loop calls it",
        },
        {
          mark: mark("skein-waiting"),
          name: "microtask",
          meaning: "before the next turn",
        },
      ]),
      makeSpace(10, true),
      makeParagraph("What happened", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
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

function makeTurns(turns: readonly LoopTurn[]): Block {
  let top = 0;
  const parts = turns.map((turn, i) => {
    const { markup, heightPx } = drawTurn(turn, i, top);
    top += heightPx;
    return markup;
  });
  return { markup: parts.join(""), heightPx: top };
}

function drawTurn(
  { cause, runs }: LoopTurn,
  index: number,
  top: number,
): Block {
  const shown = runs.slice(0, MAX_RUNS);
  const more = runs.length - shown.length;
  const rows = shown.length + (more > 0 ? 1 : 0);
  const heightPx = Math.max(2, rows) * ROW_PX + GAP_PX;
  const rest = more === 0 ? "" : textLine(`and ${more} more`, [
    LABEL_PX,
    top + shown.length * ROW_PX + 14,
  ], { sizePx: TYPE.caption, look: "skein-muted" });
  const rule = `<line class="skein-grid" x1="${SPACE.edge}" x2="${RIGHT_PX}" ` +
    `y1="${top + heightPx - GAP_PX / 2}" y2="${top + heightPx - GAP_PX / 2}"/>`;
  return {
    markup: textLine(`Turn ${index + 1}`, [SPACE.edge, top + 14], {
      sizePx: TYPE.body,
      look: "skein-bold",
    }) +
      textLine(`${cause}, at ${formatDuration(runs[0]!.startMs)}`, [
        SPACE.edge,
        top + 31,
      ], { sizePx: TYPE.caption, look: "skein-muted" }) +
      shown.map((run, row) => drawRun(run, top + row * ROW_PX)).join("") +
      rest + rule,
    heightPx,
  };
}

function drawRun(run: LoopRun, top: number): string {
  const { kind, label, site, startMs, endMs } = run;
  const look = isMicrotask(run) ? "skein-waiting" : "skein-running";
  const place = site === undefined ? "" : ` · ${site}`;
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  const room = { sizePx: TYPE.small, widthPx: TIME_PX - LABEL_PX - 10 };
  return `<rect class="${look}" x="${MARK_PX}" y="${
    top + 4
  }" width="12" height="11" rx="2"/>` +
    textLine(kind, [MARK_PX + 18, top + 14], small) +
    textLine(fitText(label + place, room), [LABEL_PX, top + 14], {
      sizePx: TYPE.small,
      look: "skein-ink",
    }) +
    textLine(formatDuration(endMs - startMs), [TIME_PX, top + 14], small);
}

function mark(look: string): string {
  return `<rect class="${look}" x="0" y="2" width="22" height="10" rx="1"/>`;
}

const MAX_ROWS = 60;
const MAX_RUNS = 12;
const ROW_PX = 20;
const GAP_PX = 10;
const MARK_PX = SPACE.edge + 118;
const LABEL_PX = MARK_PX + 88;
const RIGHT_PX = SPACE.width - SPACE.edge;
const TIME_PX = RIGHT_PX - 62;
