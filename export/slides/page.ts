/**
 * The file that slides are in: reveal.js, style, slides, scripts by their hashes.
 *
 * Pure.
 * @module
 */
import { createHash } from "node:crypto";
import { escapeHtml } from "../escape.ts";
import type { Theme } from "../format.ts";
import { FRAME_LISTENER, hashFrameScripts } from "../sandbox.ts";
import { slideStyle } from "./theme.ts";

/** What a page of slides is made of. */
export interface SlidesPage {
  readonly title: string;
  readonly lang: string;
  readonly theme: Theme;
  /** The slides: HTML. */
  readonly slides: string;
}

/** What of reveal.js stands in the page. */
export interface Reveal {
  readonly script: string;
  readonly style: string;
}

/**
 * Writes the file.
 *
 * @param page What is in it.
 * @param reveal What of reveal.js stands in it.
 * @param scripts What else runs.
 */
export function writePage(
  { title, lang, theme, slides }: SlidesPage,
  reveal: Reveal,
  scripts: readonly string[],
): string {
  const hasFrames = slides.includes("<iframe");
  const all = [
    ...(hasFrames ? [FRAME_LISTENER] : []),
    // Nothing in it may end the element that it stands in.
    reveal.script.replaceAll("</script", "<\\/script"),
    ...scripts,
  ];
  const hashes = all.map((script) =>
    `'sha256-${createHash("sha256").update(script).digest("base64")}'`
  ).join(" ");
  const frames = hasFrames ? ` ${hashFrameScripts()}` : "";
  const attribute = theme === "auto" ? "" : ` data-theme="${theme}"`;
  return `<!doctype html>
<html lang="${escapeHtml(lang)}"${attribute}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'; script-src ${hashes}${frames}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">
<meta name="generator" content="Skein">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${reveal.style.replaceAll("</style", "<\\/style")}
${slideStyle(theme)}</style>
</head>
<body>
<main>
<div class="reveal">
<div class="slides">
${slides}
</div>
</div>
</main>
${all.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}
