/**
 * HTML of unknown origin, shown in a frame that it cannot leave.
 *
 * The frame has an origin of its own and inherits the page's policy: no network,
 * no scripts but the one here, which tells the page how high the content is. So
 * the content's own scripts do not run, as in Jupyter. Pure.
 * @module
 */
import { createHash } from "node:crypto";
import { escapeHtml } from "./escape.ts";

/**
 * Runs in the page: gives each frame the height that it asks for.
 *
 * Units: CSS pixels.
 */
export const FRAME_LISTENER =
  `addEventListener("message", ({ source, data }) => {
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source && data > 0) frame.height = Math.min(data, 4000);
  }
});`;

/** Runs in each frame: tells the page how high the content is, and tells it again. */
const FRAME_REPORTER = `let reports = 0;
new ResizeObserver(() => {
  // Content as high as its frame would grow without end.
  if (reports++ > 20) return;
  const { height } = document.documentElement.getBoundingClientRect();
  parent.postMessage(Math.ceil(height), "*");
}).observe(document.documentElement);`;

/**
 * Names the scripts of this file in a Content-Security-Policy.
 *
 * Source: CSP 3, "hash-source".
 *
 * @param more Scripts beside them.
 * @returns The value of `script-src`.
 */
export function hashFrameScripts(more: readonly string[] = []): string {
  return [FRAME_LISTENER, FRAME_REPORTER, ...more].map((script) => {
    const digest = createHash("sha256").update(script).digest("base64");
    return `'sha256-${digest}'`;
  }).join(" ");
}

/** How a frame is made. */
export interface SandboxOptions {
  /** Scripts of ours that stand after the content; see `figure_program.ts`. */
  readonly program?: string;
  /** Whether it assumes white paper. @default by its colours */
  readonly isOnPaper?: boolean;
}

/**
 * Renders HTML in a frame.
 *
 * @param html HTML that asks for nothing; see `frame_html.ts`.
 * @param options A program of ours for it, and whether it is shown on white.
 * @returns An `<iframe>`; without scripts its height is a guess, and it scrolls.
 */
export function renderSandbox(
  html: string,
  { program = "", isOnPaper = needsPaper(html) }: SandboxOptions = {},
): string {
  const look = isOnPaper
    ? ":root{color-scheme:light}body{padding:8px}"
    : ":root{color-scheme:light dark}body{padding:2px}";
  // Our script stands first: broken HTML after it can not swallow it.
  const page = `<!doctype html><meta charset="utf-8">
<meta http-equiv="x-dns-prefetch-control" content="off">
<style>${look}${FRAME_STYLE}</style>
<script>${FRAME_REPORTER}</script>
<body>${html}${program}`;
  const className = isOnPaper ? "frame paper" : "frame";
  return `<iframe class="${className}" sandbox="allow-scripts" title="HTML output"` +
    ` height="${guessHeight(html)}" srcdoc="${escapeHtml(page)}"></iframe>`;
}

/**
 * Tells whether HTML brings colours that assume white paper.
 *
 * @param html The HTML.
 * @returns Whether to show it on white, even on a dark page.
 */
export function needsPaper(html: string): boolean {
  return /color|background|fill=|stroke=/i.test(html) &&
    !/prefers-color-scheme|light-dark\(/.test(html);
}

function guessHeight(html: string): number {
  const rows = html.match(/<(?:tr|p|div|li|br|h[1-6])\b/gi)?.length ?? 0;
  return Math.min(480, Math.max(96, 48 + rows * 28));
}

const FRAME_STYLE = `
body{margin:0;font:14px/1.5 system-ui,sans-serif;display:flow-root;overflow-wrap:anywhere}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px;border-bottom:1px solid #8886;overflow-wrap:normal}
table[border]{border:0}table[border] :is(th,td){border:0;border-bottom:1px solid #8886}
.dataframe :is(th,td){text-align:right}
img,svg{max-width:100%}`;
