/**
 * The cells of a program, parsed, and which of their names meet. Pure.
 * @module
 */
import { applyEdits } from "../edits.ts";
import { asObjectLiteral } from "../prepare.ts";
import { parseCell, ts } from "../typescript.ts";
import {
  type CellImports,
  type Imported,
  moveSpecifier,
  type Places,
  readImports,
} from "./imports.ts";
import { type Declared, listDeclared, listWords } from "./names.ts";
import { hasUsing } from "./rewrite.ts";
import type { ScriptCell } from "./script.ts";

/** A cell that was read. */
export interface ReadCell {
  readonly cell: ScriptCell;
  readonly tree: ts.SourceFile;
  readonly declared: readonly Declared[];
  readonly imports: CellImports;
  readonly words: ReadonlySet<string>;
  /** Whether its names have to be declared outside of it. */
  readonly isBlock: boolean;
}

/** A cell that was read, or could not be. */
export type MaybeRead = Partial<Omit<ReadCell, "tree">> & {
  readonly tree: ts.SourceFile | null;
  readonly text: string;
  readonly problem?: string;
};

/**
 * Reads a cell.
 *
 * @param cell The cell.
 * @param places Where the program finds modules.
 * @returns The cell, or what becomes a comment in its place.
 */
export function readCell(cell: ScriptCell, places: Places): MaybeRead {
  const { number, source, runs, mayFail } = cell;
  if (!runs) return { tree: null, text: source };
  try {
    const parsed = parseCell(withoutHashbang(source));
    const literal = asObjectLiteral(source, parsed.tree);
    const { problem } = parsed;
    if (literal === undefined && problem !== undefined) {
      return {
        tree: null,
        text: `Cell ${number} is no TypeScript: ${problem.message}\n${source}`,
        problem:
          `Cell ${number} is a comment in the script: it is no TypeScript (${problem.message})`,
      };
    }
    const tree = moveImports(literal ?? parsed.tree, places);
    return {
      cell,
      tree,
      text: "",
      declared: listDeclared(tree),
      imports: readImports(tree, NO_PLACES),
      words: listWords(tree),
      isBlock: mayFail || hasUsing(tree),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = `Cell ${number} is nested too deeply to be read`;
    return { tree: null, text: `${problem}\n${source}`, problem };
  }
}

function withoutHashbang(source: string): string {
  return source.replace(/^#!.*/, "");
}

/** All specifiers, also those in functions, as they are seen from the program. */
function moveImports(tree: ts.SourceFile, places: Places): ts.SourceFile {
  if (places.base === "" && Object.keys(places.modules).length === 0) {
    return tree;
  }
  const found: ts.StringLiteralLike[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = ts.isImportDeclaration(node) ||
        ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isExternalModuleReference(node)
      ? node.expression
      : ts.isCallExpression(node) &&
          node.expression.kind === ts.SyntaxKind.ImportKeyword
      ? node.arguments[0]
      : undefined;
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      found.push(specifier);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const edits = found.map((literal) => ({
    start: literal.getStart(),
    end: literal.end,
    text: JSON.stringify(moveSpecifier(literal.text, places)),
  }));
  return parseCell(applyEdits(tree.text, edits, []).body).tree;
}

/** Names that one declaration is not enough for. */
export interface SharedNames {
  /** All of them. */
  readonly shared: ReadonlySet<string>;
  /** Those that mean something of Deno's before a cell declares them. */
  readonly early: ReadonlySet<string>;
}

/**
 * Finds the names with several declarations: what is imported twice alike has
 * one. A name that is read before its cell, and that Deno has too, counts as well:
 * before, it means Deno's.
 *
 * @param cells All cells, in order.
 */
export function findShared(cells: readonly ReadCell[]): SharedNames {
  const meanings = new Map<string, Set<string>>();
  const add = (name: string, meaning: string) =>
    meanings.set(name, (meanings.get(name) ?? new Set()).add(meaning));
  const read = new Set<string>();
  const early = new Set<string>();
  for (
    const [index, { cell, declared, imports, words, isBlock }] of cells
      .entries()
  ) {
    for (const one of imports.names.filter(({ isType }) => !isType)) {
      // Where an import may fail, it is no declaration any more.
      add(one.name, cell.mayFail ? `${index}` : keyOf(one));
      if (cell.mayFail) add(one.name, "block");
    }
    for (const { name, kind, statement } of declared) {
      const isJoined = declared.some((other) =>
        other.name === name && other.kind === "namespace"
      );
      const mergesWithOthers = isJoined || kind === "var" ||
        kind === "nested" ||
        kind === "enum" || kind === "namespace";
      add(name, `${index}${mergesWithOthers ? "" : ` ${statement.pos}`}`);
      if (isBlock) add(name, "block");
      if (read.has(name) && name in globalThis) {
        add(name, "global");
        early.add(name);
      }
    }
    for (const word of words) read.add(word);
  }
  const shared = [...meanings].filter(([, own]) => own.size > 1);
  return { shared: new Set(shared.map(([name]) => name)), early };
}

function keyOf({ from, original }: Imported): string {
  return `import ${original} ${from}`;
}

const NO_PLACES: Places = { base: "", modules: {} };
