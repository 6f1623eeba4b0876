import assert from "node:assert/strict";
import { hashFrameScripts, renderSandbox } from "./sandbox.ts";

Deno.test("renderSandbox() keeps HTML within its attribute and its origin", () => {
  const html = renderSandbox(`</iframe>"'><script>alert(1)</script>&quot;`);
  assert.match(
    html,
    /^<iframe class="frame" sandbox="allow-scripts" [^<>]*><\/iframe>$/,
  );
  assert.doesNotMatch(html, /allow-same-origin/);
  assert.match(html, /&lt;\/iframe&gt;&quot;&#39;&gt;&lt;script&gt;/);
  assert.match(html, /&amp;quot;"><\/iframe>$/);
});

Deno.test("renderSandbox() puts HTML that brings its own colours on white paper", () => {
  const check = (html: string, isOnPaper: boolean) =>
    assert.equal(
      renderSandbox(html).startsWith('<iframe class="frame paper"'),
      isOnPaper,
    );
  check("<table><tr><td>1</table>", false);
  check('<p style="color: red">', true);
  check("<style>p { background: #eee }</style>", true);
  check(
    "<style>@media (prefers-color-scheme: dark) { p { color: red } }</style>",
    false,
  );
});

Deno.test("renderSandbox() guesses a height from what the HTML holds, within limits", () => {
  const check = (html: string, heightPx: number) =>
    assert.match(renderSandbox(html), new RegExp(` height="${heightPx}" `));
  check("", 96);
  check("<tr>".repeat(5), 188);
  check("<tr>".repeat(500), 480);
});

Deno.test("hashFrameScripts() names the very script that stands in the frame", async () => {
  const srcdoc = renderSandbox("");
  const script = /&lt;script&gt;(.*)&lt;\/script&gt;/s.exec(srcdoc)?.[1] ?? "";
  const text = script.replaceAll("&gt;", ">").replaceAll("&quot;", '"');
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(text),
  );
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  assert.ok(hashFrameScripts().includes(`'sha256-${base64}'`));
});
