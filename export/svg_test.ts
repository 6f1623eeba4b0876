import assert from "node:assert/strict";
import { readPixels, readSvg } from "./svg.ts";

const NS = 'xmlns="http://www.w3.org/2000/svg"';

Deno.test("readSvg() makes a file of what a page would draw", () => {
  const check = (source: string, expected: string) =>
    assert.equal(readSvg(source)?.xml, expected, source);
  check(`<svg ${NS}/>`, `<svg ${NS}></svg>`);
  check("<svg><g/></svg>", `<svg ${NS}><g></g></svg>`);
  check(
    "<svg xmlns=''><g/></svg>",
    `<svg ${NS}><g></g></svg>`,
  );
  check(
    "<svg><use xlink:href='#r' width=5 /></svg>",
    `<svg ${NS} xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#r" width="5"></use></svg>`,
  );
  check(
    "<svg><text>a&nbsp;b &lt; &eacute;&bogus;</text></svg>",
    `<svg ${NS}><text>a\u00a0b &lt; é&amp;bogus;</text></svg>`,
  );
  check(
    "<svg><text inkscape:label='x'>a",
    `<svg ${NS} xmlns:inkscape="urn:inkscape"><text inkscape:label="x">a</text></svg>`,
  );
  check(
    "<svg><style><![CDATA[a>b{}&]]></style></svg>",
    `<svg ${NS}><style>a&gt;b{}&amp;</style></svg>`,
  );
  check(
    `<?xml version="1.0"?><!-- x --><!DOCTYPE svg [<!ENTITY c "red"><!ENTITY d '1'>]><svg><path fill="&c;" d="&d;"/></svg><p>after`,
    `<svg ${NS}><path fill="red" d="1"></path></svg>`,
  );
  check(
    "<svg a=1 a=2><g b c='\0\x01'/></svg>",
    `<svg a="1" ${NS}><g b="" c=""></g></svg>`,
  );
  check(
    "<svg><linearGradient/></svg>",
    `<svg ${NS}><linearGradient></linearGradient></svg>`,
  );
  check(
    "<SVG VIEWBOX='0 0 1 1'><LinearGradient GRADIENTUNITS=x></lineargradient></SVG>",
    `<svg viewBox="0 0 1 1" ${NS}><linearGradient gradientUnits="x"></linearGradient></svg>`,
  );
  check(
    "<svg><ForeignObject><P>a</p></ForeignObject></svg>",
    `<svg ${NS}><foreignObject><p>a</p></foreignObject></svg>`,
  );
  check(btoa("<svg/>"), `<svg ${NS}></svg>`);
});

Deno.test("readSvg() finds no drawing where there is none", () => {
  for (
    const source of ["", "text", "<p>x</p>", "<html></html>", btoa("text")]
  ) {
    assert.equal(readSvg(source), undefined, source);
  }
});

Deno.test("readSvg() reads how large a drawing is, and what it says", () => {
  const check = (
    source: string,
    expected: { width?: number; height?: number; text?: string },
  ) => {
    const { width, height, text } = readSvg(source)!;
    assert.deepEqual(
      { width, height, text },
      { width: undefined, height: undefined, text: "", ...expected },
      source,
    );
  };
  check("<svg/>", {});
  check("<svg width=80 height='40px'/>", { width: 80, height: 40 });
  check("<svg width='120pt' height='60pt'/>", { width: 160, height: 80 });
  check("<svg width='2in' height='25.4mm'/>", { width: 192, height: 96 });
  check("<svg viewBox='0 0 12,6'/>", { width: 12, height: 6 });
  check("<svg width='100%' viewBox='0 0 12 6'/>", { width: 12, height: 6 });
  check("<svg width='24' viewBox='0 0 12 6'/>", { width: 24, height: 12 });
  check("<svg height='3' viewBox='0 0 12 6'/>", { width: 6, height: 3 });
  check("<svg width='-1' height='x'/>", {});
  check(
    "<svg><title>T</title><desc> D &amp; E</desc><g><title>no</title></g></svg>",
    {
      text: "T. D & E",
    },
  );
});

Deno.test("readPixels() knows lengths that depend on nothing", () => {
  const check = (text: string | undefined, expected: number | undefined) =>
    assert.equal(readPixels(text), expected, text);
  check("1e2", 100);
  check(" 12 ", 12);
  check("50%", undefined);
  check("0", undefined);
  check("5vw", undefined);
  check("", undefined);
  check(undefined, undefined);
});
