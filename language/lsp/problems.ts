/**
 * What a server finds wrong with a cell, in the user's own positions.
 *
 * What is no problem of a notebook is left out.
 * Source: Language Server Protocol 3.17, `Diagnostic`; codes are TypeScript's.
 * @module
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type CellDocument, toCellPosition } from "./document.ts";
import type { LanguageServer, Position } from "./server.ts";

/** Something wrong with a cell's types. Units: lines and columns are 1-based. */
export interface CellProblem {
  /** TypeScript's number for it, such as `TS2322`, or Deno's word. */
  readonly code: string;
  /** What is wrong. */
  readonly message: string;
  /** The imported file that it is in, as the cell could name it. @default the cell */
  readonly file?: string;
  /** The line. */
  readonly line: number;
  /** The column of the first wrong character. */
  readonly column: number;
  /** The column after the last wrong character, if it is on the same line. */
  readonly endColumn?: number;
}

/** What is wrong with a cell, in source order; or why nobody knows, in a sentence. */
export type Diagnosis = readonly CellProblem[] | string;

/**
 * Asks what is wrong with a cell.
 *
 * Packages are loaded by the session, when the cell runs. What the server does
 * not find it is made to look for once more, since it remembers what was missing.
 *
 * @param server The server, which has been told of the cell.
 * @param document The cell.
 * @param signal Gives up.
 */
export async function askProblems(
  server: LanguageServer,
  document: CellDocument,
  signal: AbortSignal,
): Promise<readonly CellProblem[]> {
  const pull = () =>
    server.ask("textDocument/diagnostic", document.uri, {}, signal);
  const report = await pull();
  if (!missesPackages(report)) return readProblems(document, report);
  server.reload();
  return readProblems(document, await pull());
}

/**
 * Asks what is wrong with the files that a cell imports.
 *
 * @param server The server, which knows them.
 * @param urls Their addresses.
 * @param options The notebook's folder, and what gives up.
 */
export async function askFileProblems(
  server: LanguageServer,
  urls: readonly string[],
  { folderUrl, signal }: {
    readonly folderUrl: string;
    readonly signal: AbortSignal;
  },
): Promise<readonly CellProblem[]> {
  const found: CellProblem[] = [];
  for (const url of urls.filter(isUsersOwn).slice(0, MAX_FILES)) {
    const report = await server.ask("textDocument/diagnostic", url, {}, signal);
    const { items = [] } = (report ?? {}) as { items?: readonly Diagnostic[] };
    for (const item of items.filter(isProblem)) {
      const { start } = item.range;
      found.push({
        ...inWords(item),
        file: nameFrom(folderUrl, url),
        line: start.line + 1,
        column: start.character + 1,
      });
    }
  }
  return found;
}

/** Types of packages, of data and of Skein are not the user's to mend. */
function isUsersOwn(url: string): boolean {
  return !url.includes("/node_modules/") && !/\.(json|d\.[cm]?ts)$/.test(url) &&
    !OWN.some((own) => url === own || own.endsWith("/") && url.startsWith(own));
}

function nameFrom(folderUrl: string, url: string): string {
  const path = relative(fileURLToPath(folderUrl), fileURLToPath(url));
  return path.replaceAll("\\", "/");
}

/** What the server says. */
interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity?: number;
  readonly code?: number | string;
  readonly source?: string;
  readonly message: string;
}

/**
 * Reads what a server says of a cell.
 *
 * @param document The cell.
 * @param report The server's `DocumentDiagnosticReport`.
 * @returns The problems, in source order.
 */
function readProblems(
  document: CellDocument,
  report: unknown,
): readonly CellProblem[] {
  const { items = [] } = (report ?? {}) as { items?: readonly Diagnostic[] };
  return items.flatMap((item) => {
    const start = toCellPosition(document, item.range.start, LINE_BREAK);
    if (start === null || !isProblem(item)) return [];
    const end = toCellPosition(document, item.range.end, LINE_BREAK);
    return [{
      ...inWords(item),
      line: start.line + 1,
      column: start.character + 1,
      ...(end?.line === start.line ? { endColumn: end.character + 1 } : {}),
    }];
  }).sort((one, other) => one.line - other.line || one.column - other.column);
}

/**
 * Tells which global a problem says is missing.
 *
 * The running program may have it: `globalThis.x = 1` is no declaration.
 *
 * @param problem The problem.
 * @returns The name, or `null` if the problem is another one.
 */
export function missingName({ code, message }: CellProblem): string | null {
  return UNKNOWN_NAME.has(code) ? /'([^']+)'/.exec(message)?.[1] ?? null : null;
}

/** Packages that are not loaded are no problem: running the cell loads them. */
function missesPackages(report: unknown): boolean {
  const { items = [] } = (report ?? {}) as { items?: readonly Diagnostic[] };
  return items.some(({ code }) => NOT_INSTALLED.has(String(code)));
}

function isProblem({ severity, code, source, message }: Diagnostic): boolean {
  if (severity !== undefined && severity !== SEVERITY_ERROR) return false;
  if (source !== "deno-ts") {
    return !NOT_LOADED.has(String(code)) && !MAY_BE_THERE.test(message);
  }
  return !NO_PROBLEMS.has(Number(code)) && !/\bJSX\b.*'React'/.test(message) &&
    !FROM_PACKAGES.test(message);
}

function inWords({ code, source, message }: Diagnostic) {
  const isType = source === "deno-ts";
  const first = message.trimEnd();
  if (code === 2632) {
    return {
      code: "TS2588",
      message: first.replace("it is an import", "it is a constant"),
    };
  }
  return {
    code: isType ? `TS${code}` : String(code ?? "deno"),
    message: first,
  };
}

const OWN = ["../../mod.ts", "../../lib/"].map((path) =>
  new URL(path, import.meta.url).href
);
/** Looking at one takes about as long as looking at a cell. */
const MAX_FILES = 20;
const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const SEVERITY_ERROR = 1;
/** What packages in such a folder have, the server does not reliably know. */
const FROM_PACKAGES = /["'][^"'\s]*\bnode_modules\//;
/** Said by Deno of packages and modules that were never loaded. */
const NOT_LOADED: ReadonlySet<string> = new Set([
  "no-cache",
  "no-cache-npm",
  "not-installed-npm",
  "not-installed-jsr",
]);
const NOT_INSTALLED: ReadonlySet<string> = new Set([
  "no-cache-npm",
  "not-installed-npm",
  "not-installed-jsr",
]);
/**
 * The session looks further: for files by a part of their name, data included,
 * also where an import map leads to them, and in `node_modules`. It says what is
 * not there.
 */
const MAY_BE_THERE =
  /^Unable to load a local module: (?:[^]*\nMaybe (?:add|specify|change)|.*\/[^./\n]+(?:\n|$))|^Import "[^"]*" not a dependency and not in import map/;
const UNKNOWN_NAME: ReadonlySet<string> = new Set([
  "TS2304",
  "TS2552",
  "TS2580",
  "TS2582",
  "TS2583",
  "TS2584",
  "TS18004",
]);
const NO_PROBLEMS: ReadonlySet<number> = new Set([
  // A variable without a type, to be given a value by this cell or a later one.
  7005,
  7034,
  // A property of `globalThis`, which a cell may well have made.
  7017,
  // JSX without the types of a library; the session makes plain calls of it.
  2602,
  2874,
  2875,
  7026,
  // What a cell may do though a module may not: end in a value, import again.
  1203,
  2309,
  // A module that has no types.
  7016,
]);
