/**
 * The document that a widget is drawn in: a frame of an origin of its own.
 *
 * Code of cells runs there. It reaches neither the page nor any network: it has
 * no token, and the policy lets it load and connect to nothing.
 * @module
 */

/** Makes the answer that is the frame. */
export function renderWidgetShell(script: string): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="x-dns-prefetch-control" content="off">
<title>Widget</title>
<style>
:root{color-scheme:light dark}
body{margin:0;padding:3px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
</style>
<body>
<script type="module">${script.replaceAll("</script", "<\\/script")}</script>
</html>
`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": [
        "sandbox allow-scripts",
        "default-src 'none'",
        "script-src 'unsafe-inline' blob:",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "font-src data:",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; "),
    },
  });
}
