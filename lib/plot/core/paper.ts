/**
 * What figures are drawn on: how wide it is, and how large its text.
 *
 * One drawing serves all sizes: a figure is asked to draw itself on a paper, and
 * lays itself out by that paper's edges. Pure: constants.
 * @module
 */

/** The paper of one drawing. Units: pixels of the drawing. */
export interface Paper {
  readonly widthPx: number;
  readonly left: number;
  readonly right: number;
  /** Whether labels have no room beside what they name. */
  readonly isNarrow: boolean;
}

/** Which drawing of a figure is wanted. */
export type FigureSize = "page" | "projector";

/** For a page or a screen. */
export const WIDE: Paper = makePaper(640, 20);

/** For a phone: shown at about its own size. */
export const NARROW: Paper = makePaper(360, 12);

/** For a hall: shown as wide as the screen, so that its text is large. */
export const PROJECTOR: Paper = makePaper(480, 14);

/** Screens up to this wide get the narrow drawing. */
export const NARROW_SCREEN_PX = 480;

/** Type sizes in pixels of the drawing. */
export const TYPE = {
  title: 17,
  lead: 20,
  heading: 14,
  body: 13,
  small: 12,
  caption: 11,
} as const;

/** Words beside a drawing that are no part of it. */
export const CAPTION = { sizePx: TYPE.caption, look: "skein-muted" } as const;
export const CAPTION_MIDDLE = { ...CAPTION, anchor: "middle" } as const;
export const CAPTION_END = { ...CAPTION, anchor: "end" } as const;

export const GAP_PX = 10;

function makePaper(widthPx: number, edgePx: number): Paper {
  return {
    widthPx,
    left: edgePx,
    right: widthPx - edgePx,
    isNarrow: widthPx < 560,
  };
}
