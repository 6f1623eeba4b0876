/**
 * Preformatted text in a box that scrolls when the text is long or wide. Pure.
 * @module
 */

/**
 * Renders preformatted text.
 *
 * @param html The text, already HTML.
 * @param className Class of the `<pre>`.
 * @returns HTML.
 */
export function renderPre(html: string, className: string): string {
  // Who has no mouse scrolls with the keyboard, which needs the focus; but a
  // short box must not be a stop for nothing.
  return `<pre class="${className}"${
    mayScroll(html) ? ' tabindex="0"' : ""
  }>${html}</pre>`;
}

/**
 * Tells whether a box of preformatted text is one to scroll, on a phone at least.
 *
 * @param html The text, already HTML.
 */
export function mayScroll(html: string): boolean {
  const lines = html.replace(/<[^>]*>/g, "").split("\n");
  return lines.length > BOX_LINES ||
    lines.some((line) => line.length > BOX_COLUMNS);
}

/**
 * Cuts a text that no browser shows and nobody reads, and says so.
 *
 * @param text The text of one output.
 * @returns The text, or its begin and its end.
 */
export function clip(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const half = MAX_TEXT / 2;
  const left = text.length - MAX_TEXT;
  return `${
    text.slice(0, half).toWellFormed()
  }\n… ${left} characters are left out of this page …\n${
    text.slice(-half).toWellFormed()
  }`;
}

/** As much text as the kernel keeps of one cell. */
const MAX_TEXT = 4 * 1024 * 1024;

// How much is visible without scrolling, about: lines on any screen, columns on
// a phone.
const BOX_LINES = 22;
const BOX_COLUMNS = 36;
