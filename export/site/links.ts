/**
 * Links of a page to what is beside its notebook: led to where that is on the
 * site. Pure.
 * @module
 */
import { decodeHTML } from "html-tree";
import { escapeHtml } from "../escape.ts";

/** A link to a place on the site. */
export interface SiteLink {
  /** The page that it stands in. */
  readonly from: string;
  /** The file that it leads to, seen from the site's folder. */
  readonly to: string;
  /** The place in that file; empty for its beginning. */
  readonly anchor: string;
  /** As it was written. */
  readonly written: string;
}

/** What leads where. */
export interface LinkPlaces {
  /** The page, and the notebook that it was made of. */
  readonly page: string;
  readonly notebook: string;
  /** Pages by their notebooks. */
  readonly pages: ReadonlyMap<string, string>;
  /** Takes each link to a place on the site. */
  readonly found: (link: SiteLink) => void;
}

/**
 * Leads the links of a part of a page to the pages of notebooks.
 *
 * @param html The part.
 * @param places What leads where.
 */
export function rewriteLinks(html: string, places: LinkPlaces): string {
  return html.replace(LINK, (whole, begin: string, escaped: string) => {
    const written = decodeHTML(escaped);
    if (ELSEWHERE.test(written)) return whole;
    const [, path = "", query = "", fragment = ""] =
      /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(written) ?? [];
    const to = path === ""
      ? places.notebook
      : resolvePath(places.notebook, decode(path));
    const page = places.pages.get(to) ?? to;
    const anchor = decode(fragment.slice(1));
    places.found({ from: places.page, to: page, anchor, written });
    if (path === "" || page === to) return whole;
    const address = encodeURI(relativePath(places.page, page).toWellFormed()) +
      query +
      fragment;
    return `${begin}"${escapeHtml(address)}"`;
  });
}

/**
 * Finds a path on the site.
 *
 * @param from The file that names it.
 * @param path As it is named there.
 * @returns Seen from the site's folder; begins with `..` if it is outside.
 */
export function resolvePath(from: string, path: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/**
 * Writes how one file of the site is seen from another.
 *
 * @param from The one that names it.
 * @param to The one that is named.
 */
export function relativePath(from: string, to: string): string {
  const folder = from.split("/").slice(0, -1);
  const parts = to.split("/");
  let shared = 0;
  while (shared < folder.length && folder[shared] === parts[shared]) {
    shared += 1;
  }
  const path = [
    ...folder.slice(shared).map(() => ".."),
    ...parts.slice(shared),
  ].join("/");
  // Else a colon in the name would make a scheme of what is before it.
  return /^[^/]*:/.test(path) ? `./${path}` : path;
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // A lone percent sign is part of the name itself.
    return address;
  }
}

const LINK = /(<a\b[^>]*?\shref=)"([^"]*)"/g;
/** A scheme, another host, or the root of a server nobody knows. */
const ELSEWHERE = /^\s*(?:[a-z][a-z\d+.-]*:|[/\\])/i;
