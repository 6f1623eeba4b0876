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
import {
  type CellDocument,
  toCellPosition,
  toPosition,
  type VisibleName,
} from "./document.ts";
import { type Description, readHover, readSignature } from "./hover.ts";
import { nameAtCursor } from "./cursor.ts";
import type { LanguageServer, Position } from "./server.ts";

/** A place in a cell. */
interface Place {
  /** The cell, which the server has. */
  readonly document: CellDocument;
  /** The place. Units: UTF-16 offset in the cell. */
  readonly offset: number;
}

/**
 * Asks what could stand at a place.
 *
 * @param server The server.
 * @param place The place, and the names that the cell can see.
 */
export async function askCompletions(
  server: LanguageServer,
  { document, offset, visible }: Place & {
    readonly visible: ReadonlyMap<string, VisibleName>;
  },
): Promise<Completions> {
  const signal = AbortSignal.timeout(COMPLETE_MS);
  const position = toPosition(document, offset);
  const answer = await server.ask(
    "textDocument/completion",
    document.uri,
    { position, context: { triggerKind: INVOKED } },
    signal,
  );
  const { items, completions } = pickCompletions(answer, {
    document,
    offset,
    visible,
  });
  if (items.length === 0 || items.length > MAX_RESOLVED) return completions;
  return {
    ...completions,
    items: await resolveAll(server, items, completions),
  };
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
  { document, offset, isDetailed, documents }: Place & {
    readonly isDetailed: boolean;
    readonly documents: CellDocuments;
  },
): Promise<Found> {
  const signal = AbortSignal.timeout(INSPECT_MS);
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
  const [hover, definition] = await Promise.all([
    server.ask("textDocument/hover", document.uri, { position }, signal),
    isDetailed
      ? server.ask(
        "textDocument/definition",
        document.uri,
        { position },
        signal,
      )
      : null,
  ]);
  const source = readSource(
    definition,
    (uri) => uri === document.uri ? document : documents.at(uri),
  );
  return { hover: readHover(hover), source };
}

/** Signatures are worth a moment, and no more: front ends can ask for one name. */
async function resolveAll(
  server: LanguageServer,
  items: readonly CompletionItem[],
  { items: completions }: Completions,
): Promise<Completions["items"]> {
  const resolved = [...completions];
  const late = new Promise((resolve) => setTimeout(resolve, RESOLVE_MS));
  const all = items.map(async (item, i) => {
    // Names of earlier cells are ours; the server knows nothing more of them.
    if (item.data === undefined) return;
    const answer = await server.resolveItem(item);
    resolved[i] = readItem(answer as CompletionItem, completions[i]!.text);
  });
  await Promise.race([Promise.allSettled(all), late]);
  return [...resolved];
}

function readSource(
  definition: unknown,
  documentAt: (uri: string) => CellDocument | undefined,
): string | null {
  const [link] = (definition ?? []) as readonly {
    readonly targetUri?: string;
    readonly targetRange?: { readonly start: Position; readonly end: Position };
  }[];
  const document = documentAt(link?.targetUri ?? "");
  const start = document && toCellPosition(document, link!.targetRange!.start);
  const end = document && toCellPosition(document, link!.targetRange!.end);
  if (!document || !start || !end) return null;
  const lines = document.source.split("\n").slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.character);
  lines[0] = lines[0]!.slice(start.character);
  return lines.join("\n");
}

const INVOKED = 1;
const COMPLETE_MS = 1000;
const INSPECT_MS = 1000;
const MAX_RESOLVED = 8;
const RESOLVE_MS = 5;
