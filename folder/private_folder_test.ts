import assert from "node:assert/strict";
import { PrivateFolder } from "./private_folder.ts";

Deno.test("PrivateFolder is for its owner only, and goes with the last one", async () => {
  const one = new PrivateFolder("one");
  const other = new PrivateFolder("other");
  assert.equal(one.parent, other.parent);
  if (Deno.build.os !== "windows") {
    for (const path of [one.path, one.parent]) {
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o700);
    }
  }
  assert.equal(await Deno.readTextFile(one.write("a", "text")), "text");
  assert.equal(new URL("a", one.url).pathname, `${one.path}/a`);
  one[Symbol.dispose]();
  one[Symbol.dispose]();
  await assert.rejects(Deno.stat(one.path), Deno.errors.NotFound);
  await Deno.stat(other.path);
  const { parent } = other;
  other[Symbol.dispose]();
  await assert.rejects(Deno.stat(parent), Deno.errors.NotFound);
  using next = new PrivateFolder("next");
  await Deno.stat(next.path);
});
