import assert from "node:assert/strict";
import type { Cell } from "../../nbformat/mod.ts";
import { relativePath, resolvePath, rewriteLinks } from "./links.ts";
import { Sections } from "./sections.ts";
import { makeSite } from "./site.ts";

Deno.test("rewriteLinks() leads links to pages, and leaves all others", () => {
  const check = (written: string, expected: string, to: string | null) => {
    const found: string[] = [];
    const html = rewriteLinks(`<a class="x" href="${written}">a</a>`, {
      page: "deep/a.html",
      notebook: "deep/a.ipynb",
      pages: new Map([["b c.ipynb", "b c.html"], [
        "deep/d.ipynb",
        "deep/d.html",
      ]]),
      found: (link) => found.push(`${link.to}#${link.anchor}`),
    });
    assert.equal(html, `<a class="x" href="${expected}">a</a>`);
    assert.deepEqual(found, to === null ? [] : [to]);
  };
  check("../b%20c.ipynb#A-%C3%A9", "../b%20c.html#A-%C3%A9", "b c.html#A-é");
  check("d.ipynb", "d.html", "deep/d.html#");
  check("./d.ipynb?x=1&amp;y#z", "d.html?x=1&amp;y#z", "deep/d.html#z");
  check("#here", "#here", "deep/a.ipynb#here");
  check("data.csv", "data.csv", "deep/data.csv#");
  check("../../out.ipynb", "../../out.ipynb", "../out.ipynb#");
  check("https://a.test/b.ipynb", "https://a.test/b.ipynb", null);
  check("//a.test/b.ipynb", "//a.test/b.ipynb", null);
  check("mailto:a@b.test", "mailto:a@b.test", null);
  check("100%.ipynb", "100%.ipynb", "deep/100%.ipynb#");
});

Deno.test("resolvePath() and relativePath() undo each other", () => {
  for (const from of ["a.html", "x/a.html", "x/y/a.html"]) {
    for (const to of ["b.html", "x/b.html", "x/y/b.html", "z/b.html"]) {
      assert.equal(resolvePath(from, relativePath(from, to)), to);
    }
  }
  assert.equal(relativePath("a.html", "b:c.html"), "./b:c.html");
});

Deno.test("Sections cuts a page at its headings, and keeps no markup", () => {
  const sections = new Sections();
  sections.add(
    '<div class="cell"><p>Before <em>all</em>, x<sup>2</sup>.</p>' +
      '<h2 id="A-&amp;">A &amp; b <a class="anchor" href="#x" aria-label="l">#</a></h2>' +
      '<pre>let <span>a</span> &lt; 1</pre><img alt="no" src="data:,"></div>',
  );
  sections.add('<iframe srcdoc="<p>secret</p>"></iframe><p>More</p>');
  assert.deepEqual(sections.all, [
    { anchor: "", heading: "", text: "Before all, x2." },
    { anchor: "A-&", heading: "A & b", text: "let a < 1 More" },
  ]);
});

Deno.test("makeSite() writes pages, an index of them, and what searches them", () => {
  const files = new Map<string, string>();
  const made = makeSite([
    notebook("index.ipynb", "# Start\n\n[two](sub/two.ipynb#Two)"),
    notebook(
      "sub/two.ipynb",
      "# Two & {{title}}\n\n[one](../index.ipynb), [no](x.txt)",
    ),
  ], {
    title: "A {{site}} </script>",
    searchScript: "search",
    scriptNonce: "secret",
    hasFile: () => false,
  });
  let next = made.next();
  for (; !next.done; next = made.next()) {
    assert.ok("content" in next.value);
    files.set(next.value.path, [...next.value.content].join(""));
  }
  assert.deepEqual([...files.keys()], [
    "index-notebook.html",
    "sub/two.html",
    ...["index.html", "site.js", "minisearch.js", "search-index.js"],
  ]);
  assert.deepEqual(next.value, [
    'index-notebook.html: the link "sub/two.ipynb#Two" leads nowhere, the page has no such place',
    'sub/two.html: the link "x.txt" leads nowhere, there is no such file in the folder',
  ]);
  const two = files.get("sub/two.html")!;
  assert.match(two, /<a href="\.\.\/index-notebook\.html">one/);
  assert.match(
    two,
    /<script src="\.\.\/site\.js" data-base="\.\.\/" data-switch nonce="secret">/,
  );
  assert.match(two, /script-src [^;]* 'nonce-secret'/);
  assert.match(two, /<title>Two &amp; \{\{title\}\}<\/title>/);
  assert.match(two, /rel="prev" href="\.\.\/index-notebook\.html"/);
  for (const [path, text] of files) {
    assert.doesNotMatch(text, /(?:src|href)="(?:https?:|\/)/, path);
  }
});

function notebook(path: string, source: string) {
  const cell: Cell = { cell_type: "markdown", id: "m", metadata: {}, source };
  return {
    path,
    document: { metadata: {}, cells: [cell] },
    embedImage: () => undefined,
  };
}
