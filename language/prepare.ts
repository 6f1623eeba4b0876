/**
 * What is done to a cell's source before its types are erased.
 *
 * A few forms mean something else in a cell than in a module; each is replaced
 * by plain TypeScript of the same length. Pure.
 * @module
 */
import type { ColumnShifts } from "./column_shifts.ts";
import { applyEdits, blank, type Edit } from "./edits.ts";
import type { CellLanguageName } from "./transform.ts";
import { findTypes, parseCell, type SyntaxProblem, ts } from "./typescript.ts";

/** A cell's source as a module that TypeScript can erase or lower. */
export interface PreparedCell {
  /** Tells it apart from a syntax error. */
  readonly type: "prepared";
  /** The parsed source. */
  readonly tree: ts.SourceFile;
  /** From its columns to the user's. */
  readonly shifts: ColumnShifts;
}

/** A cell that is not TypeScript. */
export interface UnpreparedCell {
  /** Tells it apart from a prepared cell. */
  readonly type: "problem";
  /** What is wrong, and where in the user's source. */
  readonly problem: SyntaxProblem;
}

/**
 * Parses a cell, and replaces the forms that only a cell has.
 *
 * - A cell that is nothing but an object literal is put in parentheses.
 * - `import x = require("m")` becomes `import x from "m"`: what CommonJS
 *   exports is the default export under Deno.
 * - Imports that name only types vanish, whatever the module does when it runs.
 * - `export =` vanishes, so that its expression is the cell's last one.
 * - A `#!` line vanishes.
 *
 * @param source The cell's source.
 * @param cells What it is written in.
 * @returns The prepared cell, or its first syntax error.
 */
export function prepareCell(
  source: string,
  cells: CellLanguageName = "typescript",
): PreparedCell | UnpreparedCell {
  const cell = parseCell(source);
  const typed = cells === "javascript" ? findTypes(source) : undefined;
  if (typed !== undefined) return { type: "problem", problem: typed };
  const literal = asObjectLiteral(source, cell.tree);
  if (literal !== undefined) {
    return { type: "prepared", tree: literal, shifts: { 1: [[1, -1]] } };
  }
  if (cell.problem !== undefined) {
    return { type: "problem", problem: cell.problem };
  }
  const edits = [
    ...cell.tree.statements.flatMap((statement) =>
      editStatement(statement, cell.tree)
    ),
    ...editHashbang(source),
  ];
  if (edits.length === 0) {
    return { type: "prepared", tree: cell.tree, shifts: {} };
  }
  const { tree } = parseCell(applyEdits(source, edits, []).body);
  return { type: "prepared", tree, shifts: {} };
}

/**
 * Reads a cell such as `{ a: 1, b: f() }` as one expression.
 *
 * By grammar it is a block, and mostly a syntax error; in a notebook it can
 * only be meant as a value.
 */
export function asObjectLiteral(
  source: string,
  tree: ts.SourceFile,
): ts.SourceFile | undefined {
  const [first] = tree.statements;
  if (first === undefined || !ts.isBlock(first)) return undefined;
  const inParentheses = parseCell(`(${source}\n)`);
  if (inParentheses.problem !== undefined) return undefined;
  const [statement, ...others] = inParentheses.tree.statements;
  if (statement === undefined || others.length > 0) return undefined;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  if (!ts.isParenthesizedExpression(expression)) return undefined;
  const literal = expression.expression;
  if (!ts.isObjectLiteralExpression(literal)) return undefined;
  // `{ a = 1 }` is a block with an assignment; only a pattern may look so.
  const isPattern = literal.properties.some((property) =>
    ts.isShorthandPropertyAssignment(property) &&
    property.objectAssignmentInitializer !== undefined
  );
  return isPattern ? undefined : inParentheses.tree;
}

function editStatement(
  statement: ts.Statement,
  tree: ts.SourceFile,
): readonly Edit[] {
  const start = statement.getStart(tree);
  const range = { start, end: statement.end };
  const text = tree.text.slice(start, statement.end);
  if (ts.isImportDeclaration(statement) && namesOnlyTypes(statement)) {
    return [{ ...range, text: `;${blank(text.slice(1))}` }];
  }
  if (ts.isExportAssignment(statement) && statement.isExportEquals === true) {
    const end = statement.expression.getStart(tree);
    return [{ start, end, text: `;${blank(tree.text.slice(start + 1, end))}` }];
  }
  if (ts.isImportEqualsDeclaration(statement)) {
    return editImportEquals(statement, tree);
  }
  return [];
}

/** `import x = require("m");` becomes `import x from     ("m");` without `()`. */
function editImportEquals(
  statement: ts.ImportEqualsDeclaration,
  tree: ts.SourceFile,
): readonly Edit[] {
  const { moduleReference, name, isTypeOnly } = statement;
  if (!ts.isExternalModuleReference(moduleReference)) return [];
  const start = statement.getStart(tree);
  const specifier = moduleReference.expression;
  const modifiersEnd = statement.modifiers?.end ?? start;
  const equals = tree.text.slice(name.end, specifier.getStart(tree));
  const closing = { start: specifier.end, end: moduleReference.end };
  if (isTypeOnly) {
    const text = tree.text.slice(start + 1, statement.end);
    return [{ start, end: statement.end, text: `;${blank(text)}` }];
  }
  return [
    {
      start,
      end: modifiersEnd,
      text: blank(tree.text.slice(start, modifiersEnd)),
    },
    {
      start: name.end,
      end: specifier.getStart(tree),
      text: ` from${blank(equals.slice(" from".length))}`,
    },
    { ...closing, text: blank(tree.text.slice(closing.start, closing.end)) },
  ];
}

function namesOnlyTypes({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined || importClause.name !== undefined) {
    return false;
  }
  const { namedBindings } = importClause;
  if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) {
    return false;
  }
  const { elements } = namedBindings;
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}

function editHashbang(source: string): readonly Edit[] {
  const line = source.match(/^#!.*/)?.[0];
  return line === undefined
    ? []
    : [{ start: 0, end: line.length, text: blank(line) }];
}
