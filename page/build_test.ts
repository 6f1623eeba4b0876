import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { buildPage } from "./build.ts";

Deno.test("the committed bundle is what the page's source gives, and small", async () => {
  const { script, style } = await buildPage();
  const read = (name: string) =>
    Deno.readTextFile(new URL(`./bundle/${name}`, import.meta.url));
  assert.equal(await read("page.js"), script, "run: deno task page");
  assert.equal(await read("page.css"), style, "run: deno task page");
  assert.ok(gzipSync(script + style).length < 200_000);
});
