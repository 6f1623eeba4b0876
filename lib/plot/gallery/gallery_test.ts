/**
 * Holds the figures of the gallery: drawn as committed, on every paper within its
 * edges, and listed in `docs/gallery.md`.
 *
 * Compared are bodies, and the theme once: a change of a colour breaks one test.
 * Who can tell colours apart, `theme_test.ts` computes. After a wanted
 * change: `deno task gallery`, then look at the files in `docs/gallery/`.
 */
import assert from "node:assert/strict";
import {
  drawImage,
  NARROW,
  type Paper,
  PROJECTOR,
  textWidth,
  wholeTheme,
  WIDE,
} from "../core/mod.ts";
import { FIGURES } from "./figures.ts";
import { drawFourWays, PICTURE } from "./four_ways.ts";
import { readPictures, toBody, writePage } from "./page.ts";

const FOLDER = new URL("../../../docs/gallery/", import.meta.url);
const PAPERS: readonly (readonly [string, Paper])[] = [
  ["page", WIDE],
  ["phone", NARROW],
  ["projector", PROJECTOR],
];

for (const [name, draw] of Object.entries(FIGURES)) {
  Deno.test(`gallery: ${name} is drawn as committed`, async () => {
    const committed = await Deno.readTextFile(new URL(`${name}.svg`, FOLDER));
    assert.equal(toBody(`${(await draw()).svg}\n`), toBody(committed));
  });

  Deno.test(`gallery: ${name} keeps its words within every paper`, async () => {
    const figure = await draw();
    for (const [size, paper] of PAPERS) {
      for (const text of placeTexts(drawImage(figure, paper))) {
        const { left, right, sizePx, words } = text;
        const place = `${size}: "${words}" from ${left} to ${right}`;
        assert.ok(left >= -1 && right <= paper.widthPx + 1, place);
        assert.ok(sizePx >= 11, `${place}, ${sizePx} px`);
      }
    }
  });
}

Deno.test("the theme is as committed", async () => {
  const committed = await Deno.readTextFile(new URL("theme.txt", FOLDER));
  assert.equal(wholeTheme(), committed);
});

Deno.test("docs/gallery.md shows every image of the gallery", async () => {
  const pictures = await readPictures();
  assert.deepEqual(
    pictures.map(({ name }) => name).sort(),
    Object.keys(FIGURES).sort(),
  );
  const page = await Deno.readTextFile(new URL("../gallery.md", FOLDER));
  assert.equal(page, writePage(pictures));
});

Deno.test("the picture of README is drawn as figures are", async () => {
  const committed = await Deno.readTextFile(PICTURE);
  assert.equal(toBody(await drawFourWays()), toBody(committed));
});

/** Where a text is, pixels of the drawing. */
interface Placed {
  readonly left: number;
  readonly right: number;
  readonly sizePx: number;
  readonly words: string;
}

/** All texts of an image with their estimated widths. */
function placeTexts(svg: string): readonly Placed[] {
  const shifts: number[] = [];
  const found: Placed[] = [];
  const parts = svg.matchAll(
    /<(\/?)g\b([^>]*)>|<text ([^>]*)>([^]*?)<\/text>/g,
  );
  for (const [, end, group = "", attributes, content = ""] of parts) {
    if (attributes === undefined) {
      const shift = /translate\(([-\d.]+)/.exec(group)?.[1];
      if (end === "/") shifts.pop();
      else shifts.push(Number(shift ?? 0));
      continue;
    }
    const read = (name: string) =>
      new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const sizePx = Number(read("font-size"));
    const isBold = attributes.includes("skein-bold");
    const width = widthOf(content, sizePx, isBold);
    const shift = shifts.reduce((sum, one) => sum + one, 0);
    const x = Number(read("x")) + shift;
    const anchor = read("text-anchor") ?? "start";
    const left = anchor === "start"
      ? x
      : x - width / (anchor === "end" ? 1 : 2);
    const words = content.replace(/<[^>]*>/g, " ").trim();
    found.push({ left, right: left + width, sizePx, words });
  }
  return found;
}

/** Estimates lean to the wide side by as much as a tenth. */
function widthOf(content: string, sizePx: number, isBold: boolean): number {
  const plain = (text: string) => text.replace(/&lt;|&gt;|&amp;|&quot;/g, "x");
  const spans = [...content.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)];
  if (spans.length === 0) {
    return textWidth(plain(content), sizePx, isBold) * 0.9;
  }
  return spans.reduce((sum, [, attributes = "", text = ""]) => {
    const size = /font-size="([\d.]+)"/.exec(attributes)?.[1];
    const bold = attributes.includes("skein-bold");
    return sum + textWidth(plain(text), Number(size ?? sizePx), bold) * 0.9;
  }, (spans.length - 1) * 6);
}
