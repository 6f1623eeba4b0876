/**
 * All calls in the order taken: warm-up in grey, then the samples.
 *
 * Shows what a distribution hides: a cold start, a machine that gets slower, a
 * neighbour that comes and goes. Pure.
 * @module
 */

import type { Measurement } from "./result.ts";
import type { Block } from "../../plot/core/card.ts";
import { drawLevels, makeAxis } from "../../plot/core/sample_axis.ts";
import { drawMark, seriesClass } from "./figure_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";

/**
 * Draws warm-up and samples from left to right.
 *
 * @param measurement What was measured.
 * @returns A block of a card.
 */
export function sequenceBlock({ results }: Measurement): Block {
  const warmUps = results.map(({ warmUpMs }) => thin(warmUpMs));
  const samples = results.map(({ samplesMs }) => thin(samplesMs));
  const all = [...warmUps, ...samples].flat().map(({ ms }) => ms)
    .filter((ms) => ms > 0);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const isLog = high / low > 4;
  const y = makeAxis({
    domain: isLog ? [low / 1.1, high * 1.1] : [0, high * 1.05],
    range: [HEIGHT_PX - 4, 4],
    isLog,
    most: 4,
  });
  const split = LEFT_PX + (RIGHT_PX - LEFT_PX) * WARM_UP_PART;
  const place = (from: number, to: number, part: number) =>
    from + (to - from) * part;
  const warm = warmUps.flatMap((own, index) =>
    own.map(({ ms, part }) =>
      drawMark(
        index,
        [place(LEFT_PX + 6, split - 8, part), y.at(ms)],
        "skein-starting-ink",
        2.2,
      )
    )
  );
  const counted = samples.flatMap((own, index) =>
    own.map(({ ms, part }) =>
      drawMark(
        index,
        [place(split + 8, RIGHT_PX - 6, part), y.at(ms)],
        `skein-sample ${seriesClass(index)}`,
        2.4,
      )
    )
  );
  const caption = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return {
    markup: drawLevels(y, [LEFT_PX, RIGHT_PX]) +
      `<path class="skein-end" d="M${roundPx(split)} 0V${HEIGHT_PX}"/>` +
      warm.join("") + counted.join("") +
      textLine("warm-up", [LEFT_PX + 6, HEIGHT_PX + 14], caption) +
      textLine("samples", [split + 8, HEIGHT_PX + 14], caption),
    heightPx: HEIGHT_PX + 18,
  };
}

interface Shown {
  readonly ms: number;
  /** From the first (0) to the last (1). */
  readonly part: number;
}

/** At most as many as can be told apart; the largest of each group, as that is what matters. */
function thin(timesMs: readonly number[]): readonly Shown[] {
  const size = Math.max(1, Math.ceil(timesMs.length / MOST_SHOWN));
  const shown: Shown[] = [];
  for (let start = 0; start < timesMs.length; start += size) {
    const ms = Math.max(...timesMs.slice(start, start + size));
    shown.push({
      ms,
      part: timesMs.length < 2 ? 0.5 : start / (timesMs.length - 1),
    });
  }
  return shown;
}

const HEIGHT_PX = 110;
const LEFT_PX = SPACE.edge + 52;
const RIGHT_PX = SPACE.width - SPACE.edge;
const WARM_UP_PART = 0.3;
const MOST_SHOWN = 160;
