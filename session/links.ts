/**
 * Links in a notebook's folder, and what cells must not touch because of them.
 *
 * Deno looks at the path that a cell names, not at where links on it lead. Cells
 * can not make links, but they could move a folder that holds one, or name it
 * by way of another link. So whole entries of the folder are closed: all that
 * holds links can not be written, so no link ever moves; and where one leads
 * out of the folder, or to what is closed, it can not be read either. A folder
 * whose links all lead further down needs none of it: they lead down wherever
 * they are moved. What is closed is decided by pure code, {@link judgeLinks}.
 * @module
 */
import { isAbsolute, join, resolve, SEPARATOR } from "../folder/mod.ts";
import type { Permissions } from "./permissions.ts";

/** Something in a folder that leads elsewhere. */
export interface FoundLink {
  /** Its path below the folder. */
  readonly path: string;
  /** The real path of what it leads to; `null` when nobody can tell. */
  readonly target: string | null;
  /** Whether it leads further down wherever it is. */
  readonly leadsDown: boolean;
}

/** What cells must not touch because of links. */
export interface LinkRules {
  /** Entries that they may neither read nor write, with a link that shows why. */
  readonly closed: ReadonlyMap<string, FoundLink>;
  /** Entries that they may read, and not write. */
  readonly fixed: readonly string[];
}

/** Paths that are closed to cells. */
export interface ClosedPaths {
  /** What they must not read. */
  readonly read: readonly string[];
  /** What they must not write. */
  readonly write: readonly string[];
}

/**
 * Looks for links in the folder that came with a notebook.
 *
 * @param permissions What cells may touch.
 * @throws {Error} If the folder holds too much to be looked at, or what is to be
 *   closed can not be named.
 */
export function findLinks(permissions: Permissions): LinkRules {
  if (permissions.type === "all" || permissions.folder === undefined) {
    return NO_RULES;
  }
  const { folder, read } = permissions;
  const rules = judgeLinks(listLinks(folder), {
    root: Deno.realPathSync(folder),
    readable: read.filter((path) => path !== folder)
      .map((path) =>
        path === "*" ? path : realPath(resolve(folder, path)) ?? path
      ),
  });
  const names = [...rules.closed.keys(), ...rules.fixed];
  const [first] = rules.closed.values();
  // Elsewhere one file has many names that differ in case, and Deno knows one.
  if (first !== undefined && Deno.build.os !== "linux") {
    throw refusal(
      folder,
      `${
        JSON.stringify(first.path)
      } in it leads out of it, expected no such link on this system`,
    );
  }
  const unspeakable = names.find((name) => name.includes(","));
  if (unspeakable !== undefined) {
    throw refusal(
      folder,
      `${
        JSON.stringify(unspeakable)
      } in it is or holds a link, expected a name without a comma, which Deno takes as its end`,
    );
  }
  if (names.length > MAX_NAMES) {
    throw refusal(
      folder,
      `${names.length} of its entries are or hold links, expected no more than ${MAX_NAMES}`,
    );
  }
  return rules;
}

/**
 * Lists the paths that are closed because of links, as cells may spell them.
 *
 * @param permissions What cells may touch.
 * @throws {Error} As {@link findLinks}.
 */
export function closedPaths(permissions: Permissions): ClosedPaths {
  const { closed, fixed } = findLinks(permissions);
  if (permissions.type === "all" || permissions.folder === undefined) {
    return { read: [], write: [] };
  }
  const { folder } = permissions;
  const spell = (names: readonly string[]) =>
    [...new Set([folder, Deno.realPathSync(folder)])]
      .flatMap((one) => names.map((name) => join(one, name)));
  const read = spell([...closed.keys()]);
  return { read, write: [...read, ...spell(fixed)] };
}

/**
 * Decides what links close.
 *
 * @param links All links of a folder.
 * @param where Real paths of the folder, and of what else cells may read.
 */
export function judgeLinks(
  links: readonly FoundLink[],
  { root, readable }: {
    readonly root: string;
    readonly readable: readonly string[];
  },
): LinkRules {
  if (links.every(({ leadsDown }) => leadsDown)) return NO_RULES;
  const closed = new Map<string, FoundLink>();
  const isClosing = (target: string | null): boolean => {
    if (target === null) return true;
    if (isBelow(target, root)) {
      return closed.has(headOf(target.slice(withEnd(root).length)));
    }
    return !readable.some((path) => path === "*" || isBelow(target, path));
  };
  // What leads to all of the folder, or more, leads to what is closed of it.
  const isAround = ({ target }: FoundLink) =>
    target !== null && isBelow(root, target) && closed.size > 0;
  for (let size = -1; size < closed.size;) {
    size = closed.size;
    for (const link of links) {
      const head = headOf(link.path);
      if (closed.has(head)) continue;
      if (isClosing(link.target) || isAround(link)) closed.set(head, link);
    }
  }
  const heads = new Set(links.map(({ path }) => headOf(path)));
  return { closed, fixed: [...heads].filter((head) => !closed.has(head)) };
}

/** Lists what leads elsewhere; what can not be looked into may. */
function listLinks(folder: string): readonly FoundLink[] {
  const links: FoundLink[] = [];
  const below = [""];
  const untilMs = performance.now() + MAX_MS;
  let count = 0;
  for (let at; (at = below.pop()) !== undefined;) {
    for (const { name, isSymlink, isDirectory } of list(folder, at, links)) {
      const path = join(at, name);
      if (isSymlink) links.push(follow(folder, path));
      else if (isDirectory) below.push(path);
      if (++count > MAX_ENTRIES || performance.now() > untilMs) {
        throw refusal(
          folder,
          `it holds more than ${count - 1} files and folders, expected fewer`,
        );
      }
    }
  }
  return links;
}

function list(
  folder: string,
  at: string,
  links: FoundLink[],
): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(join(folder, at))];
  } catch (error) {
    if (at === "") throw error;
    links.push({ path: at, target: null, leadsDown: false });
    return [];
  }
}

function follow(folder: string, path: string): FoundLink {
  const full = join(folder, path);
  try {
    const text = Deno.readLinkSync(full);
    return {
      path,
      target: realPath(full),
      leadsDown: !isAbsolute(text) && !text.split(/[/\\]/).includes(".."),
    };
  } catch {
    // It may lead anywhere.
    return { path, target: null, leadsDown: false };
  }
}

function refusal(folder: string, found: string): RangeError {
  return new RangeError(
    `Cannot keep cells in ${
      JSON.stringify(folder)
    }: ${found} (move the notebook to a folder of its own, or run with --allow-all)`,
  );
}

function withEnd(folder: string): string {
  return folder.endsWith(SEPARATOR) ? folder : folder + SEPARATOR;
}

/** `null` for what is not there, and for links that lead around in a circle. */
function realPath(path: string): string | null {
  try {
    return Deno.realPathSync(path);
  } catch {
    return null;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder ||
    path.startsWith(withEnd(folder));
}

/** The entry of the folder that a path begins with. */
function headOf(path: string): string {
  return path.split(SEPARATOR, 1)[0]!;
}

const NO_RULES: LinkRules = { closed: new Map(), fixed: [] };
/** Looking at so many takes about a second. */
const MAX_ENTRIES = 200_000;
const MAX_MS = 10_000;
/** More would not fit on a command line, each with its path, four times. */
const MAX_NAMES = 1000;
