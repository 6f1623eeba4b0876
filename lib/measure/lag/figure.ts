/**
 * The picture of lag: how long something due at each moment had to wait.
 *
 * While code holds the loop, the wait of what becomes due falls to nothing at its
 * end: a triangle as high as the hold is long. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  fitText,
  type Frame,
  makeFrame,
  makeLegend,
  type Paper,
  roundPx,
  textLine,
  textRuns,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import { measuredFigure } from "../figures.ts";
import type { Cliff, LagReport } from "./lag.ts";

export function lagFigure(report: LagReport): Figure {
  const { p50Ms, p99Ms, maxMs } = report;
  return measuredFigure(report, {
    alt: `Median delay ${formatDuration(p50Ms)}, 99th percentile ${
      formatDuration(p99Ms)
    }, longest ${formatDuration(maxMs)}.`,
    counted: ["timer tick", "timer ticks"],
    draw: (paper) => [
      makeAnswer(report, paper),
      drawDelays(report, paper),
      makeLegend([{
        mark: `<path class="skein-running" d="M1 13V2L21 13Z"/>`,
        name: "loop held",
        meaning: "what became due then waited this long",
      }], paper),
    ],
  });
}

function makeAnswer({ p50Ms, p99Ms, maxMs }: LagReport, paper: Paper): Block {
  const names = paper.isNarrow
    ? ["median", "99 %", "longest"]
    : ["median", "99th percentile", "longest"];
  const sizePx = paper.isNarrow ? TYPE.body : TYPE.heading;
  const runs = [p50Ms, p99Ms, maxMs].flatMap((ms, index) => [
    { text: names[index]!, look: "skein-muted", sizePx: TYPE.caption },
    { text: formatDuration(ms), look: "skein-bold" },
  ]);
  return {
    markup: textRuns(runs, [paper.left, 15], { sizePx }),
    heightPx: 20,
  };
}

function drawDelays(report: LagReport, paper: Paper): Block {
  const { delays, durationMs, maxMs, cliffs } = report;
  const frame = makeFrame(paper, {
    x: {
      domain: [0, durationMs],
      kind: "time",
      title: "time since watching began",
    },
    // A calm loop should look calm: its jitter is not blown up.
    y: {
      domain: [0, Math.max(20, maxMs) * 1.12],
      kind: "time",
      title: "how long it waited",
    },
    heightPx: 150,
  });
  const { x, y, bottom } = frame;
  const shapes = delays.map(([startMs, heldMs]) => {
    const [left, right] = [roundPx(x(startMs)), roundPx(x(startMs + heldMs))];
    // A hold shorter than a pixel is still a hold.
    return `M${left} ${bottom}V${roundPx(y(heldMs))}L${
      Math.max(right, roundPx(left + 1))
    } ${bottom}Z`;
  });
  return {
    markup: frame.markup +
      (shapes.length > 0
        ? `<path class="skein-running" d="${shapes.join("")}"/>`
        : "") +
      nameCliffs(cliffs, frame),
    heightPx: frame.heightPx,
  };
}

/** Names above the longest holds, as many as have room. */
function nameCliffs(
  cliffs: readonly Cliff[],
  { x, y, left, right }: Frame,
): string {
  const taken: (readonly [number, number, number])[] = [];
  const place = ({ startMs, heldMs }: Cliff, words: string) => {
    const width = textWidth(words, TYPE.small, true);
    const from = Math.min(Math.max(left, x(startMs) - 2), right - width);
    const baseline = y(heldMs) - 5;
    const coversLabel = taken.some(([start, end, at]) =>
      from < end + 8 && from + width + 8 > start && Math.abs(baseline - at) < 16
    );
    // A triangle further right that rises to the words would be hidden by them.
    const coversHold = cliffs.some((other) =>
      other.startMs > startMs && x(other.startMs) < from + width + 6 &&
      y(other.heldMs) < baseline + 2
    );
    if (coversLabel || coversHold) return null;
    taken.push([from, from + width, baseline]);
    return textLine(words, [from, baseline], {
      sizePx: TYPE.small,
      look: "skein-bold skein-halo",
    });
  };
  return cliffs.toSorted((one, other) => other.heldMs - one.heldMs)
    .map((cliff) => {
      const duration = formatDuration(cliff.heldMs);
      const room = { sizePx: TYPE.small, widthPx: 120, isBold: true };
      const words = cliff.holder === null
        ? duration
        : `${duration} ${fitText(cliff.holder, room)}`;
      return place(cliff, words) ?? place(cliff, duration) ?? "";
    }).join("");
}
