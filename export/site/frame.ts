/**
 * What stands around a notebook on a page of a site: its name, the list of
 * notebooks, search, the switch of colours, the ways on and back. Pure.
 * @module
 */
import { escapeHtml } from "../escape.ts";
import type { Theme } from "../format.ts";
import { relativePath } from "./links.ts";
import { SITE_STYLE } from "./style.ts";

/** A page, as far as others name it. */
export interface NamedPage {
  readonly path: string;
  readonly title: string;
}

/** What all pages of a site have. */
export interface FrameOptions {
  /** The site's name. */
  readonly title: string;
  /** What scripts of the site carry, so that no others run. */
  readonly scriptNonce: string;
  /** Colours. @default readers switch */
  readonly theme?: Theme | undefined;
  /** A page of the user's own. @default a plain one */
  readonly template?: string | undefined;
}

/**
 * Makes the page around a notebook, as a template.
 *
 * @param page The page.
 * @param pages All pages with a notebook, in their order.
 * @param options The site's name, its colours, and the user's own template.
 */
export function makeFrame(
  page: { readonly path: string },
  pages: readonly NamedPage[],
  { title, scriptNonce, theme = "switch", template = OUTSIDE }: FrameOptions,
): string {
  const to = (path: string) =>
    protect(escapeHtml(encodeURI(relativePath(page.path, path))));
  const base = to("site.js").slice(0, -"site.js".length);
  const at = pages.findIndex(({ path }) => path === page.path);
  const step = (other: NamedPage | undefined, name: string, words: string) =>
    other === undefined || at < 0
      ? ""
      : `<a class="${name}" rel="${name === "next" ? "next" : "prev"}" href="${
        to(other.path)
      }"><span>${words}</span>${protect(escapeHtml(other.title))}</a>`;
  const items = pages.map((other) =>
    `<li><a href="${to(other.path)}"${
      other.path === page.path ? ' aria-current="page"' : ""
    }>${protect(escapeHtml(other.title))}</a></li>`
  ).join("\n");
  const steps = step(pages[at - 1], "previous", "Previous") +
    step(pages[at + 1], "next", "Next");
  const head = `{{head}}
<style>${SITE_STYLE}</style>
<script src="${base}site.js" data-base="${base}"${
    theme === "switch" ? " data-switch" : ""
  } nonce="${scriptNonce}"></script>`;
  // What the user's own page has already stands where they put it.
  const place = (name: string) =>
    new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(template)
      ? ""
      : `{{${name}}}`;
  const body = `<header class="site-header">
<a class="site-name" href="${to("index.html")}">${
    protect(escapeHtml(title))
  }</a>
<details class="site-list"><summary>Notebooks</summary>
<nav aria-label="Notebooks"><ol>
${items}
</ol></nav>
</details>
<div class="site-search" id="skein-search" role="search" hidden>
<input type="search" placeholder="Search" aria-label="Search all notebooks" autocomplete="off">
<p role="status"></p>
<ol aria-label="Sections found" hidden></ol>
</div>
${
    theme === "switch"
      ? '<button id="skein-theme" type="button" hidden>Dark</button>\n'
      : ""
  }</header>
${place("contents")}<main id="skein-main" tabindex="-1">
{{body}}
</main>
${
    steps === ""
      ? ""
      : `<nav class="site-steps" aria-label="Previous and next">${steps}</nav>\n`
  }${place("footer")}`;
  return template.replace(/\{\{\s*head\s*\}\}/, () => head)
    .replace(/\{\{\s*body\s*\}\}/, () => body);
}

/** Titles may say anything, also what looks like a place in a template. */
function protect(text: string): string {
  return text.replaceAll("{", "&#123;");
}

/** The page, where the user has none. */
const OUTSIDE = `<!doctype html>
<html lang="{{lang}}"{{theme}}>
<head>
{{head}}
</head>
<body>
{{body}}
</body>
</html>
`;
