import assert from "node:assert/strict";
import type { MimeBundle, Output } from "../protocol/mod.ts";
import { renderOutputs } from "./outputs.ts";
import { beginPage } from "./page.ts";

Deno.test("renderOutputs() marks stderr and errors by more than colour", () => {
  const check = (outputs: readonly Output[], expected: string) =>
    assert.equal(render(outputs), expected);
  const pre = (text: string) => `<pre class="output-text scroll">${text}</pre>`;
  const stream = (name: "stdout" | "stderr", text: string): Output => ({
    output_type: "stream",
    name,
    text,
  });
  check([], "");
  check([stream("stdout", "a\n")], `<div class="output">${pre("a")}</div>`);
  check(
    [stream("stdout", "10%"), stream("stdout", "\r20%")],
    `<div class="output">${pre("20%")}</div>`,
  );
  check(
    [stream("stdout", "a"), stream("stderr", "b")],
    `<div class="output">${
      pre("a")
    }</div>\n<div class="output stderr"><p class="output-label">stderr</p>${
      pre("b")
    }</div>`,
  );
  const error: Output = {
    output_type: "error",
    ename: "E",
    evalue: "<v>",
    traceback: ["\x1b[31mE\x1b[0m", "at"],
  };
  const label = '<div class="output error"><p class="output-label">Error</p>';
  check(
    [error],
    `${label}${pre('<span class="ansi-fg-1">E</span>\nat')}</div>`,
  );
  check([{ ...error, traceback: [] }], `${label}${pre("E: &lt;v&gt;")}</div>`);
});

Deno.test("renderOutputs() shows the best format that it can", () => {
  const check = (data: MimeBundle, expected: RegExp) =>
    assert.match(display(data), expected);
  check({ "text/plain": "p", "text/html": "<b>h</b>" }, /<iframe/);
  check({ "text/plain": "p", "text/markdown": "*m*" }, /<em>m<\/em>/);
  check(
    { "text/plain": "p", "text/latex": "$x$ <b>" },
    /<math><mi>x<\/mi><\/math> &lt;b&gt;/,
  );
  check(
    { "image/png": "aGk=", "image/svg+xml": "<svg/>" },
    /src="data:image\/svg/,
  );
  check(
    { "image/png": "aGk=", "text/plain": 'a "cat"' },
    /src="data:image\/png;base64,aGk=" alt="a &quot;cat&quot;"/,
  );
  check(
    { "application/json": { a: [1] }, "text/plain": "p" },
    /hljs-attr.*&quot;a&quot;/,
  );
  check(
    { "application/vnd.x+json": {}, "text/plain": "p" },
    /<pre class="output-text scroll">p</,
  );
  check({ "application/javascript": "alert(1)", "text/plain": "p" }, />p</);
  check({ "application/javascript": "alert('x')" }, /<pre.*alert/);
  check(
    { "application/vnd.x+json": {} },
    /a page cannot show: application\/vnd\.x\+json/,
  );
  check({}, /a page cannot show: no format/);
});

Deno.test("renderOutputs() passes over content that is not what its format says", () => {
  const check = (mimeType: string, content: unknown) =>
    assert.match(display({ [mimeType]: content, "text/plain": "p" }), />p</);
  check("text/html", 5);
  check("text/html", null);
  check("text/markdown", { a: 1 });
  check("image/png", ["a"]);
  check("image/png", '"><script>alert(1)</script>');
  check("image/svg+xml", 5);
  assert.match(display({ "text/plain": 5 }), /a page cannot show: text\/plain/);
});

Deno.test("renderOutputs() makes HTML part of a trusted page only", () => {
  const html = "<b onclick='a()'>x</b>";
  const trusted = render([{
    output_type: "display_data",
    data: { "text/html": html },
    metadata: {},
  }], true);
  assert.equal(
    trusted,
    `<div class="output"><div class="html-output scroll-x">${html}</div></div>`,
  );
  const framed = display({ "text/html": html });
  assert.match(framed, /sandbox="allow-scripts"/);
  assert.match(
    framed,
    /&lt;body&gt;&lt;b&gt;x&lt;\/b&gt;"><\/iframe>/,
  );
});

Deno.test("renderOutputs() puts images of the folder into trusted HTML, and changes nothing else", () => {
  const check = (html: string, expected: string) => {
    const output = {
      output_type: "display_data",
      data: { "text/html": html },
      metadata: {},
    } as const;
    const page = beginPage({
      isTrusted: true,
      embedImage: (source) => source === "a b.png" ? "data:x" : undefined,
    });
    assert.equal(
      renderOutputs([plain(output)], { page, mayFail: false }),
      `<div class="output"><div class="html-output scroll-x">${expected}</div></div>`,
    );
  };
  check('<img alt="x" src="a b.png">', '<img alt="x" src="data:x">');
  check("<IMG\nsrc = 'a b.png' width=3>", '<IMG\nsrc = "data:x" width=3>');
  check("<img src=a&#32;b.png>", '<img src="data:x">');
  for (
    const html of [
      '<img src="other.png">',
      '<img data-src="a b.png">',
      '<image src="a b.png">',
      "<script>f('a b.png')</script>",
    ]
  ) check(html, html);
});

Deno.test("renderOutputs() shows an image as itself where the script beside it may not run", () => {
  const image = {
    "image/svg+xml":
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`,
  };
  const live =
    `<div><style>p{color:red}</style><img src="data:,"><script>zoom()</script></div>`;
  const framed = /<iframe/;
  assert.doesNotMatch(display({ "text/html": live, ...image }), framed);
  assert.match(display({ "text/html": live }), framed);
  // Words, such as a table below the image, would be lost.
  assert.match(display({ "text/html": `${live}<p>1</p>`, ...image }), framed);
});

Deno.test("renderOutputs() lets a long or wide box take the focus, to scroll it", () => {
  assert.match(display({ "text/plain": "a\n".repeat(50) }), /tabindex="0"/);
  assert.match(display({ "text/plain": "a".repeat(500) }), /tabindex="0"/);
  assert.doesNotMatch(display({ "text/plain": "a\nb" }), /tabindex/);
});

function render(outputs: readonly Output[], isTrusted = false): string {
  return renderOutputs(outputs.map(plain), {
    page: beginPage({ isTrusted }),
    mayFail: false,
  });
}

function display(data: MimeBundle): string {
  return render([{ output_type: "display_data", data, metadata: {} }]);
}

function plain(output: Output) {
  return { output, caption: null, alt: null, label: null };
}
