import assert from "node:assert/strict";
import { site } from "./site.ts";
import { fails, openFolder } from "./test_folder.ts";

const notebook = (source: string) =>
  JSON.stringify({
    cells: [{ cell_type: "markdown", metadata: {}, source }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

Deno.test("site() orders notebooks by number, and leaves out what is hidden or made by it", async () => {
  await using folder = await openFolder({
    "nb/10.ipynb": notebook("# Ten"),
    "nb/9.ipynb": notebook("# Nine\n\n[a](a.csv) [b](.env) [c](../secret.txt)"),
    "nb/.hidden/1.ipynb": notebook("# Hidden"),
    "nb/node_modules/1.ipynb": notebook("# Package"),
    "nb/site/1.ipynb": notebook("# Of an earlier site"),
    "nb/a.csv": "a",
    "nb/.env": "secret",
    "secret.txt": "secret",
  });
  const { code, lines } = await make(folder.at("nb"));
  assert.equal(code, 1);
  assert.deepEqual(
    lines.map((line) => line.replace(/^.*\/nb\/site\//, "")),
    [
      '9.html: the link ".env" leads nowhere, there is no such file in the folder',
      '9.html: the link "../secret.txt" leads nowhere, there is no such file in the folder',
      "index.html and 6 files beside it",
    ],
  );
  const made = folder.files().filter((path) => path.startsWith("nb/site/"));
  assert.deepEqual(made.map((path) => path.slice("nb/site/".length)), [
    ...["1.ipynb", "10.html", "9.html", "a.csv", "index.html"],
    ...["minisearch.js", "search-index.js", "site.js"],
  ]);
  const index = await Deno.readTextFile(folder.at("nb/site/index.html"));
  assert.ok(index.indexOf("Nine") < index.indexOf("Ten"));
});

Deno.test("site() names a folder that is none, or has no notebooks", async () => {
  await using folder = await openFolder({ "a/x.txt": "" });
  assert.match(await fails(make(folder.at("a"))), /it has no notebooks$/);
  assert.match(await fails(make(folder.at("b"))), /there is no such file$/);
  assert.match(await fails(make(folder.at("a/x.txt"))), /expected$/);
});

Deno.test("site() takes colours, a template, and names out", async () => {
  await using folder = await openFolder({
    "nb/a.ipynb": notebook("# A\n\nIt ran in /home/zoe9/course on host."),
    "page.html":
      '<!doctype html><html lang="{{lang}}"{{theme}}><head>{{head}}</head><body><p>Mine</p>{{ body }}<i>{{footer}}</i></body></html>',
    "bad.html": "<p>{{body}}</p>",
  });
  const { code } = await make(
    folder.at("nb"),
    { theme: "dark", template: folder.at("page.html") },
    ["redact"],
  );
  assert.equal(code, 0);
  for (const name of ["a.html", "index.html"]) {
    const html = await Deno.readTextFile(folder.at(`nb/site/${name}`));
    assert.match(html, /<html lang="en" data-theme="dark">/);
    assert.match(html, /<p>Mine<\/p><header class="site-header">/);
    assert.match(html, /<script src="site.js" data-base="" nonce="[^"]+">/);
    // Nothing to switch, and one footer, where the template has it.
    assert.doesNotMatch(html, /id="skein-theme"|data-switch|zoe9/);
    assert.equal(html.match(/<footer/g)?.length ?? 0, 1, html.slice(-600));
  }
  const bad = make(folder.at("nb"), { template: folder.at("bad.html") });
  assert.match(await fails(bad), /\{\{head\}\} is missing/);
  const theme = make(folder.at("nb"), { theme: "pink" });
  assert.match(await fails(theme), /--theme is "pink", expected light, dark/);
});

async function make(
  folder: string,
  values: Record<string, string> = {},
  flags: readonly string[] = [],
) {
  const lines: string[] = [];
  const code = await site({
    operand: folder,
    operands: [folder],
    values,
    lists: {},
    flags: new Set(flags),
    ignored: [],
  }, {
    print: (line) => lines.push(line),
    ask: () => Promise.resolve(null),
    env: (name) => name === "HOME" ? "/home/zoe9" : undefined,
  });
  return { code, lines };
}
