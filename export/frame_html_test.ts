import assert from "node:assert/strict";
import { reduceHtml } from "./frame_html.ts";

const reduce = (html: string) =>
  reduceHtml(html, (source) => source === "a.png" ? "data:,A" : undefined);

function check(table: readonly (readonly [html: string, expected: string])[]) {
  for (const [html, expected] of table) {
    assert.equal(reduce(html), expected, html);
  }
}

Deno.test("reduceHtml() keeps what is to be read and looked at", () => {
  check([
    [
      "<p class=a id=b>x &amp; y<br>z",
      '<p class="a" id="b">x &amp; y<br>z</p>',
    ],
    [
      "<table><tr><td colspan=2>1<td>2</table>",
      '<table><tr><td colspan="2">1</td><td>2</td></tr></table>',
    ],
    [
      "<style>a > b { color: red }</style>",
      "<style>a > b { color: red }</style>",
    ],
    [
      '<svg viewBox="0 0 1 1"><use href="#a"/><path fill="url(#g)"/></svg>',
      '<svg viewbox="0 0 1 1"><use href="#a"></use><path fill="url(#g)"></path></svg>',
    ],
    [
      '<img src="data:image/png;base64,AA==">',
      '<img src="data:image/png;base64,AA==">',
    ],
    ['<img src="a.png" alt=x>', '<img alt="x" src="data:,A">'],
    ["<math><mi>x</mi></math>", "<math><mi>x</mi></math>"],
    ["<my-element>x</my-element>", "x"],
    ["1 < 2 & <", "1 &lt; 2 &amp; &lt;"],
    ["<!-- no --><b>x", "<b>x</b>"],
    ["<noscript><b>x</b></noscript>", "<b>x</b>"],
  ]);
});

Deno.test("reduceHtml() leaves out what asks for something", () => {
  check([
    ["<link rel=preconnect href=//a.example>", ""],
    ["<LINK/rel=dns-prefetch href=//a.example>", ""],
    ['<meta http-equiv=refresh content="0;url=//a.example">', ""],
    ["<base href=//a.example>x", "x"],
    ["<script src=//a.example></script>x", "x"],
    ["<script type=speculationrules>{}</script>x", "x"],
    ["<img srcset='//a.example 2x'>", "<img>"],
    [
      "<img src=//a.example/x.png>",
      "(an image that is not in this file: //a.example/x.png)",
    ],
    ["<video poster=//a.example src=//a.example></video>", "<video></video>"],
    [
      "<picture><source srcset=//a.example></picture>",
      "<picture><source></picture>",
    ],
    ["<table background=//a.example>", "<table></table>"],
    ["<input type=image src=//a.example>", '<input type="image">'],
    [
      "<form action=//a.example><button formaction=//a.example>x",
      "<button>x</button>",
    ],
    [
      "<a href=//a.example ping=//b.example>x</a>",
      '<a title="//a.example">x</a>',
    ],
    ["<a href='#part'>x</a>", '<a href="#part">x</a>'],
    ["<svg><image href=//a.example></svg>", "<svg><image></image></svg>"],
    ["<svg><use xlink:href='//a.example#x'></svg>", "<svg><use></use></svg>"],
    ["<svg><set attributeName=href to=//a.example>", "<svg></svg>"],
    ["<svg><animate attributeName='xlink:href' values=//a>", "<svg></svg>"],
    ["<svg><path fill='url(//a.example#x)'></svg>", "<svg><path></path></svg>"],
    ["<p style='background:url(//a.example)'>x", "<p>x</p>"],
    ["<p style='background:u\\72l(//a.example)'>x", "<p>x</p>"],
    ["<p style='background:url(/**/\"//a.example\")'>x", "<p>x</p>"],
    ["<p style='background:image-set(\"//a.example\" 1x)'>x", "<p>x</p>"],
    ["<p style='color:red' onclick=f()>x", '<p style="color:red">x</p>'],
    ["<template><link rel=preconnect></template>", ""],
    ["<textarea></textarea><link rel=preconnect>", "<textarea></textarea>"],
  ]);
});

Deno.test("reduceHtml() names frames and plug-ins, with nothing of them", () => {
  check([
    [
      '<iframe src="https://a.example"><p>x</p></iframe>y',
      "(a frame that is not in this file: https://a.example)y",
    ],
    [
      '<iframe srcdoc="&lt;link rel=preconnect href=//a.example&gt;"></iframe>',
      "(a frame that a page can not show)",
    ],
    [
      "<object data=//a.example><b>x</b></object>",
      "(a frame that is not in this file: //a.example)",
    ],
    [
      "<embed src=//a.example>y",
      "(a frame that is not in this file: //a.example)y",
    ],
  ]);
});

Deno.test("reduceHtml() leaves a browser nothing to read in another way", () => {
  for (
    const html of [
      "<svg><style><p><link rel=preconnect href=//a.example>",
      "<style></style ><link rel=preconnect href=//a.example></style>",
      "<title><link rel=preconnect href=//a.example></title>",
      "<textarea><link rel=preconnect href=//a.example></textarea>",
      "<xmp><link rel=preconnect href=//a.example></xmp>",
      "<noembed><link rel=preconnect href=//a.example></noembed>",
      "<plaintext><link rel=preconnect href=//a.example>",
      "<!--><link rel=preconnect href=//a.example>-->",
      "<![CDATA[><link rel=preconnect href=//a.example>]]>",
      "<svg><![CDATA[<link rel=preconnect href=//a.example>]]></svg>",
      "<?x ><link rel=preconnect href=//a.example>",
      "<p title='\"><link rel=preconnect href=//a.example>'>",
      '<p a="><link rel=preconnect href=//a.example>',
      "<math><mtext><mglyph><style><link rel=preconnect href=//a.example>",
      "<svg><foreignObject><link rel=preconnect href=//a.example>",
      "<\0link rel=preconnect href=//a.example>",
      "<p/<link rel=preconnect href=//a.example>",
      "<svg><title><link rel=preconnect href=//a.example></title></svg>",
    ]
  ) {
    assert.doesNotMatch(reduce(html), /<\s*(?:link|meta|base|iframe)/i, html);
    // In a style sheet nothing begins, whatever reads it.
    assert.doesNotMatch(reduce(html), /<style[^>]*>[^<]*<(?!\/style>)/i, html);
  }
});
