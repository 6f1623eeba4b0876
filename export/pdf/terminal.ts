/**
 * Terminal text as Typst: its colours, in the shades for white paper. Pure.
 * @module
 */
import { readColor } from "../figure/colors.ts";
import type { TerminalColor, TextStyle } from "../sgr.ts";
import { playTerminal, type TextRun } from "../terminal.ts";
import { TERMINAL_COLORS } from "../theme_code.ts";
import { CODE_COLUMNS, typesetCode } from "./code.ts";
import { literal } from "./literal.ts";

/**
 * Typesets terminal text.
 *
 * @param text Text as a program wrote it to a terminal.
 * @param warn Takes what is left out.
 */
export function typesetTerminal(
  text: string,
  warn: (what: string) => void,
): string {
  const all = playTerminal(text.replace(/\n$/, ""));
  const lines = all.length <= MAX_LINES
    ? all
    : [...all.slice(0, MAX_LINES / 2), ...all.slice(-MAX_LINES / 2)];
  if (lines.length < all.length) {
    warn(
      `not shown: ${
        all.length - lines.length
      } of ${all.length} lines of an output`,
    );
    lines.splice(MAX_LINES / 2, 0, [{
      text: `… ${all.length - MAX_LINES} lines are left out of the PDF …`,
      style: { effects: new Set() },
    }]);
  }
  const isPlain = lines.every((line) =>
    line.every(({ style }) => isUnstyled(style))
  );
  if (isPlain) {
    return typesetCode(
      lines.map((line) => line.map((run) => run.text).join("")).join("\n"),
    );
  }
  return `{ ${
    lines.map((line) => `{ ${line.map(typesetRun).join("; ")} }`)
      .join("; linebreak(); ")
  } }`;
}

function isUnstyled({ foreground, background, effects }: TextStyle): boolean {
  return foreground === undefined && background === undefined &&
    effects.size === 0;
}

function typesetRun({ text, style }: TextRun): string {
  const isInverse = style.effects.has("inverse");
  const foreground = isInverse ? style.background : style.foreground;
  const background = isInverse
    ? style.foreground ?? (style.background === undefined ? 7 : undefined)
    : style.background;
  let code = `raw(${literal(text, CODE_COLUMNS)})`;
  const color = foreground === undefined ? undefined : shade(foreground);
  if (color !== undefined) code = `text(fill: rgb(${literal(color)}), ${code})`;
  if (style.effects.has("bold")) code = `strong(${code})`;
  if (style.effects.has("italic")) code = `emph(${code})`;
  if (style.effects.has("underline")) code = `underline(${code})`;
  if (style.effects.has("strike")) code = `strike(${code})`;
  const behind = background === undefined ? undefined : shade(background);
  return behind === undefined
    ? code
    : `highlight(fill: rgb(${literal(behind)}).lighten(80%), ${code})`;
}

function shade(color: TerminalColor): string | undefined {
  if (typeof color === "number") return TERMINAL_COLORS[`ansi-${color}`]?.[0];
  // Any colour must stand out from white paper.
  return readColor(`color-mix(in srgb, ${color} 70%, #1f2328)`);
}

/** More of an output is for a screen. */
const MAX_LINES = 600;
