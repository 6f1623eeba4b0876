/**
 * A folder of notebooks as a site that opens by a double click.
 *
 * Pages name each other by relative paths, and nothing else is asked for. Pure:
 * the caller reads notebooks and writes files, in the order in which they come.
 * @module
 */
import { decodeHTML } from "html-tree";
import MiniSearch from "minisearch";
import { escapeHtml } from "../escape.ts";
import type { Document, ExportOptions } from "../format.ts";
import { findTitle, streamHtml } from "../html.ts";
import { SITE_SCRIPT } from "./client.ts";
import { relativePath, rewriteLinks, type SiteLink } from "./links.ts";
import { makeFrame } from "./frame.ts";
import { type Section, Sections } from "./sections.ts";

/** A notebook of a site. */
export interface SiteNotebook {
  /** Its path, seen from the folder: `a/b.ipynb`. */
  readonly path: string;
  /** It. */
  readonly document: Document;
  /** Gives images beside it. */
  readonly embedImage: (source: string) => string | undefined;
}

/** How to make a site. */
export interface SiteOptions extends
  Pick<
    ExportOptions,
    "noInput" | "noOutput" | "trusted" | "theme" | "template"
  > {
  /** The site's name. */
  readonly title: string;
  /** The text of MiniSearch as a classic script. */
  readonly searchScript: string;
  /** What scripts of the site carry, so that no others run. */
  readonly scriptNonce: string;
  /** Tells whether there is a file that can be copied, seen from the folder. */
  readonly hasFile: (path: string) => boolean;
}

/** A file of a site. */
export type SiteFile =
  | { readonly path: string; readonly content: Iterable<string> }
  /** One that is as it is in the folder. */
  | { readonly path: string; readonly copyOf: string };

/** A page, as far as it is known before it is made. */
interface Page {
  readonly notebook: SiteNotebook;
  readonly path: string;
  readonly title: string;
}

/** What is known of a page once it was made. */
interface MadePage {
  readonly anchors: ReadonlySet<string>;
  readonly sections: readonly Section[];
}

/**
 * Makes a site.
 *
 * @param notebooks The notebooks, in their order.
 * @param options How.
 * @returns Its files. Each content has to be gone through before the next file
 *   is asked for; what comes back in the end names links that lead nowhere.
 */
export function* makeSite(
  notebooks: readonly SiteNotebook[],
  options: SiteOptions,
): Generator<SiteFile, readonly string[]> {
  const pages = notebooks.map((notebook): Page => ({
    notebook,
    path: pagePath(notebook.path),
    title: findTitle(notebook.document, { sourceName: nameOf(notebook.path) }),
  }));
  const made = new Map<string, MadePage>();
  const links: SiteLink[] = [];
  for (const page of pages) {
    const maker = { pages, options, links, made };
    yield { path: page.path, content: makePage(page, maker) };
  }
  yield { path: "index.html", content: makeIndex(pages, options, made) };
  yield { path: "site.js", content: [SITE_SCRIPT] };
  yield { path: "minisearch.js", content: [options.searchScript] };
  yield { path: "search-index.js", content: makeSearch(pages, made) };
  const isPage = (path: string) => made.has(path);
  const copied = new Set(
    links.map(({ to }) => to).filter((to) =>
      !isPage(to) && options.hasFile(to)
    ),
  );
  for (const path of copied) yield { path, copyOf: path };
  return links.flatMap((link) => {
    const { from, to, anchor, written } = link;
    const page = made.get(to);
    const problem = page === undefined
      ? copied.has(to) ? null : "there is no such file in the folder"
      : anchor === "" || page.anchors.has(anchor)
      ? null
      : "the page has no such place";
    return problem === null ? [] : [
      `${from}: the link ${JSON.stringify(written)} leads nowhere, ${problem}`,
    ];
  });
}

/** The start page takes the name that a notebook might have. */
function pagePath(notebook: string): string {
  const path = notebook.replace(/\.ipynb$/, ".html");
  return path === "index.html" ? "index-notebook.html" : path;
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

/** What making one page of many depends on. */
interface Maker {
  readonly pages: readonly Page[];
  readonly options: SiteOptions;
  readonly links: SiteLink[];
  readonly made: Map<string, MadePage>;
}

function* makePage(
  page: Page,
  { pages, options, links, made }: Maker,
): Generator<string, void> {
  const { notebook, path } = page;
  const anchors = new Set<string>();
  const sections = new Sections();
  const byNotebook = new Map(
    pages.map((one) => [one.notebook.path, one.path]),
  );
  const pieces = streamHtml(notebook.document, {
    ...pick(options),
    title: page.title,
    sourceName: nameOf(notebook.path),
    embedImage: notebook.embedImage,
    template: makeFrame(page, pages, options),
  });
  for (const piece of pieces) {
    // What is around the cells is ours, and right already.
    const isCell = /^\n?<div class="cell /.test(piece);
    const html = !isCell ? piece : rewriteLinks(piece, {
      page: path,
      notebook: notebook.path,
      pages: byNotebook,
      found: (link) => links.push(link),
    });
    for (const [, id] of html.matchAll(/\sid="([^"]*)"/g)) {
      anchors.add(decodeHTML(id!));
    }
    if (isCell) sections.add(html);
    yield html;
  }
  made.set(path, { anchors, sections: sections.all });
}

function pick(options: SiteOptions): ExportOptions {
  const { noInput = false, noOutput = false, trusted = false, scriptNonce } =
    options;
  const { theme = "switch" } = options;
  return { noInput, noOutput, trusted, scriptNonce, theme };
}

function* makeIndex(
  pages: readonly Page[],
  options: SiteOptions,
  made: ReadonlyMap<string, MadePage>,
): Generator<string, void> {
  const items = pages.map(({ path, title }) => {
    const first = made.get(path)?.sections.find(({ text }) => text !== "");
    const words = first?.text.slice(0, 180) ?? "";
    const more = (first?.text.length ?? 0) > words.length ? " …" : "";
    return `<li><a href="${
      escapeHtml(encodeURI(relativePath("index.html", path)))
    }">${escapeHtml(title)}</a>${
      words === "" ? "" : `<p>${escapeHtml(words)}${more}</p>`
    }</li>`;
  }).join("\n");
  const [before, after] = [
    ...streamHtml({ metadata: {}, cells: [] }, {
      ...pick(options),
      title: options.title,
      template: makeFrame({ path: "index.html" }, pages, options),
    }),
  ];
  yield before!;
  yield `<h1>${
    escapeHtml(options.title)
  }</h1>\n<ol class="site-index">\n${items}\n</ol>`;
  yield after!;
}

function* makeSearch(
  pages: readonly Page[],
  made: ReadonlyMap<string, MadePage>,
): Generator<string, void> {
  const engine = new MiniSearch({
    fields: ["title", "heading", "text"],
    storeFields: ["title", "heading", "page", "text"],
  });
  let id = 0;
  for (const { path, title } of pages) {
    for (const { anchor, heading, text } of made.get(path)?.sections ?? []) {
      const fragment = anchor === "" ? "" : `#${encodeURIComponent(anchor)}`;
      engine.add({
        id: id++,
        title,
        heading,
        text,
        page: encodeURI(path) + fragment,
      });
    }
  }
  // Neither of the two may stand in a script of all browsers.
  const json = JSON.stringify(engine.toJSON())
    .replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029");
  yield `globalThis.skeinSearch = ${json};\n`;
}
