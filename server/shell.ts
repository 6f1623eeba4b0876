/**
 * The HTML around the page, and the policy it is held to.
 *
 * Pure. It holds no secret: the token is in the link's fragment, which no server
 * and no log ever sees.
 * @module
 */
import { frameScriptHashes, LIVE_STYLE } from "../export/live.ts";

/** What the page is made of. */
export interface Bundle {
  readonly script: string;
  readonly style: string;
  /** What runs in frames of widgets. */
  readonly widget: string;
}

/** Makes the answer that shows the page. */
export function renderShell(basePath: string, nonce: string): Response {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="skein-nonce" content="${nonce}">
<title>Skein</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${basePath}page.css">
</head>
<body>
<div id="page"><p class="loading">Opening…</p></div>
<script nonce="${nonce}" type="module" src="${basePath}page.js"></script>
</body>
</html>
`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": makePolicy(nonce),
    },
  });
}

/** The style sheet: that of exported pages, then what editing needs. */
export function joinStyle({ style }: Bundle): string {
  return `${LIVE_STYLE}\n${style}`;
}

/**
 * No script but ours, none of a file of the folder, which has the same origin.
 *
 * Frames of outputs are made of text and are held to this policy as well; their
 * one script is named by its hash. Styles stand in attributes of coloured text.
 */
function makePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${frameScriptHashes()}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    // Text becomes HTML in one place of the page; figures' frames are made by us.
    "require-trusted-types-for 'script'",
    "trusted-types skein default",
  ].join("; ");
}
