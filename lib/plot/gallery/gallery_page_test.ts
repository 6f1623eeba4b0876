/**
 * Keeps `docs/gallery.md` true: every image of `docs/gallery/`, with a sentence.
 *
 * After images came or went: `UPDATE_GALLERY=1 deno test -A lib/plot/gallery/gallery_page_test.ts`.
 * Headings come from what file names begin with, words from the images themselves.
 */
import assert from "node:assert/strict";
import { LEAST_WIDTH_PX } from "../core/visual.ts";

const PAGE = new URL("../../../docs/gallery.md", import.meta.url);
const FOLDER = new URL("../../../docs/gallery/", import.meta.url);

/** One image of the gallery. */
interface Picture {
  readonly name: string;
  readonly svg: string;
}

Deno.test("docs/gallery.md shows every image of the gallery", async () => {
  const page = writePage(await readPictures());
  if (Deno.env.get("UPDATE_GALLERY") === "1") {
    await Deno.writeTextFile(PAGE, page);
  }
  assert.equal(await Deno.readTextFile(PAGE), page);
});

Deno.test("writePage() puts images of one kind below one heading", () => {
  const svg =
    "<svg><title>A &lt;b&gt; [c]</title><desc>Ran *1* ms.\nMore</desc></svg>";
  const page = writePage([
    { name: "wait-for_two", svg },
    { name: "speedup", svg },
    { name: "wait-for_one", svg },
  ]);
  assert.deepEqual(page.match(/^#.*$/gm), [
    "# Gallery",
    "## Speedup",
    "## Wait for",
  ]);
  assert.ok(
    page.indexOf("wait-for_one.svg") < page.indexOf("wait-for_two.svg"),
  );
  assert.match(page, /^A &lt;b&gt; \\\[c\\\]: Ran \\\*1\\\* ms\.$/m);
  assert.match(page, /^!\[A &lt;b&gt; \\\[c\\\]\]\(gallery\/speedup\.svg\)$/m);
});

Deno.test("every text of the gallery can be read on a phone", async () => {
  for (const { name, svg } of await readPictures()) {
    const width = Number(/ viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    for (const [, size] of svg.matchAll(/ font-size="([\d.]+)"/g)) {
      const shownPx = Number(size) * LEAST_WIDTH_PX / width;
      assert.ok(shownPx >= 9, `${name}: ${shownPx} pixels`);
    }
  }
});

async function readPictures(): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (!name.endsWith(".svg")) continue;
    const svg = await Deno.readTextFile(new URL(name, FOLDER));
    pictures.push({ name: name.slice(0, -".svg".length), svg });
  }
  return pictures;
}

function writePage(pictures: readonly Picture[]): string {
  const byKind = Map.groupBy(
    pictures.toSorted((a, b) => a.name < b.name ? -1 : 1),
    ({ name }) => name.split("_")[0]!,
  );
  const sections = [...byKind].map(([kind, found]) => {
    const title = kind.replaceAll("-", " ");
    return [
      `## ${title[0]!.toUpperCase()}${title.slice(1)}`,
      ...found.flatMap(({ name, svg }) => [
        describe(svg),
        `![${readTitle(svg)}](gallery/${name}.svg)`,
      ]),
    ].join("\n\n");
  });
  return [INTRODUCTION, ...sections].join("\n\n") + "\n";
}

/** The image's name and the first line of its text alternative. */
function describe(svg: string): string {
  const line = (/<desc>([^<]*)<\/desc>/.exec(svg)?.[1] ?? "").split("\n")[0]!
    .trim();
  const short = line.length <= MOST
    ? line
    : `${line.slice(0, line.lastIndexOf(" ", MOST))} …`;
  const title = readTitle(svg);
  return `${title}${/[?!.:]$/.test(title) ? "" : ":"} ${escapeMarkdown(short)}`;
}

function readTitle(svg: string): string {
  return escapeMarkdown(/<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "Untitled");
}

// What SVG escapes, Markdown reads as well; these signs mean something to it alone.
function escapeMarkdown(text: string): string {
  return text.replace(/[[\]*_`|\\]/g, "\\$&");
}

const MOST = 160;

const INTRODUCTION = `# Gallery

All figures of the helper library, drawn from fixed values and compared byte for
byte in the tests. They follow the reader's light or dark mode. This page is
written by \`lib/plot/gallery/gallery_page_test.ts\`.`;
