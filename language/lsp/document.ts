/**
 * Cells as documents of a language server.
 *
 * Each cell is a module of its own beside the notebook. A line in front of it
 * imports the names of earlier cells that it uses, a line after it exports its
 * own; so any cell may declare any name anew. Pure.
 * @module
 */
import { findNode, parseCell, ts } from "../typescript.ts";
import { asObjectLiteral } from "../prepare.ts";
import { listAssigned } from "./assigned.ts";
import { type CellName, listNames } from "./names.ts";
import type { Position, ServerDocument } from "./server.ts";

/** A name that a cell can see, and the document that declares it. */
export interface VisibleName extends CellName {
  /** Address of the document. */
  readonly uri: string;
}

/** A cell as a document. */
export interface CellDocument extends ServerDocument {
  /** What the user wrote. */
  readonly source: string;
  /** What it declares. */
  readonly names: readonly CellName[];
  /** Addresses of the documents that it imports from. */
  readonly uses: readonly string[];
  /** Whether its names come from `CellDocuments.names`. */
  readonly isDraft: boolean;
  /** Whether it declares something without giving it a name of its own. */
  readonly isGlobal: boolean;
  /** Names of earlier cells that it assigns to, which no import can be. */
  readonly relayed: ReadonlyMap<string, VisibleName>;
  /** How far its first line is shifted to the right, in UTF-16 units. */
  readonly shift: number;
  /** Specifiers of what the user imports. */
  readonly imports: readonly string[];
}

/** Where a cell is, and what it can see. */
export interface DocumentOptions {
  /** Its address, but for the ending. */
  readonly uri: string;
  /** The names of earlier cells. */
  readonly visible: ReadonlyMap<string, VisibleName>;
  /**
   * Address of one module that has all these names.
   * @default each is imported from the cell that declares it
   */
  readonly namesUri?: string;
}

/**
 * Writes a cell as a document.
 *
 * @param source The cell; it may be half-written.
 * @param options Where it is, and what it can see.
 */
export function writeDocument(
  source: string,
  { uri, visible, namesUri }: DocumentOptions,
): CellDocument {
  const { tree } = parseCell(source);
  const literal = asObjectLiteral(source, tree);
  const names = listNames(tree);
  const own = new Set(names.map(({ name }) => name));
  const used = [...new Set(source.match(IDENTIFIER))].flatMap((name) =>
    own.has(name) ? [] : visible.get(name) ?? []
  );
  const assigned = listAssigned(tree);
  const relayed = new Map(
    used.filter(({ name, isMutable }) => isMutable && assigned.has(name))
      .map((one) => [one.name, one]),
  );
  const isJsx = findNode(tree, isJsxNode) !== undefined;
  const exported = names.filter(({ isExported }) => !isExported);
  const body = literal === undefined ? source : literal.text;
  return {
    uri: `${uri}.${isJsx ? "tsx" : "ts"}`,
    languageId: isJsx ? "typescriptreact" : "typescript",
    text: `${writeImports(used, { relayed, namesUri })}\n${body}\nexport { ${
      exported.map(({ name }) => name).join(", ")
    } };\n`,
    source,
    names,
    isDraft: namesUri !== undefined,
    isGlobal: tree.statements.some(isAugmentation),
    relayed,
    uses: [...new Set(used.map((name) => name.uri))],
    shift: literal === undefined ? 0 : 1,
    imports: listImports(tree),
  };
}

/**
 * Finds a place of a cell in its document.
 *
 * @param document The document.
 * @param offset In the cell, UTF-16 units.
 */
export function toPosition(document: CellDocument, offset: number): Position {
  const before = document.source.slice(0, offset);
  const line = before.split("\n").length - 1;
  const column = before.length - (before.lastIndexOf("\n") + 1);
  return {
    line: line + LINES_BEFORE,
    character: column + (line === 0 ? document.shift : 0),
  };
}

/**
 * Finds a place of a document in its cell.
 *
 * @param document The document.
 * @param position In the document.
 * @returns Line and column, 0-based; `null` if it is outside of the cell.
 */
export function toCellPosition(
  { source, shift }: CellDocument,
  { line, character }: Position,
): Position | null {
  const own = line - LINES_BEFORE;
  if (own < 0 || own >= source.split("\n").length) return null;
  return {
    line: own,
    character: own === 0 ? Math.max(0, character - shift) : character,
  };
}

function writeImports(
  used: readonly VisibleName[],
  { relayed, namesUri }: {
    readonly relayed: ReadonlyMap<string, VisibleName>;
    readonly namesUri: string | undefined;
  },
): string {
  // An import can not be assigned to.
  const declared = used.filter(({ name }) => relayed.has(name)).map((
    { name, uri },
  ) =>
    `declare let ${name}: typeof import(${
      quoteSibling(namesUri ?? uri)
    }).${name};`
  );
  const imported = used.filter(({ name }) => !relayed.has(name));
  // One import, also of nothing: see `CellDocuments.names`.
  const lines = namesUri === undefined
    ? imported.map(({ name, uri }) => writeImport([name], uri))
    : [writeImport(imported.map(({ name }) => name), namesUri)];
  return [...declared, ...lines].join(" ");
}

function writeImport(names: readonly string[], uri: string): string {
  return `import { ${names.join(", ")} } from ${quoteSibling(uri)};`;
}

/**
 * Writes how a document imports another one of its folder.
 *
 * @param uri The other one's address.
 */
export function quoteSibling(uri: string): string {
  return JSON.stringify(`./${uri.slice(uri.lastIndexOf("/") + 1)}`);
}

function listImports(tree: ts.SourceFile): readonly string[] {
  return tree.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
      statement.moduleSpecifier !== undefined &&
      ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : []
  );
}

/** Whether a statement is `declare global` or `declare module "…"`. */
function isAugmentation(statement: ts.Statement): boolean {
  return ts.isModuleDeclaration(statement) &&
    (ts.isStringLiteral(statement.name) || statement.name.text === "global");
}

function isJsxNode(node: ts.Node): boolean {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) ||
    ts.isJsxFragment(node);
}

const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;
const LINES_BEFORE = 1;
