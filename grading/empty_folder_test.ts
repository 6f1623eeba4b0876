import assert from "node:assert/strict";
import { join } from "node:path";
import { emptyFolder } from "./empty_folder.ts";

Deno.test("emptyFolder() removes what is deep, closed or a link, and nothing else", async () => {
  const root = await Deno.makeTempDir({ prefix: "skein-empty-" });
  try {
    await Deno.writeTextFile(join(root, "kept"), "kept");
    const folder = join(root, "folder");
    await Deno.mkdir(join(folder, "a", "b"), { recursive: true });
    await Deno.writeTextFile(join(folder, "a", "b", "file"), "");
    await Deno.mkdir(join(folder, ...Array(800).fill("d")), {
      recursive: true,
    });
    if (Deno.build.os !== "windows") {
      await Deno.symlink(root, join(folder, "up"));
      await Deno.symlink(join(root, "kept"), join(folder, "a", "link"));
      await Deno.chmod(join(folder, "a", "b"), 0);
      await Deno.chmod(join(folder, "a"), 0);
    }
    await emptyFolder(folder);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    assert.equal(await Deno.readTextFile(join(root, "kept")), "kept");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
