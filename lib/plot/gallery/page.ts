/**
 * `docs/gallery.md`: every image of `docs/gallery/`, with a sentence.
 *
 * Headings come from what file names begin with, words from the images
 * themselves. Run by `deno task gallery`, it writes the images too.
 * @module
 */
import { wholeTheme } from "../core/mod.ts";
import { FIGURES } from "./figures.ts";
import { drawFourWays, PICTURE } from "./four_ways.ts";

/** One image of the gallery. */
export interface Picture {
  readonly name: string;
  readonly svg: string;
}

/** Reads the committed images. */
export async function readPictures(): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (!name.endsWith(".svg")) continue;
    const svg = await Deno.readTextFile(new URL(name, FOLDER));
    pictures.push({ name: name.slice(0, -".svg".length), svg });
  }
  return pictures;
}

/** An image without its colours and patterns. */
export function toBody(svg: string): string {
  return svg.replace(/<style>[^]*?<\/style>|<defs>[^]*?<\/defs>/g, "");
}

/** Writes the page. */
export function writePage(pictures: readonly Picture[]): string {
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

const FOLDER = new URL("../../../docs/gallery/", import.meta.url);
const MOST = 160;
const INTRODUCTION = `# Gallery

All figures of the helper library, drawn from fixed values and compared in the
tests. They follow the reader's light or dark mode; here each is one image with
all its words. This page is written by \`deno task gallery\`.`;

if (import.meta.main) {
  for await (const { name } of Deno.readDir(FOLDER)) {
    if (name.endsWith(".svg")) await Deno.remove(new URL(name, FOLDER));
  }
  for (const [name, draw] of Object.entries(FIGURES)) {
    await Deno.writeTextFile(
      new URL(`${name}.svg`, FOLDER),
      `${(await draw()).svg}\n`,
    );
  }
  await Deno.writeTextFile(PICTURE, await drawFourWays());
  await Deno.writeTextFile(new URL("theme.txt", FOLDER), wholeTheme());
  await Deno.writeTextFile(
    new URL("../gallery.md", FOLDER),
    writePage(await readPictures()),
  );
}
