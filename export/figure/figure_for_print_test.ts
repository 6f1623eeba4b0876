import assert from "node:assert/strict";
import { figureForPrint } from "./figure_for_print.ts";

function check(inside: string, expected: string): void {
  const drawn = figureForPrint(
    `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`,
  );
  const [, body = ""] = /^<svg[^>]*>(.*)<\/svg>$/s.exec(drawn ?? "") ?? [];
  assert.equal(body, expected);
}

Deno.test("figureForPrint() resolves variables where they hold", () => {
  check(
    "<style>svg{--a:red;--b:var(--a)} .x{--a:#00f;fill:var(--a)} rect{stroke:var(--b);fill:var(--none,green)}</style>" +
      '<rect/><rect class="x"/>',
    '<rect stroke="#ff0000" fill="#008000"/><rect stroke="#ff0000" fill="#0000ff"/>',
  );
  // A variable that leads back to itself is none.
  check(
    "<style>svg{--a:var(--b);--b:var(--a)} rect{fill:var(--a)}</style><rect/>",
    "<rect/>",
  );
});

Deno.test("figureForPrint() takes the colours of white paper", () => {
  const css =
    "rect{fill:#111}@media (prefers-color-scheme:dark){rect{fill:#eee}}" +
    "@media (prefers-color-scheme:light){rect{stroke:#222}}";
  check(
    `<style>${css}</style><rect/>`,
    '<rect fill="#111111" stroke="#222222"/>',
  );
  check(
    '<rect style="fill:light-dark(white, black)"/>',
    '<rect fill="#ffffff"/>',
  );
  check(
    '<rect style="fill:color-mix(in srgb, #000 25%, #fff)"/>',
    '<rect fill="#bfbfbf"/>',
  );
  check(
    '<g color="#123456"><rect fill="currentColor"/></g>',
    '<g color="#123456"><rect fill="#123456"/></g>',
  );
});

Deno.test("figureForPrint() lets the stronger rule win", () => {
  check(
    "<style>#a{fill:red}.b{fill:blue}rect{fill:green}</style>" +
      '<rect id="a" class="b" fill="black"/>',
    '<rect id="a" fill="#ff0000"/>',
  );
  check(
    "<style>.b{fill:blue!important}</style>" +
      '<rect class="b" style="fill:red"/>',
    '<rect fill="#0000ff"/>',
  );
});

Deno.test("figureForPrint() leaves nothing that runs, moves or asks", () => {
  check(
    "<script>f()</script><rect onclick='f()'/><animate attributeName='x'/>" +
      "<image href='http://a.example/x.png'/><a href='javascript:f()'><path d='M0 0'/></a>" +
      "<use href='http://a.example#x'/>",
    '<rect/><g><path d="M0 0"/></g><use/>',
  );
});

Deno.test("figureForPrint() draws a halo below its text", () => {
  check(
    '<text style="paint-order:stroke;stroke:#fff;fill:#000">a</text>',
    '<text paint-order="normal" stroke="#ffffff" fill="#ffffff">a</text>' +
      '<text paint-order="normal" stroke="none" fill="#000000">a</text>',
  );
});

Deno.test("figureForPrint() names fonts that the document has", () => {
  check(
    '<text font-family="system-ui,sans-serif">a</text><text font-family="ui-monospace">b</text><text font-family="Georgia, serif">c</text>',
    '<text font-family="Inter, sans-serif">a</text>' +
      '<text font-family="DejaVu Sans Mono, monospace">b</text>' +
      '<text font-family="Libertinus Serif, serif">c</text>',
  );
});

Deno.test("figureForPrint() writes HTML in a drawing as text", () => {
  const drawn = figureForPrint(
    '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject x="1" y="2" width="60" height="50" font-size="10">' +
      "<div>two words <b>here</b></div><p>and &lt;more&gt;</p></foreignObject></svg>",
  )!;
  assert.doesNotMatch(drawn, /foreignObject|<div/);
  assert.match(drawn, /<tspan x="1" y="12">two words<\/tspan>/);
  assert.match(drawn, />here<\/tspan>.*y="38">and &lt;more&gt;</);
});

Deno.test("figureForPrint() draws patterns as lines", () => {
  const pattern =
    '<pattern id="p" width="5" height="4" patternUnits="userSpaceOnUse"><rect width="5" height="4" fill="#fff"/><rect width="1" height="4" fill="#000"/></pattern>';
  const drawn = figureForPrint(
    `<svg xmlns="http://www.w3.org/2000/svg"><defs>${pattern}</defs><rect x="10" y="8" width="20" height="8" fill="url(#p)" stroke="red"/></svg>`,
  )!;
  // One piece of ground, and a line for each of the four columns.
  assert.match(
    drawn,
    /<rect width="20" height="8" x="10" y="8" fill="#ffffff"\/>|<rect width="20" height="8" fill="#ffffff" x="10" y="8"\/>/,
  );
  assert.equal(drawn.match(/<rect width="1" height="8"/g)?.length, 4);
  assert.match(
    drawn,
    /fill="none" stroke="#ff0000"|stroke="#ff0000" fill="none"/,
  );
  // Too many tiles are left to the viewer.
  const large = figureForPrint(
    `<svg xmlns="http://www.w3.org/2000/svg"><defs>${pattern}</defs><rect width="9000" height="9000" fill="url(#p)"/></svg>`,
  )!;
  assert.match(large, /fill="url\(#p\)"/);
});

Deno.test("figureForPrint() gives nothing where there is no drawing", () => {
  assert.equal(figureForPrint("no drawing"), undefined);
});
