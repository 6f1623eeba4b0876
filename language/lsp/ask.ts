/**
 * Questions to a language server about one place in a cell.
 *
 * What its answers mean is in `completions.ts` and `hover.ts`, which are pure.
 * @module
 */
import type { CellDocuments } from "./cell_documents.ts";
import {
  type CompletionItem,
  type Completions,
  pickCompletions,
  readItem,
} from "./completions.ts";
import { type CellDocument, toCellPosition, toPosition } from "./document.ts";
import {
  type Description,
  readHover,
  readSignature,
  splitDescription,
} from "./hover.ts";
import { nameAtCursor } from "./cursor.ts";
import type { LanguageServer, Position } from "./server.ts";
import type { VisibleName } from "./visible.ts";

/** A place in a cell. */
export interface Place {
  /** The cell, which the server has. */
  readonly document: CellDocument;
  /** The place. Units: UTF-16 offset in the cell. */
  readonly offset: number;
  /** The cells that were run. */
  readonly documents: CellDocuments;
  /** Gives up. */
  readonly signal: AbortSignal;
  /** Sees to it that the server has another cell that was run, for a while. */
  readonly open: (
    server: LanguageServer,
    document: CellDocument,
  ) => Promise<Disposable>;
}

/**
 * Asks what could stand at a place.
 *
 * @param server The server.
 * @param place The place, how long signatures may take, in milliseconds, and
 * whether it is the name of a property in an object.
 */
export async function askCompletions(
  server: LanguageServer,
  place: Place & { readonly detailMs: number; readonly isKey: boolean },
): Promise<Completions> {
  const { document, offset, documents, signal, detailMs, isKey } = place;
  const startMs = performance.now();
  const position = toPosition(document, offset);
  const answer = await server.ask(
    "textDocument/completion",
    document.uri,
    { position, context: { triggerKind: INVOKED } },
    signal,
  );
  const { visible } = documents;
  const { items, completions } = pickCompletions(answer, {
    document,
    offset,
    visible,
    isKey,
  });
  const resolved = [...completions.items];
  const all = items.map(async (item, i) => {
    const isWorthIt = items.length <= MAX_RESOLVED ||
      item.earlier?.isImported && resolved[i]!.type === "variable";
    if (!isWorthIt) return;
    const { text } = resolved[i]!;
    resolved[i] = readItem(await resolve(server, item, place), text);
  });
  // Signatures are worth a moment, and no more: front ends can ask for one name.
  const leftMs = detailMs - (performance.now() - startMs);
  await within(Math.max(leftMs, MIN_DETAIL_MS), Promise.allSettled(all));
  return { ...completions, items: [...resolved] };
}

/** What is known of a name, and where it comes from. */
export interface Found {
  /** Signature and documentation. */
  readonly hover: Description | null;
  /** The source of what a cell defines, if it was asked for. */
  readonly source: string | null;
}

/**
 * Asks what the name at a place is.
 *
 * @param server The server.
 * @param place The place, and the cells.
 */
export async function askDescription(
  server: LanguageServer,
  { document, offset, isDetailed, documents, signal }: Place & {
    readonly isDetailed: boolean;
  },
): Promise<Found> {
  const at = nameAtCursor(document.source, offset);
  if (at === null) {
    const position = toPosition(document, offset);
    const help = await server.ask(
      "textDocument/signatureHelp",
      document.uri,
      { position },
      signal,
    );
    return { hover: readSignature(help), source: null };
  }
  const position = toPosition(document, at);
  const [name] = /^[\p{ID_Continue}$]*/u.exec(document.source.slice(at))!;
  const declared = document.relayed.get(name);
  const declaring = declared && documents.at(declared.uri);
  const isTargetWanted = isDetailed || declaring !== undefined;
  const options = { isTargetWanted, signal };
  const answer = await askPlace(server, { document, position, ...options });
  const isRelayed = declaring !== undefined &&
    answer.target?.targetUri === document.uri &&
    toCellPosition(document, answer.target.targetRange.start) === null;
  // What the cell is told of a name that it assigns to has no documentation.
  const { hover, target } = isRelayed
    ? await askPlace(server, {
      document: declaring,
      position: toPosition(declaring, declared!.start),
      ...options,
    })
    : answer;
  const from = target?.targetUri === document.uri
    ? document
    : documents.at(target?.targetUri ?? "");
  const source = isDetailed && target !== null && from !== undefined
    ? readSource(from, target.targetRange)
    : null;
  return { hover: readHover(hover), source };
}

/** Where the server says that something is declared. */
interface Target {
  readonly targetUri: string;
  readonly targetRange: { readonly start: Position; readonly end: Position };
}

/** Asks what is at a place and where that is declared. */
async function askPlace(
  server: LanguageServer,
  { document: { uri }, position, isTargetWanted, signal }: {
    readonly document: CellDocument;
    readonly position: Position;
    readonly isTargetWanted: boolean;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly hover: unknown; readonly target: Target | null }> {
  const [hover, definition] = await Promise.all([
    server.ask("textDocument/hover", uri, { position }, signal),
    isTargetWanted
      ? server.ask("textDocument/definition", uri, { position }, signal)
      : null,
  ]);
  const [target = null] = (definition ?? []) as readonly Target[];
  return { hover, target };
}

/**
 * Waits for a result as long as it is worth waiting for.
 *
 * @typeParam T The result.
 * @param ms How long.
 * @param result The result.
 * @returns The result, or `null` if it was not there in time.
 */
export async function within<T>(
  ms: number,
  result: Promise<T>,
): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  try {
    return await Promise.race([result, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Adds to an item what the server has left out. */
async function resolve(
  server: LanguageServer,
  item: CompletionItem,
  place: Place,
): Promise<CompletionItem> {
  const { earlier, ...own } = item;
  if (own.data !== undefined || earlier === undefined) {
    return await server.resolveItem(own) as CompletionItem;
  }
  // The cell does not use the name yet, so the server can not know of it.
  const found = await askDeclared(server, earlier, place);
  if (found === null) return item;
  const { signature, documentation } = splitDescription(found);
  return { ...item, detail: signature, documentation };
}

/** Asks what the cell that declares a name says of it. */
async function askDeclared(
  server: LanguageServer,
  { uri, start }: VisibleName,
  { documents, open }: Place,
): Promise<Description | null> {
  const document = documents.at(uri);
  if (document === undefined) return null;
  using _ = await open(server, document);
  const position = toPosition(document, start);
  return readHover(await server.ask("textDocument/hover", uri, { position }));
}

function readSource(
  document: CellDocument,
  { start, end }: Target["targetRange"],
): string | null {
  const [first, last] = [start, end].map((one) =>
    toCellPosition(document, one)
  );
  if (!first || !last) return null;
  const lines = document.source.split("\n").slice(first.line, last.line + 1);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, last.character);
  lines[0] = lines[0]!.slice(first.character);
  return lines.join("\n");
}

const INVOKED = 1;
const MAX_RESOLVED = 8;
const MIN_DETAIL_MS = 8;
