/**
 * The look of slides: that of pages, in sizes for a room. Pure.
 *
 * Sizes are pixels of a slide of 1280 by 720, which reveal.js scales as a whole.
 * @module
 */
import type { Theme } from "../format.ts";
import { pageStyle } from "../theme.ts";

/**
 * Writes the style sheet of slides, which comes after that of reveal.js.
 *
 * @param theme Its colours.
 * @returns CSS.
 */
export function slideStyle(theme: Theme): string {
  return `${pageStyle(theme)}${SLIDES}`;
}

/** How large a slide is. Units: CSS pixels. */
export const SLIDE = { width: 1280, height: 720 } as const;

/** The room for a figure that fills a slide. Units: CSS pixels. */
export const FIGURE_ROOM = { width: 1180, height: 640 } as const;

const SLIDES = `
html, body { width: 100%; height: 100%; margin: 0; overflow: hidden; }
body, body:has(.toc-side) { display: block; background: var(--page); }
main { max-width: none; margin: 0; padding: 0; height: 100%; }
.reveal-viewport { background: var(--page); }
.reveal { font: 400 26px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; color: var(--text); }
.reveal .slides { text-align: left; }
.reveal .slides section { padding: 36px 50px; box-sizing: border-box; height: 100%; overflow: visible; }
.reveal .slides > section.stack { padding: 0; }
.reveal .cell { margin: 0 0 20px; }
.reveal .markdown > *, .reveal .latex { max-width: none; }
.reveal :is(h1, h2, h3, h4, h5, h6) { margin: 0 0 .5em; color: var(--text); text-transform: none; }
.reveal h1 { font-size: 58px; }
.reveal h2 { font-size: 44px; }
.reveal h3 { font-size: 34px; padding-top: 0; }
.reveal :is(h4, h5, h6) { font-size: 28px; }
.reveal .anchor { display: none; }
.reveal .cell.markdown > :is(h2, h3):first-child { padding-top: 0; }
.reveal :is(p, ul, ol, dl, blockquote) { margin: 0 0 .7em; }
.reveal :is(ul, ol, dl) { display: block; margin-left: 0; padding-left: 1.3em; }
.reveal pre { width: 100%; margin: 0 0 .5em; padding: 14px 18px; font-size: 19px; line-height: 1.42; box-shadow: none; white-space: pre-wrap; overflow-wrap: anywhere; overflow: visible; }
.reveal pre code { display: inline; max-height: none; padding: 0; background: none; overflow: visible; }
.reveal pre.output-text { padding: 2px 0; font-size: 18px; }
.reveal .scroll { max-height: none; overflow: visible; }
.reveal .scroll-x { overflow: visible; }
.reveal :is(.input-label, .output-label, .note) { font-size: 14px; }
.reveal .output { margin: 12px 0 0; }
.reveal table { margin: 0 0 .6em; font-size: 21px; border-collapse: collapse; }
.reveal :is(th, td) { padding: 5px 14px; }
.reveal :not(pre) > code { font-size: .86em; }
.reveal img { margin: 0; max-height: 440px; }
.reveal .output > img { width: auto; max-width: 100%; }
.reveal .frame { min-height: 120px; max-height: 600px; }
.reveal figcaption { font-size: 20px; }
.reveal a:not(.enabled) { color: var(--accent); }
/* One figure, as large as the slide. */
.reveal .figure-slide { padding: 24px 50px; }
.reveal .figure-slide .cell { margin: 0; }
.reveal .figure-slide .output { margin: 0; padding: 0; border: 0; }
.reveal .figure-slide .output > img { display: block; margin: 0 auto; zoom: 1.5; max-width: ${
  Math.floor(FIGURE_ROOM.width / 1.5)
}px; max-height: ${Math.floor(FIGURE_ROOM.height / 1.5)}px; }
.reveal .figure-slide .output > img[src^="data:image/svg"] { zoom: 1; width: ${FIGURE_ROOM.width}px; height: ${FIGURE_ROOM.height}px; max-width: none; max-height: none; object-fit: contain; }
.reveal .figure-slide figure { margin: 0; }
.reveal .figure-slide figure .output > img[src^="data:image/svg"] { height: ${
  FIGURE_ROOM.height - 50
}px; }
/* A first slide with a title only stands in the middle. */
.reveal .slides section.title-slide { display: flex; flex-direction: column; justify-content: center; }
.reveal .slides section.title-slide:not(.present) { display: none; }
.reveal .progress { color: var(--accent); }
.reveal .controls { color: var(--accent); }
.reveal .slide-number, .reveal .slide-number a { color: var(--text); background: var(--box); font-size: 14px; }
.reveal .speaker-notes { color: var(--text); background: var(--box); border-left: 1px solid var(--line); }
.reveal .speaker-notes .notes { font-size: 20px; }
.skein-clock { position: fixed; z-index: 40; right: 12px; bottom: 12px; padding: 4px 12px; color: var(--text); background: var(--box); border-radius: 6px; font: 600 22px/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
@media print {
  html, body { overflow: visible; height: auto; }
  .reveal .slides section { break-inside: avoid; }
}
`;
