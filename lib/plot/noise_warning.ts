/**
 * The warning above figures that others disturbed.
 *
 * Pure.
 * @module
 */

import type { HonestyStamp } from "../parallel/comparison.ts";
import type { Block } from "./card.ts";
import { textRuns } from "./text.ts";
import { SPACE, TYPE } from "./visual.ts";

/**
 * Makes the warning, where there is need of one.
 *
 * @param stamp The circumstances.
 * @returns A block of one line; none if the figures are in no doubt.
 */
export function warningBlocks({ noisy }: HonestyStamp): readonly Block[] {
  if (!noisy) return [];
  const { edge } = SPACE;
  const sign = `M${edge} 14L${edge + 8} 0L${edge + 16} 14Z`;
  const words = [
    { text: "noisy", look: "skein-bold" },
    { text: "others were busy, or samples scatter: doubt small differences" },
  ];
  return [{
    markup: `<path class="skein-warning" d="${sign}"/>` +
      textRuns(words, [edge + 24, 12], { sizePx: TYPE.body }),
    heightPx: 16,
  }];
}
