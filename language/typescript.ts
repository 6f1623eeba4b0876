/**
 * The TypeScript compiler, and the only file that imports it.
 *
 * Importing it takes about 100 ms, so whoever wants to start fast imports the
 * folder's `mod.ts` dynamically. Pure: text in, syntax trees and text out.
 * @module
 */
import ts from "typescript";
import { blankSourceFile } from "ts-blank-space";

export { ts };

/** A syntax error, told by position in a text. Offsets are UTF-16 units. */
export interface SyntaxProblem {
  /** What is wrong, in the compiler's words. */
  readonly message: string;
  /** Offset of the first character that is wrong. */
  readonly start: number;
  /** Length of what is wrong; may be 0. */
  readonly length: number;
}

/** A parsed cell: its tree, and the first syntax error if it has one. */
export interface ParsedCell {
  /** The tree; made by guessing where there is an error. */
  readonly tree: ts.SourceFile;
  /** The first syntax error. */
  readonly problem: SyntaxProblem | undefined;
}

/**
 * Parses a cell as a TypeScript module.
 *
 * JSX and `<T>(x) => x` exclude each other, so a cell that is not TSX is tried
 * as plain TypeScript. When it is neither, the reading that gets further wins.
 *
 * @param source The cell's source.
 * @returns The tree and its first syntax error.
 */
export function parseCell(source: string): ParsedCell {
  const tsx = parse(source, ts.ScriptKind.TSX);
  if (tsx.problem === undefined) return tsx;
  const plain = parse(source, ts.ScriptKind.TS);
  if (plain.problem === undefined) return plain;
  return plain.problem.start > tsx.problem.start ? plain : tsx;
}

/**
 * Parses a cell as TypeScript with JSX, even if it is not.
 *
 * @param source The cell's source.
 * @returns The tree and its first syntax error.
 */
export function parseTsx(source: string): ParsedCell {
  return parse(source, ts.ScriptKind.TSX);
}

/**
 * Parses JavaScript that this folder has produced, with parents set.
 *
 * @param text A module's text.
 * @returns The tree and its first syntax error.
 */
export function parseJavaScript(text: string): ParsedCell {
  return parse(text, ts.ScriptKind.JS);
}

/**
 * Finds what only TypeScript has in a cell that is to be JavaScript.
 *
 * @param source The cell's source, without syntax errors.
 * @returns The first such thing, as an error.
 */
export function findTypes(source: string): SyntaxProblem | undefined {
  const { diagnostics = [] } = ts.transpileModule(source, {
    fileName: "cell.jsx",
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.React },
  });
  const found = diagnostics.find(({ code }) =>
    code >= FIRST_JS_ERROR && code < FIRST_JS_ERROR + 1000
  );
  return toProblem(found as ts.DiagnosticWithLocation | undefined);
}

/**
 * Erases all types from a cell, leaving spaces where they stood.
 *
 * @param tree The cell, without JSX and decorators.
 * @returns JavaScript of the same length and lines, or `undefined` when the
 * cell holds syntax that has a meaning at run time (an enum, for example).
 */
export function eraseTypes(tree: ts.SourceFile): string | undefined {
  let canErase = true;
  const text = blankSourceFile(tree, () => {
    canErase = false;
  });
  return canErase ? text : undefined;
}

/**
 * Finds the first node of a tree for which a test holds, depth first.
 *
 * @param root Where to start; it is tested too.
 * @param test The test.
 * @returns The node, or `undefined`.
 */
export function findNode(
  root: ts.Node,
  test: (node: ts.Node) => boolean,
): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined =>
    test(node) ? node : ts.forEachChild(node, visit);
  return visit(root);
}

/**
 * Tells whether an identifier names a property, and so refers to no variable.
 *
 * @param identifier An identifier of a tree with parents.
 * @returns Whether it stands after a dot or before a colon in an object.
 */
export function isPropertyName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return (ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent)) && parent.name === identifier;
}

function parse(text: string, kind: ts.ScriptKind): ParsedCell {
  const fileName = FILE_NAMES[kind] ?? "cell.ts";
  const tree = ts.createSourceFile(fileName, text, PARSE_OPTIONS, true, kind);
  // TypeScript keeps syntax errors on the tree, but not in its public types;
  // the public way to them is a whole program, which takes 20 times as long.
  const { parseDiagnostics } = tree as unknown as {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  return { tree, problem: toProblem(parseDiagnostics[0]) };
}

function toProblem(
  diagnostic: ts.DiagnosticWithLocation | undefined,
): SyntaxProblem | undefined {
  if (diagnostic === undefined) return undefined;
  const { messageText, start, length } = diagnostic;
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return { message, start, length };
}

/** "… can only be used in TypeScript files." and its like. */
const FIRST_JS_ERROR = 8000;
const FILE_NAMES: Readonly<Partial<Record<ts.ScriptKind, string>>> = {
  [ts.ScriptKind.TSX]: "cell.tsx",
  [ts.ScriptKind.TS]: "cell.ts",
  [ts.ScriptKind.JS]: "cell.js",
};

const PARSE_OPTIONS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  // Every cell counts as a module, so that `await` at its top level is never
  // read as a name.
  setExternalModuleIndicator: (file) => {
    (file as { externalModuleIndicator?: ts.Node | true })
      .externalModuleIndicator = true;
  },
};
