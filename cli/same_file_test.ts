import assert from "node:assert/strict";
import { checkPage } from "./same_file.ts";
import { fails, openFolder } from "./test_folder.ts";

Deno.test("checkPage() keeps pages off notebooks, by whatever name", async () => {
  await using folder = await openFolder({ "a.ipynb": "{}", "sub/x": "" });
  const check = async (page: string, notebook: string, isFine: boolean) => {
    const result = checkPage(folder.at(page), [
      folder.at("x"),
      folder.at(notebook),
    ]);
    if (isFine) return await result;
    assert.match(await fails(result), /: the notebook is there, expected/);
  };
  await check("a.html", "a.ipynb", true);
  await check("a.ipynb", "a.ipynb", false);
  await check("./sub/../a.ipynb", "a.ipynb", false);
  // Neither is there yet.
  await check("new.ipynb", "sub/../new.ipynb", false);
  await check("new/b/c", "sub/../new/b/c", false);
  await check("new.html", "new.ipynb", true);
  if (Deno.build.os === "windows") return;
  await Deno.symlink("a.ipynb", folder.at("link"));
  await Deno.symlink("link", folder.at("link2"));
  await Deno.symlink(".", folder.at("here"));
  await Deno.symlink("new.ipynb", folder.at("dangling"));
  await Deno.symlink("around", folder.at("around"));
  await Deno.link(folder.at("a.ipynb"), folder.at("hard"));
  for (const page of ["link", "link2", "here/a.ipynb", "hard"]) {
    await check(page, "a.ipynb", false);
    await check("a.ipynb", page, false);
  }
  await check("dangling", "new.ipynb", false);
  await check("here/new.ipynb", "new.ipynb", false);
  await check("around", "a.ipynb", true);
});
