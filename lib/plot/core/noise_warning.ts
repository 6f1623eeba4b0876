/**
 * The warning above figures that others disturbed.
 *
 * Pure.
 * @module
 */

import { type HonestyStamp, noiseOf } from "../../base/stamp/mod.ts";
import type { Block } from "./card.ts";
import { fitText, textRuns, textWidth } from "./text.ts";
import { SPACE, TYPE } from "./visual.ts";

/**
 * Makes the warning, where there is need of one.
 *
 * @param stamp The circumstances.
 * @returns A block of one line; none if the figures are in no doubt.
 */
export function warningBlocks(stamp: HonestyStamp): readonly Block[] {
  const [reason] = noiseOf(stamp);
  if (reason === undefined) return [];
  const { edge, width } = SPACE;
  const sizePx = TYPE.body;
  const room = { sizePx, widthPx: width - 2 * edge - 74 };
  // Details in brackets stand among the findings too; half of them tells nothing.
  const short = textWidth(reason, sizePx) <= room.widthPx
    ? reason
    : reason.replace(/ \([^()]*\)$/, "");
  const sign = `M${edge} 14L${edge + 8} 0L${edge + 16} 14Z`;
  const words = [
    { text: "noisy", look: "skein-bold" },
    { text: fitText(short, room) },
  ];
  return [{
    markup: `<path class="skein-warning" d="${sign}"/>` +
      textRuns(words, [edge + 24, 12], { sizePx }),
    heightPx: 16,
  }];
}
