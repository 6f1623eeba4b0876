import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { buildPage, ENTRIES } from "./build.ts";

Deno.test("the committed bundles are what the page's source gives, and small", async () => {
  const read = (name: string) =>
    Deno.readTextFile(new URL(name, import.meta.url));
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const script = await buildPage(entry);
    assert.equal(await read(`./bundle/${name}`), script, "run: deno task page");
  }
  const script = await read("./bundle/page.js");
  const style = await read("./page.css");
  assert.ok(gzipSync(script + style).length < 200_000);
});
