import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { buildPage } from "./build.ts";

Deno.test("the committed bundle is what the page's source gives, and small", async () => {
  const script = await buildPage();
  const read = (name: string) =>
    Deno.readTextFile(new URL(name, import.meta.url));
  assert.equal(await read("./bundle/page.js"), script, "run: deno task page");
  const style = await read("./page.css");
  assert.ok(gzipSync(script + style).length < 200_000);
});
