import assert from "node:assert/strict";
import { BUNDLES, makeBundle, toUrl } from "./build.ts";

Deno.test("the committed bundles are what their sources give", async () => {
  for (const bundle of BUNDLES) {
    assert.equal(
      await Deno.readTextFile(toUrl(bundle.file)),
      await makeBundle(bundle),
      `${bundle.file}: run deno task bundles`,
    );
  }
});
