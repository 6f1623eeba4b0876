/**
 * What the types of other cells need to know of a cell. Pure.
 *
 * Made where cells are parsed, which is in a process of its own: a source may
 * be as deep, as long and as twisted as it likes. What is made of it, a document
 * for a language server, is in `lsp/document.ts`.
 * @module
 */
import { readTags } from "./cell_tags.ts";
import { contextAt, type CursorContext } from "./cursor_context.ts";
import { listAssigned } from "./lsp/assigned.ts";
import { type CellName, listNames } from "./lsp/names.ts";
import { listTypeNames } from "./lsp/type_names.ts";
import { asObjectLiteral } from "./prepare.ts";
import { findNode, parseCell, ts } from "./typescript.ts";

/** What the types of other cells need to know of a cell. */
export interface CellOutline {
  /** What the user wrote. */
  readonly source: string;
  /** What it declares. */
  readonly names: readonly CellName[];
  /** All that may be a name in it, each once. */
  readonly words: readonly string[];
  /** The names that it gives new values. */
  readonly assigned: readonly string[];
  /** The names that it uses as types. */
  readonly typeNames: readonly string[];
  /** Whether it is nothing but an object literal. */
  readonly isLiteral: boolean;
  /** Whether there is JSX in it. */
  readonly isJsx: boolean;
  /** Whether it declares something without giving it a name of its own. */
  readonly isGlobal: boolean;
  /** The module that it is for others, if it is one: it gives them no names. */
  readonly module?: string;
  /** Whether it is code for a web page. */
  readonly isBrowser?: boolean;
  /** What could stand at the cursor, if there is one. */
  readonly context?: CursorContext;
}

/**
 * Outlines a cell.
 *
 * @param source The cell; it may be half-written.
 * @param cursor Where the cursor is, as a UTF-16 offset. @default there is none
 */
export function outlineCell(source: string, cursor?: number): CellOutline {
  const { tree } = parseCell(source);
  const { module, isBrowser } = readTags(source);
  return {
    source,
    names: module === null && !isBrowser ? listNames(tree) : [],
    words: [...new Set(source.match(IDENTIFIER))],
    assigned: [...listAssigned(tree)],
    typeNames: [...listTypeNames(tree)],
    isLiteral: asObjectLiteral(source, tree) !== undefined,
    isJsx: findNode(tree, isJsxNode) !== undefined,
    isGlobal: tree.statements.some(isAugmentation),
    ...(module === null ? {} : { module }),
    ...(isBrowser ? { isBrowser } : {}),
    ...(cursor === undefined ? {} : { context: contextAt(tree, cursor) }),
  };
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
