import assert from "node:assert/strict";
import { imagesIn } from "./local_images.ts";
import { openFolder } from "./test_folder.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3"></svg>';
const URI = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(SVG)}`;

Deno.test("imagesIn() finds images by whatever address names them", async () => {
  const names = [
    "a.svg",
    "in/a b.svg",
    "100%.svg",
    "q?.svg",
    "é.svg",
    "%41.svg",
  ];
  await using folder = await openFolder(
    Object.fromEntries(names.map((name) => [name, SVG])),
  );
  const find = imagesIn(folder.at(""));
  for (
    const source of [
      ...["a.svg", "./a.svg", "in/../a.svg", "a.svg?v=2", "a.svg#x", "%61.svg"],
      ...["in/a b.svg", "in/a%20b.svg", "in%2Fa%20b.svg?x=1#y", "100%.svg"],
      ...["100%25.svg", "q?.svg", "q%3F.svg", "é.svg", "%C3%A9.svg"],
      ...["%2541.svg", "%41.svg"],
    ]
  ) assert.equal(find(source), URI, source);
  for (
    const source of [
      ...["", "in", ".", "b.svg", "a.svg/", "file:a.svg", "https://a.b/a.svg"],
      ...["//a.b/a.svg", "/a.svg", folder.at("a.svg"), "a.svg\0"],
      `file://${folder.at("a.svg")}`,
    ]
  ) assert.equal(find(source), undefined, source);
});

Deno.test({
  name:
    "imagesIn() reads nothing outside of the folder, and nothing but images",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({
      "out.svg": SVG,
      "nb-2/out.svg": SVG,
      "nb/in/a.svg": SVG,
      "nb/secret.svg": "password",
      "nb/secret.png": "GIF and a password",
    });
    await Deno.symlink("../out.svg", folder.at("nb/link.svg"));
    await Deno.symlink("..", folder.at("nb/up"));
    await Deno.symlink("in", folder.at("nb/down"));
    const made = new Deno.Command("mkfifo", { args: [folder.at("nb/fifo")] });
    assert.ok((await made.output()).success);
    const find = imagesIn(folder.at("nb"));
    for (
      const source of [
        ...["../out.svg", "..%2Fout.svg", "in/../../out.svg", "link.svg"],
        ...[
          "up/out.svg",
          "../nb-2/out.svg",
          "fifo",
          "secret.svg",
          "secret.png",
        ],
      ]
    ) assert.equal(find(source), undefined, source);
    // A link that stays inside leads where it says.
    assert.equal(find("down/a.svg"), URI);
    await Deno.symlink("nb", folder.at("linked"));
    assert.equal(imagesIn(folder.at("linked"))("in/a.svg"), URI);
  },
});
