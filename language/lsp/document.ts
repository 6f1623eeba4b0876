/**
 * Cells as documents of a language server.
 *
 * Each cell is a module of its own beside the notebook. A line in front of it
 * imports the names of earlier cells that it uses, a line after it exports its
 * own; so any cell may declare any name anew. Pure.
 * @module
 */
import type { CellOutline } from "../outline.ts";
import type { CellName } from "./names.ts";
import type { Position, ServerDocument } from "./server.ts";
import { replaceHalfEscapes } from "./well_formed.ts";
import { type Meanings, meaningsOf, type VisibleName } from "./visible.ts";

/** A cell as a document. */
export interface CellDocument extends ServerDocument {
  /** What was read in the cell. */
  readonly outline: CellOutline;
  /** What the user wrote. */
  readonly source: string;
  /** What it declares. */
  readonly names: readonly CellName[];
  /** The names of earlier cells that it uses, as it saw them. */
  readonly seen: ReadonlyMap<string, VisibleName>;
  /** Addresses of the documents that it imports from. */
  readonly uses: readonly string[];
  /** Whether its names come from `CellDocuments.names`. */
  readonly isDraft: boolean;
  /** Whether it declares something without giving it a name of its own. */
  readonly isGlobal: boolean;
  /**
   * Names of earlier cells that it is told of by a declaration: those that it
   * assigns to, and those whose type another cell declares.
   */
  readonly relayed: ReadonlyMap<string, VisibleName>;
  /** How far its first line is shifted to the right, in UTF-16 units. */
  readonly shift: number;
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
 * @param outline What was read in the cell.
 * @param options Where it is, and what it can see.
 */
export function writeDocument(
  outline: CellOutline,
  { uri, visible, namesUri }: DocumentOptions,
): CellDocument {
  const { source, names, isJsx, isLiteral, module, isBrowser } = outline;
  const isAlone = module !== undefined || isBrowser === true;
  // A module sees nothing but what it imports.
  const words = isAlone ? [] : outline.words;
  const seen = new Map(
    words.flatMap((name) => {
      const found = visible.get(name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
  const used = listUsed(outline, seen);
  const assigned = new Set(outline.assigned);
  const isAssigned = ({ name, isMutable }: VisibleName) =>
    isMutable && assigned.has(name);
  const relayed = new Map(
    used.flatMap((one) =>
      one.value && (isAssigned(one.value) || isSplit(one))
        ? [[one.value.name, one.value]]
        : []
    ),
  );
  const exported = names.filter(({ isExported }) => !isExported);
  const body = replaceHalfEscapes(isLiteral ? `(${source}\n)` : source);
  const before = isBrowser
    ? '/// <reference lib="dom" />'
    : isAlone
    ? ""
    : writeImports(used, { relayed, seen, namesUri, isAssigned });
  return {
    // A module has no ending: this is what others import, and a server looks for
    // other endings on the disk only.
    uri: uri.endsWith(`/${module}`) ? uri : `${uri}.${isJsx ? "tsx" : "ts"}`,
    languageId: isJsx ? "typescriptreact" : "typescript",
    text: `${before}\n${body}\nexport { ${
      exported.map(({ name }) => name).join(", ")
    } };\n`,
    outline,
    source,
    names,
    isDraft: namesUri !== undefined,
    isGlobal: outline.isGlobal,
    relayed,
    seen,
    uses: [
      ...new Set(
        used.flatMap(({ value, type }) =>
          [value, type].flatMap((one) => one?.uri ?? [])
        ),
      ),
    ],
    shift: isLiteral ? 1 : 0,
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
 * @param lineBreak What ends a line: what the server finds wrong it tells in the
 * lines of TypeScript, which knows more breaks than its protocol.
 * @returns Line and column, 0-based; `null` if it is outside of the cell.
 */
export function toCellPosition(
  { source, shift }: CellDocument,
  { line, character }: Position,
  lineBreak: string | RegExp = "\n",
): Position | null {
  const own = line - LINES_BEFORE;
  if (own < 0 || own >= source.split(lineBreak).length) return null;
  return {
    line: own,
    character: own === 0 ? Math.max(0, character - shift) : character,
  };
}

/** Whether two cells say what a name is: one as a value, one as a type. */
function isSplit({ value, type }: Meanings): boolean {
  return value !== undefined && type !== undefined && value.uri !== type.uri;
}

/** Lists what a cell needs of the names of earlier cells. */
function listUsed(
  { names, typeNames }: CellOutline,
  seen: CellDocument["seen"],
): readonly Meanings[] {
  const own = new Map(names.map((one) => [one.name, one]));
  const types = new Set(typeNames);
  return [...seen.values()].flatMap((one) => {
    const { value, type } = meaningsOf(one);
    const declared = own.get(one.name);
    if (declared === undefined) return [{ value, type }];
    const left = {
      value: declared.isValue ? undefined : value,
      // What a cell declares as a value it does not always use as a type.
      type: declared.isType || !types.has(one.name) ? undefined : type,
    };
    return left.value || left.type ? [left] : [];
  });
}

/**
 * Writes what stands in front of a cell.
 *
 * Where an import and a name of the cell's own are one name, TypeScript finds
 * each meaning where it is, and complains at the import, where nobody looks.
 */
function writeImports(
  used: readonly Meanings[],
  { relayed, seen, namesUri, isAssigned }:
    & Pick<CellDocument, "relayed" | "seen">
    & {
      readonly namesUri: string | undefined;
      readonly isAssigned: (name: VisibleName) => boolean;
    },
): string {
  const lines: string[] = [];
  const imported: { readonly module: string; readonly specifier: string }[] =
    [];
  for (const { value, type } of used) {
    const one = value ?? type;
    if (one === undefined) continue;
    if (!relayed.has(one.name)) {
      imported.push(writeSpecifier(one, { seen, namesUri }));
      continue;
    }
    if (value !== undefined) {
      const { module, exported } = writeSpecifier(value, { seen, namesUri });
      // An import can not be assigned to, nor can two have one name.
      const keyword = isAssigned(value) ? "let" : "const";
      lines.push(
        `declare ${keyword} ${value.name}: typeof import(${module}).${exported};`,
      );
    }
    if (type !== undefined) {
      const { module, specifier } = writeSpecifier(type, { seen, namesUri });
      lines.push(`import type { ${specifier} } from ${module};`);
    }
  }
  // One import, also of nothing: see `CellDocuments.names`.
  const imports = namesUri === undefined
    ? imported.map(({ specifier, module }) => writeImport(specifier, module))
    : [
      writeImport(
        imported.map(({ specifier }) => specifier).join(", "),
        quoteSibling(namesUri),
      ),
    ];
  return [...lines, ...imports].join(" ");
}

function writeImport(specifiers: string, module: string): string {
  return `import { ${specifiers} } from ${module};`;
}

/** Writes where a name is from, and under which name it is exported there. */
function writeSpecifier(
  { name, uri }: VisibleName,
  { seen, namesUri }: Pick<CellDocument, "seen"> & {
    readonly namesUri: string | undefined;
  },
): {
  readonly module: string;
  readonly exported: string;
  readonly specifier: string;
} {
  const isOther = namesUri !== undefined && seen.get(name)?.uri !== uri;
  const exported = isOther ? nameOfOther(name) : name;
  return {
    module: quoteSibling(namesUri ?? uri),
    exported,
    specifier: isOther ? `${exported} as ${name}` : name,
  };
}

/**
 * Gives the name under which `CellDocuments.names` has the other declaration of
 * a name.
 *
 * @param name The name.
 */
export function nameOfOther(name: string): string {
  return `$skein_other_${name}`;
}

/**
 * Writes how a document imports another one of its folder.
 *
 * @param uri The other one's address.
 */
export function quoteSibling(uri: string): string {
  return JSON.stringify(`./${uri.slice(uri.lastIndexOf("/") + 1)}`);
}

/** A cell in which nothing stands. */
export const EMPTY_CELL: CellOutline = {
  source: "",
  names: [],
  words: [],
  assigned: [],
  typeNames: [],
  isLiteral: false,
  isJsx: false,
  isGlobal: false,
};
const LINES_BEFORE = 1;
