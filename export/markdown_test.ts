import assert from "node:assert/strict";
import { renderMarkdown } from "./markdown.ts";
import { beginPage } from "./page.ts";

Deno.test("renderMarkdown() tells formulas from prices and code", () => {
  const check = (source: string, formulas: number) => {
    const html = render(source);
    assert.equal(html.match(/<math\b/g)?.length ?? 0, formulas, source);
    assert.doesNotMatch(html, /skein-math/);
  };
  check("$x$", 1);
  check("a $x_1 + y$, $z$.", 2);
  check("$$x$$", 1);
  check("a $$x$$ b", 1);
  check("$$\nx\n$$", 1);
  check("text\n$$\nx\n$$\ntext", 1);
  check("- item\n\n  $$\n  x\n  $$", 1);
  check("> $$x$$", 1);
  check("\\begin{align}\nx &= y\n\\end{align}", 1);
  check("| a |\n|---|\n| $x$ |", 1);
  check("$5 and $6", 0);
  check("between $5-$10", 0);
  check("US$5, CA$6", 0);
  check("$ x $", 0);
  check("\\$x\\$", 0);
  check("`$x$` and ``$y$``", 0);
  check("$a `code $b` c", 0);
  check("```\n$$x$$\n```", 0);
  check("$$ never closed\n\nx $", 0);
  check("$PATH and $HOME/bin", 0);
});

Deno.test("renderMarkdown() shows the source of a formula with a mistake", () => {
  assert.match(
    render("$\\nope{<b>}$"),
    /<code class="math-error" title="[^"]*\\nope[^"]*">\\nope\{&lt;b&gt;\}<\/code>/,
  );
});

Deno.test("renderMarkdown() gives every heading an anchor of its own", () => {
  const page = beginPage();
  page.anchors.set("A", 1);
  const { headings } = renderMarkdown("# A\n\n## A *b* `c`\n\n## A b c", {
    page,
  });
  assert.deepEqual(headings, [
    { level: 1, text: "A", anchor: "A-2" },
    { level: 2, text: "A b c", anchor: "A-b-c" },
    { level: 2, text: "A b c", anchor: "A-b-c-2" },
  ]);
});

Deno.test("renderMarkdown() renders tables, highlighted code and links", () => {
  assert.equal(
    render("| a |\n|--:|\n| b |"),
    '<div class="scroll-x" tabindex="0"><table>\n<thead>\n<tr>\n<th style="text-align:right">a</th>\n</tr>\n</thead>\n' +
      '<tbody>\n<tr>\n<td style="text-align:right">b</td>\n</tr>\n</tbody>\n</table></div>',
  );
  assert.equal(
    render("```ts\nlet a\n```"),
    '<pre><code class="language-ts"><span class="hljs-keyword">let</span> a\n</code></pre>',
  );
  assert.equal(
    render("pool.py, https://a.b/c"),
    '<p>pool.py, <a href="https://a.b/c">https://a.b/c</a></p>',
  );
});

Deno.test("renderMarkdown() puts attached images into the page and links to others", () => {
  const check = (source: string, expected: string) => {
    const attachments = { "a b.png": { "image/png": "aGk=\n" } };
    const { html } = renderMarkdown(source, {
      attachments,
      page: beginPage(),
    });
    assert.equal(html.replace(/^<p>|<\/p>$/g, ""), expected);
  };
  const image =
    '<img src="data:image/png;base64,aGk=" alt="alt" class="inline paper">';
  check("![alt](attachment:a%20b.png)", image);
  check("<img src='attachment:a b.png' alt='alt'>", image);
  check("![alt](data:image/png;base64,aGk=)", image);
  check(
    "![alt](attachment:other.png)",
    "<span>Image that is not in this file: alt (attachment:other.png)</span>",
  );
  check(
    "![alt](https://a.b/c.png)",
    '<a href="https://a.b/c.png">Image that is not in this file: alt (https://a.b/c.png)</a>',
  );
});

Deno.test("renderMarkdown() removes what could do harm", () => {
  const check = (source: string, expected: string) =>
    assert.equal(render(source), expected);
  check("<script>alert(1)</script>", "");
  check("<b onclick=alert(1)>x</b>", "<p><b>x</b></p>");
  check(
    "<img src=x onerror=alert(1)>",
    "<span>Image that is not in this file: x</span>",
  );
  check("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>");
  check('<a href="java&#10;script:alert(1)">x</a>', "<p><a>x</a></p>");
  check('<a href="data:text/html,x">x</a>', "<p><a>x</a></p>");
  check(
    "<svg><script>alert(1)</script><a href='javascript:1'>x</a></svg>",
    "<p><a>x</a></p>",
  );
  check(
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<p></p>",
  );
  check("<iframe srcdoc='<script>1</script>'></iframe>", "");
  check("<style>body{display:none}</style>", "");
  check("<form action='https://a.b'><input name=q></form>", "");
  check(
    "<link rel=stylesheet href=https://a.b><meta http-equiv=refresh content=0>",
    "",
  );
  check(
    '<p style="color:red;position:fixed;background:url(https://a.b);width:expression(1)">x</p>',
    '<p style="color:red;--tint:red" class="tinted">x</p>',
  );
  check('<p class="skip-link" id="skein-main">x</p>', "<p>x</p>");
  check('<p id="mine">x</p>', '<p id="mine">x</p>');
});

Deno.test("renderMarkdown() draws formulas wherever they stand", () => {
  const check = (source: string, expected: RegExp) =>
    assert.match(render(source), expected);
  const norm = /<math>.*<mi>x<\/mi>.*<\/math>/.source;
  check(
    "| norm | value |\n|---|---|\n| $|x|$ | 1 |",
    new RegExp(`<td>${norm}</td>\\s*<td>1</td>`),
  );
  check(
    "| a |\n|---|\n| $\\|x\\|$ |",
    new RegExp(`<td>${norm.replace("<mi>x", ".*<mi>x")}</td>`),
  );
  check("a | b $x$", /^<p>a \| b <math>/);
  check(
    "<div>\n$x$ and $$y$$\n</div>",
    /^<div>\n<math>.* and <span class="math-display">/,
  );
  check(
    "<div title='$x$'>\n<pre>$y$</pre></div>",
    /^<div title="\$x\$">\n<pre>\$y\$<\/pre><\/div>$/,
  );
  check(
    "See \\\\(p_q\\\\) and \\\\[r_s\\\\].",
    /^<p>See <math>.*and <span class="math-display"><math.*\.<\/p>$/,
  );
  check(
    "$$a=1$$ $$b=2$$",
    /^<p><span class="math-display">.*<span class="math-display">/,
  );
  check("$$\n+ x\n$$", /^<span class="math-display">/);
  check("\\[\n- x\n\\]", /^<span class="math-display">/);
  check("- $$\n  x\n  $$\n- b", /^<ul>\n<li>\n?<span class="math-display">/);
  check("\\[not a link\\]", /^<p>\[not a link\]<\/p>$/);
  check("`$x$` and\n\n    $y$", /<code>\$x\$<\/code> and[^]*<pre><code>\$y\$/);
  check("```\n$a|b$\n```", /\$a\|b\$/);
  check("# $|x|$", /<h1 id="\|x\|"/);
});

Deno.test("renderMarkdown() keeps how words look, and old names of places", () => {
  const check = (source: string, expected: string) =>
    assert.equal(render(source), expected, source);
  check(
    '<font color="red" size="+1" face="x">a</font>',
    '<p><span style="color:red;font-size:large;--tint:red" class="tinted">a</span></p>',
  );
  check(
    "<strike>a</strike> <tt>b</tt>",
    "<p><strike>a</strike> <tt>b</tt></p>",
  );
  check(
    '<span style="background-color:#ff0; font-size:120%">a</span>',
    '<p><span style="background-color:#ff0;font-size:120%" class="painted">a</span></p>',
  );
  check(
    '<div style="border:1px solid #888; padding:8px">a</div>',
    '<div style="border:1px solid #888;padding:8px">a</div>',
  );
  check(
    '<div style="position:fixed;margin:-9px;z-index:1;background:url(x);display:block">a</div>',
    '<div style="display:block">a</div>',
  );
  check(
    '<span style="color: white; background: #333 !important">a</span>',
    '<p><span style="color:white;background:#333 !important" class="painted">a</span></p>',
  );
  check(
    '<table><tr><td bgcolor="lightblue">a</td><td bgcolor="url(x)">b</td></tr></table>',
    '<table><tr><td style="background-color:lightblue" class="painted">a</td><td>b</td></tr></table>',
  );
  // Through these the page is seen, light or dark.
  check(
    '<b style="background:rgba(255,0,0,.1)">a</b><b style="background:transparent">b</b>',
    '<p><b style="background:rgba(255,0,0,.1)">a</b><b style="background:transparent">b</b></p>',
  );
  check('<a name="here"></a>', '<p><a id="here"></a></p>');
  check('<a name="skein-main"></a>', "<p><a></a></p>");
  check(
    "- [ ] open\n- [x] *done*\n- [y] no",
    '<ul>\n<li class="task"><input type="checkbox" disabled="" aria-label="To do"> open</li>\n' +
      '<li class="task"><input type="checkbox" disabled="" aria-label="Done" checked=""> <em>done</em></li>\n<li>[y] no</li>\n</ul>',
  );
});

Deno.test("renderMarkdown() lets no formula out of an attribute", () => {
  const html = render(`<b title='<skein-math n="0"></skein-math>'>x</b> $y$`);
  assert.equal(
    html,
    '<p><b title="&lt;skein-math n=&quot;0&quot;&gt;&lt;/skein-math&gt;">x</b> <math><mi>y</mi></math></p>',
  );
});

function render(source: string): string {
  return renderMarkdown(source, { page: beginPage() }).html;
}

Deno.test("renderMarkdown() lets wide boxes of code take the focus, to scroll them", () => {
  const render = (source: string) =>
    renderMarkdown(source, { page: beginPage() }).html;
  const wide = "x".repeat(60);
  assert.match(render(`\`\`\`ts\n${wide}\n\`\`\``), /^<pre tabindex="0"><code/);
  assert.match(render(`    ${wide}`), /^<pre tabindex="0"><code/);
  assert.match(
    render(`<pre id="a">${wide}</pre>`),
    /^<pre tabindex="0" id="a">/,
  );
  assert.match(render("```ts\nx\n```"), /^<pre><code/);
});
