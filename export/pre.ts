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
  const lines = html.replace(/<[^>]*>/g, "").split("\n");
  const mayScroll = lines.length > BOX_LINES ||
    lines.some((line) => line.length > BOX_COLUMNS);
  // Who has no mouse scrolls with the keyboard, which needs the focus; but a
  // short box must not be a stop for nothing.
  return `<pre class="${className}"${
    mayScroll ? ' tabindex="0"' : ""
  }>${html}</pre>`;
}

// How much is visible without scrolling, about, on a wide screen.
const BOX_LINES = 22;
const BOX_COLUMNS = 90;
