import assert from "node:assert/strict";
import { bundleZod } from "./build.ts";

Deno.test("the committed bundle of zod is what its source gives", async () => {
  const path = new URL("./zod_mini.js", import.meta.url);
  assert.equal(
    await Deno.readTextFile(path),
    await bundleZod(),
    "run: deno task bundles",
  );
});
