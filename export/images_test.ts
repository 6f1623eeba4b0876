import assert from "node:assert/strict";
import type { MimeBundle } from "../protocol/mod.ts";
import { renderImage } from "./images.ts";

Deno.test("renderImage() finds a text alternative", () => {
  const check = (data: MimeBundle, metadata: MimeBundle, alt: string) => {
    const [mimeType = ""] = Object.keys(data);
    assert.match(
      renderImage({ mimeType, data, metadata }) ?? "",
      new RegExp(` alt="${alt}"`),
    );
  };
  const png = { "image/png": "aGk=", "text/plain": " <Figure> " };
  check(png, { "image/png": { alt: "a" }, alt: "b" }, "a");
  check(png, { alt: "b" }, "b");
  check(png, { alt: 5 }, "&lt;Figure&gt;");
  check({ "image/png": "aGk=" }, {}, "Image without a description");
  const formats = "<image/png, application/vnd.a+json>";
  check(
    { "image/png": "aGk=", "text/plain": formats },
    {},
    "Image without a description",
  );
  const svg = {
    "image/svg+xml": "<svg><title>T</title><desc>D</desc></svg>",
    "text/plain": "p",
  };
  check(svg, {}, "T. D");
  check(svg, { "image/svg+xml": { alt: "a" } }, "a");
});

Deno.test("renderImage() keeps SVG inert, in an image with its natural size", () => {
  const check = (svg: string, size: string) => {
    const data = { "image/svg+xml": svg };
    const html =
      renderImage({ mimeType: "image/svg+xml", data, metadata: {} }) ?? "";
    assert.ok(html.endsWith(`alt="Image without a description"${size}>`), html);
    assert.doesNotMatch(html.slice(1), /</);
    const [, uri = ""] =
      /src="data:image\/svg\+xml;charset=utf-8,([^"]*)"/.exec(html) ?? [];
    assert.match(
      decodeURIComponent(uri),
      /<svg[^>]* xmlns="http:\/\/www.w3.org\/2000\/svg"/,
    );
  };
  check(
    '<svg viewBox="0 0 40 30"><script>alert(1)</script></svg>',
    ' width="40" height="30"',
  );
  check(
    '<svg xmlns="http://www.w3.org/2000/svg" width="4px" height="3"/>',
    ' width="4" height="3"',
  );
  check(
    '<?xml version="1.0"?><svg width="100%" viewBox="0,0,8,6"/>',
    ' width="8" height="6"',
  );
  check('<svg width="10em"/>', "");
  check("<svg>\ud800</svg>", "");
});

Deno.test("renderImage() takes sizes from metadata, and shows dark figures as they are", () => {
  const png = { mimeType: "image/png", data: { "image/png": "aGk=" } };
  assert.match(
    renderImage({
      ...png,
      metadata: { "image/png": { width: 12.4, height: "7" } },
    }) ?? "",
    / width="12" height="7">/,
  );
  assert.match(
    renderImage({ ...png, metadata: { width: '1" onload="a' } }) ?? "",
    /description">$/,
  );
  const svg =
    "<svg><style>@media (prefers-color-scheme: dark) {}</style></svg>";
  assert.doesNotMatch(
    renderImage({
      mimeType: "image/svg+xml",
      data: { "image/svg+xml": svg },
      metadata: {},
    }) ?? "",
    /paper/,
  );
});
