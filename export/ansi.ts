/**
 * Terminal text as HTML: colours as classes that `theme_code.ts` defines for light and dark.
 *
 * Pure. What the sequences mean is in `terminal.ts` and `sgr.ts`.
 * @module
 */
import { escapeHtml } from "./escape.ts";
import type { TextStyle } from "./sgr.ts";
import { playTerminal, type TextRun } from "./terminal.ts";

/**
 * Renders text with terminal escapes.
 *
 * @example Red text
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   renderAnsi("\x1b[31mno\x1b[0m & yes"),
 *   '<span class="ansi-fg-1">no</span> &amp; yes',
 * );
 * ```
 *
 * @param text Text as a program wrote it to a terminal.
 * @returns HTML to stand inside `<pre>`.
 */
export function renderAnsi(text: string): string {
  return playTerminal(text)
    .map((line) => line.map(renderRun).join(""))
    .join("\n");
}

function renderRun({ text, style }: TextRun): string {
  const { foreground, background } = resolveColors(style);
  const classes: string[] = [];
  const declarations: string[] = [];
  if (typeof foreground === "number") classes.push(`ansi-fg-${foreground}`);
  if (typeof background === "number") classes.push(`ansi-bg-${background}`);
  for (const effect of style.effects) classes.push(`ansi-${effect}`);
  if (typeof foreground === "string") {
    // Drawn towards the colour of text, else it may vanish on a dark page.
    const legible = `color-mix(in srgb,${foreground} 70%,var(--text))`;
    const color = background === undefined ? legible : foreground;
    declarations.push(`color:${color}`);
  }
  if (typeof background === "string") {
    declarations.push(`background-color:${background}`);
  }
  const attributes =
    (classes.length > 0 ? ` class="${classes.join(" ")}"` : "") +
    (declarations.length > 0 ? ` style="${declarations.join(";")}"` : "");
  const html = escapeHtml(text);
  return attributes === "" ? html : `<span${attributes}>${html}</span>`;
}

// Colours that are not the default swap places; the default ones are swapped
// by the class `ansi-inverse`, since only the style sheet knows them.
function resolveColors(style: TextStyle): Omit<TextStyle, "effects"> {
  if (!style.effects.has("inverse")) return style;
  return { foreground: style.background, background: style.foreground };
}
