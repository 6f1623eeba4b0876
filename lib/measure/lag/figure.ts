/**
 * The picture of event loop lag: how late things were, over time.
 *
 * A hold is a triangle: what became due at its start waited for all of it, what
 * became due at its end hardly at all. Pure.
 * @module
 */

import type { Cliff, LagReport } from "./report.ts";
import { formatDuration } from "../../base/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import {
  type Axis,
  drawLevels,
  drawTicks,
  makeAxis,
} from "../../plot/core/sample_axis.ts";
import { warningBlocks } from "../../plot/core/noise_warning.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import {
  fitText,
  roundPx,
  textLine,
  textRuns,
  textWidth,
} from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Draws a report on event loop lag.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CALM } from "../../plot/gallery/lag_gallery_data.ts";
 * assert.match(lagFigure(CALM).alt, /No hold of 50 ms/);
 * ```
 *
 * @param report What was found.
 * @returns The image and its text alternative.
 */
export function lagFigure(report: LagReport): Figure {
  const { title, findings, stamp } = report;
  const about = describeStamp(stamp, ["timer ring", "timer rings"]);
  return makeCard({
    title,
    alt: [...findings, about].join("\n"),
    blocks: [
      ...warningBlocks(stamp),
      makeAnswer(report),
      makeLine(report),
      makeLegend([{
        mark: `<path class="skein-running" d="M1 13V2L21 13Z"/>`,
        name: "a hold",
        meaning: "what became due then waited this long",
      }]),
      makeSpace(10, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
    ],
  });
}

function makeAnswer({ p50Ms, p99Ms, maxMs }: LagReport): Block {
  const runs = [["half", p50Ms], ["99 of 100", p99Ms], ["longest", maxMs]]
    .flatMap(([name, ms]) => [
      { text: String(name), look: "skein-muted", sizePx: TYPE.small },
      { text: formatDuration(Number(ms)), look: "skein-bold" },
      { text: " " },
    ]);
  return {
    markup: textRuns(runs, [SPACE.edge, 16], { sizePx: TYPE.heading }),
    heightPx: 22,
  };
}

function makeLine(report: LagReport): Block {
  const { delays, durationMs, maxMs, cliffs } = report;
  const x = makeAxis({
    domain: [0, durationMs],
    range: [LEFT_PX, RIGHT_PX],
    most: 6,
  });
  const y = makeAxis({
    // A calm loop should look calm: its jitter is not blown up.
    domain: [0, Math.max(20, maxMs) * 1.12],
    range: [BOTTOM_PX, TOP_PX],
    most: 5,
  });
  const shapes = delays.map(([startMs, heldMs]) => {
    const [left, right] = [x.at(startMs), x.at(startMs + heldMs)].map(roundPx);
    return `M${left} ${BOTTOM_PX}V${roundPx(y.at(heldMs))}L${
      // A hold shorter than a pixel is still a hold.
      Math.max(right!, roundPx(left! + 1))} ${BOTTOM_PX}Z`;
  });
  const caption = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return {
    markup: drawLevels(y, [LEFT_PX, RIGHT_PX]) +
      drawTicks(x, [BOTTOM_PX, BOTTOM_PX]) +
      `<path class="skein-axis" d="M${LEFT_PX} ${BOTTOM_PX}H${RIGHT_PX}"/>` +
      (shapes.length > 0
        ? `<path class="skein-running" d="${shapes.join("")}"/>`
        : "") +
      markCliffs(cliffs, x, y) +
      textLine("how long it waited", [SPACE.edge, 8], caption) +
      textLine("time since watching began", [LEFT_PX, BOTTOM_PX + 32], caption),
    heightPx: BOTTOM_PX + 36,
  };
}

/** Names the longest first; where there is no room left, the triangle stands alone. */
function markCliffs(
  cliffs: readonly Cliff[],
  x: Axis,
  y: Axis,
): string {
  const taken: (readonly [number, number, number])[] = [];
  const place = ({ startMs, heldMs }: Cliff, words: string) => {
    const width = textWidth(words, TYPE.small, true);
    const left = Math.min(
      Math.max(LEFT_PX, x.at(startMs) - 2),
      RIGHT_PX - width,
    );
    const baseline = y.at(heldMs) - 5;
    const coversLabel = taken.some(([from, to, at]) =>
      left < to + 8 && left + width + 8 > from && Math.abs(baseline - at) < 16
    );
    // A triangle further right that rises to the words would be hidden by them.
    const coversHold = cliffs.some((other) =>
      other.startMs > startMs && x.at(other.startMs) < left + width + 6 &&
      y.at(other.heldMs) < baseline + 2
    );
    if (coversLabel || coversHold) return null;
    taken.push([left, left + width, baseline]);
    return textLine(words, [left, baseline], {
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

const LEFT_PX = SPACE.edge + 52;
const RIGHT_PX = SPACE.width - SPACE.edge;
const TOP_PX = 20;
const BOTTOM_PX = 164;
