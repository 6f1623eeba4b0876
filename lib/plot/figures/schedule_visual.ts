/**
 * The visual language of schedules: threads, ends, and lines of code.
 *
 * Added to what `visual.ts` has. A thread is told by its character and by a
 * colour, an end by its mark and by a colour. Pure.
 * @module
 */
import type { Block } from "../core/card.ts";
import { OWN_DARK, OWN_LIGHT } from "./recording_visual.ts";
import { roundPx } from "../core/text.ts";
import { DARK, LIGHT, type Palette } from "../core/visual.ts";

/** Which hue of the palette a thread has; the fifth looks like the first. */
const HUES = ["running", "waiting", "processes", "workers"] as const;

/** Name of the class of a thread's colour. */
export function threadLook(thread: number): string {
  return `skein-thread-${thread % HUES.length}`;
}

/** The colour of each hue, for pages that are no image. */
export function threadColours(palette: Palette): readonly string[] {
  return HUES.map((hue) => palette[hue]);
}

/**
 * Puts the style sheet of schedules into a card's first block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(withScheduleStyle({ markup: "<g/>", heightPx: 1 }).markup, /^<style>/);
 * ```
 *
 * @param block The block.
 * @returns The same block, styled.
 */
export function withScheduleStyle(block: Block): Block {
  const dark = colourRules(DARK, OWN_DARK.alarm).join("");
  const rules = [
    ...colourRules(LIGHT, OWN_LIGHT.alarm),
    `@media (prefers-color-scheme:dark){${dark}}`,
    `.skein .skein-code{font-family:${CODE_FONTS}}`,
    `.skein-turn{stroke-width:1.5px}`,
    `.skein-lane{fill-opacity:.1}`,
    `.skein-mark{fill:none;stroke-width:2.2px;stroke-linecap:round}`,
    `.skein-mixed{stroke-width:3.4px}`,
    `.skein-branch{fill:none;stroke-width:1.2px}`,
    `.skein-branch-found{fill:none;stroke-width:2.2px}`,
  ];
  return {
    ...block,
    markup: `<style>\n${rules.join("\n")}\n</style>${block.markup}`,
  };
}

/** Draws how something ended, in a box of 12 pixels around a place. */
export function endMark(
  hasFailed: boolean,
  [x, y]: readonly [x: number, y: number],
): string {
  const [left, top] = [roundPx(x), roundPx(y)];
  return hasFailed
    ? `<path class="skein-mark skein-fail" d="M${left - 4} ${
      top - 4
    }l8 8m0 -8l-8 8"/>`
    : `<path class="skein-mark skein-pass" d="M${
      left - 4.5
    } ${top}l3.2 3.6l5.8 -7.6"/>`;
}

/** Draws that something ended and nothing says whether that is right, in the same box. */
export function plainMark([x, y]: readonly [x: number, y: number]): string {
  return `<circle class="skein-mark skein-branch" cx="${roundPx(x)}" cy="${
    roundPx(y)
  }" r="3.6"/>`;
}

/** Draws that some of several schedules fail, in the same box. */
export function mixedMark([x, y]: readonly [x: number, y: number]): string {
  const [left, top] = [roundPx(x), roundPx(y)];
  return `<path class="skein-mark skein-mixed skein-fail" d="M${
    left - 4.5
  } ${top}h0M${left} ${top}h0M${left + 4.5} ${top}h0"/>`;
}

/**
 * Shortens code so that it fits: a function that stands in one line loses its
 * head, which says nothing of the step, and then what is too long its end.
 */
export function fitCode(text: string, sizePx: number, widthPx: number): string {
  const room = Math.max(1, Math.floor(widthPx / (sizePx * CODE_EM)));
  if (text.length <= room) return text;
  const [, body = text] = ONE_LINER.exec(text) ?? [];
  const characters = [...body];
  return characters.length <= room
    ? body
    : `${characters.slice(0, room - 1).join("")}…`;
}

function colourRules(palette: Palette, alarm: string): readonly string[] {
  return [
    ...HUES.map((hue, index) =>
      `.skein-thread-${index}{stroke:${palette[hue]};fill:${palette[hue]}}`
    ),
    `.skein-turn{fill:${palette.panel}}`,
    `.skein-fail{stroke:${alarm}}`,
    `.skein .skein-fail-text{fill:${alarm}}`,
    `.skein-pass{stroke:${palette.async}}`,
    `.skein-branch{stroke:${palette.muted}}`,
    `.skein-branch-found{stroke:${alarm}}`,
  ];
}

const ONE_LINER =
  /^(?:async )?(?:function\b[^{]*|\([^()]*\) *=> *|\w+ *=> *)\{ *(.+?) *\}[\s,;)}\]]*$/;
const CODE_FONTS = `ui-monospace,SFMono-Regular,Menlo,Consolas,monospace`;
/** Width of a character of code, in parts of its size; rather too wide. */
const CODE_EM = 0.62;
