import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { CPU } from "../gallery/gallery_data.ts";
import { POOL } from "../gallery/recording_fixtures.ts";
import { recordingFigure } from "../figures/recording.ts";
import { timelineFigure } from "../figures/timeline.ts";
import { writeBundle } from "./bundle.ts";
import { makeParagraph } from "./card.ts";
import { makeFigure } from "./figure.ts";

const WORDS = `</p><script>alert("x")</script>`;
const FIGURE = makeFigure({
  title: WORDS,
  table: [["what", "ms"], [WORDS, "5"]],
  warning: WORDS,
  findings: ["one", "two", WORDS, "four", "five"],
  captions: [WORDS],
  draw: (paper) => [makeParagraph(WORDS, "body", paper)],
});

Deno.test("a figure is HTML with words, one whole image, and text", () => {
  const bundle = FIGURE[DISPLAY]();
  assert.deepEqual(Object.keys(bundle), [
    "text/html",
    "image/svg+xml",
    "text/plain",
  ]);
  const plain = String(bundle["text/plain"]);
  for (const words of ["one", "five", "| what ", "Warning: "]) {
    assert.ok(plain.includes(words), words);
  }
});

Deno.test("writeBundle() shows three findings and folds the rest", () => {
  const html = String(writeBundle(FIGURE)["text/html"]);
  const [shown = "", folded = ""] = html.split("<details");
  assert.equal(shown.match(/<li/g)?.length, 3);
  assert.equal(folded.match(/<li/g)?.length, 2);
  assert.match(folded, /2 more findings/);
  // On paper they are not folded.
  assert.match(html, /@media print\{[^<]*details-content/);
});

Deno.test("writeBundle() lets no word become markup", () => {
  const { "text/html": html, "image/svg+xml": svg } = writeBundle(FIGURE);
  assert.doesNotMatch(String(html), /<script|<\/p><s/);
  assert.doesNotMatch(String(svg), /<script/);
});

Deno.test("writeBundle() has a drawing for phones and one for halls", () => {
  const page = String(writeBundle(FIGURE)["text/html"]);
  const hall = String(writeBundle(FIGURE, { size: "projector" })["text/html"]);
  const widthOf = (html: string, before: string) =>
    Number(
      /width="(\d+)"/.exec(
        decodeURIComponent(html.slice(html.indexOf(before)).split(",")[1]!),
      )?.[1],
    );
  assert.match(page, /<source media="\(max-width:480px\)"/);
  assert.equal(widthOf(page, "<source"), 360);
  assert.equal(widthOf(page, "<img"), 640);
  assert.equal(widthOf(hall, "<img"), 480);
  assert.match(hall, /width:100%/);
  // No address in a list of sources may hold a space.
  assert.doesNotMatch(/srcset="([^"]*)"/.exec(page)![1]!, /\s/);
});

Deno.test("an image stands alone: nothing from outside, nothing from the page", () => {
  const { svg } = timelineFigure(CPU);
  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img" width="640" height="\d+" viewBox="0 0 640 \d+">\n<title>/,
  );
  assert.match(svg, /prefers-color-scheme:dark/);
  assert.doesNotMatch(
    svg.replace(/xmlns="[^"]*"/, ""),
    /https?:|href|<script|<image|<foreignObject|currentColor|var\(|NaN|undefined/,
  );
});

Deno.test("a figure that can be zoomed is the same image where scripts do not run", () => {
  const html = String(recordingFigure(POOL)[DISPLAY]()["text/html"]);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.equal(html.match(/<\/script/g)?.length, 1);
  const still = html.replace(/<script>[^]*<\/script>/, "");
  assert.match(still, /<img src="data:image\/svg\+xml/);
  const script = /<script>([^]*)<\/script>/.exec(html)![1]!;
  const addresses = script.match(/https?:[^"'`]*/g) ?? [];
  assert.deepEqual([...new Set(addresses)], []);
  assert.doesNotMatch(
    script,
    /fetch\(|XMLHttpRequest|import\(|WebSocket|eval\(/,
  );
});
