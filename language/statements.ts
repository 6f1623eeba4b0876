/**
 * Statements of a cell's top level, rewritten one by one.
 *
 * New text before a statement goes to the end of the line above where there is
 * one, so that the statement keeps its columns. Pure.
 * @module
 */
import { BEFORE_VALUE, endValue } from "./cell_function.ts";
import { isVarList, isVarScope } from "./declarations.ts";
import { blank, blankStatement, type Edit, fit, insert } from "./edits.ts";
import { loadsModule } from "./imports.ts";
import { ts } from "./typescript.ts";
import { defineFunction, editVariables } from "./variables.ts";
import type { ScopeNames, VariablePlace } from "./variables.ts";

/** What there is to know about a statement beside itself. */
export interface StatementPlace {
  /** The cell as JavaScript. */
  readonly tree: ts.SourceFile;
  /** Where the statement before ends; 0 for the first one. */
  readonly previousEnd: number;
  /** The names under which the script knows what declares for it. */
  readonly scope: ScopeNames;
  /** Enums and namespaces of the cell, which start anew. */
  readonly freshNames: ReadonlySet<string>;
}

/**
 * Makes a cell's last statement return its value.
 *
 * @param statement The last statement.
 * @param place What is around it.
 * @returns The edits, or `undefined` if the statement is no expression.
 */
export function editValue(
  statement: ts.Statement,
  place: StatementPlace,
): readonly Edit[] | undefined {
  const isExpression = ts.isExpressionStatement(statement) ||
    ts.isExportAssignment(statement);
  if (!isExpression) return undefined;
  const { expression } = statement;
  const range = { start: statement.getStart(), end: expression.getStart() };
  return [
    ...replaceStart(range, BEFORE_VALUE, place),
    ...endValue(expression.end, isEnded(statement) ? null : statement.end),
  ];
}

/**
 * Rewrites a statement whose value is not asked for.
 *
 * @param statement The statement.
 * @param place What is around it.
 * @returns The edits; none for imports, which are edited together.
 */
export function editStatement(
  statement: ts.Statement,
  place: StatementPlace,
): readonly Edit[] {
  if (loadsModule(statement)) return [];
  if (ts.isExportDeclaration(statement)) {
    const start = statement.getStart();
    const text = blankStatement(place.tree.text.slice(start, statement.end));
    return [{ start, end: statement.end, text }];
  }
  if (ts.isExportAssignment(statement)) {
    return wrap(statement, statement.expression.getStart(), place);
  }
  if (ts.isFunctionDeclaration(statement)) {
    return editFunction(statement, place);
  }
  if (ts.isClassDeclaration(statement)) return editClass(statement, place);
  if (ts.isVariableStatement(statement)) {
    const start = statement.getStart();
    return editVariableStatement(statement, "statement", {
      ...place,
      replaceStart: (end, text) => replaceStart({ start, end }, text, place),
    });
  }
  return editNestedVars(statement, place);
}

/** Hoists a function under its name, without a binding of its own inside. */
function editFunction(
  statement: ts.FunctionDeclaration,
  place: StatementPlace,
): readonly Edit[] {
  const { name } = statement;
  const start = statement.getStart();
  const keyword = startOfDeclaration(statement);
  if (name === undefined) return wrap(statement, keyword, place);
  const text = name.getText();
  const exports = place.tree.text.slice(start, keyword);
  return [
    ...(exports === ""
      ? []
      : [{ start, end: keyword, text: blankStatement(exports) }]),
    ...replaceStart(
      { start: keyword, end: keyword },
      defineFunction(place.scope.variables, text),
      place,
    ).map((edit) => ({ ...edit, isHoisted: true })),
    // A named function expression would see itself under its name for ever,
    // and not what the name is given later. The comment shows it to readers.
    { start: name.getStart(), end: name.end, text: `/*${text}*/` },
    { ...insert(statement.end, `}.${text};`), isHoisted: true },
  ];
}

function editClass(
  statement: ts.ClassDeclaration,
  place: StatementPlace,
): readonly Edit[] {
  const { name } = statement;
  const keyword = startOfDeclaration(statement);
  if (name === undefined) return wrap(statement, keyword, place);
  const range = { start: statement.getStart(), end: keyword };
  return [
    ...replaceStart(
      range,
      `${place.scope.variables}.${name.getText()}=`,
      place,
    ),
    insert(statement.end, ";"),
  ];
}

/** Makes an expression statement of what follows `export default`. */
function wrap(
  statement: ts.Statement,
  expressionStart: number,
  place: StatementPlace,
): readonly Edit[] {
  const range = { start: statement.getStart(), end: expressionStart };
  const { end } = ts.isExportAssignment(statement)
    ? statement.expression
    : statement;
  return [...replaceStart(range, ";(", place), insert(end, ");")];
}

/** Rewrites `var` in blocks and loops, which belongs to the top level too. */
function editNestedVars(
  node: ts.Node,
  place: StatementPlace,
): readonly Edit[] {
  if (isVarScope(node)) return [];
  const start = node.getStart();
  const options = {
    ...place,
    replaceStart: (end: number, text: string): readonly Edit[] => [
      { start, end, text: fit(text, place.tree.text.slice(start, end)) },
    ],
  };
  if (ts.isVariableStatement(node)) {
    if (!isVarList(node.declarationList)) return [];
    const { parent } = node;
    const isListed = ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent);
    return editVariableStatement(
      node,
      isListed ? "statement" : "body",
      options,
    );
  }
  if (ts.isVariableDeclarationList(node)) {
    const variablePlace = ts.isForStatement(node.parent) ? "for" : "each";
    return isVarList(node)
      ? editVariables(node, { ...options, place: variablePlace })
      : [];
  }
  const found: Edit[] = [];
  ts.forEachChild(node, (child) => {
    for (const one of editNestedVars(child, place)) found.push(one);
  });
  return found;
}

function editVariableStatement(
  statement: ts.VariableStatement,
  variablePlace: VariablePlace,
  options: Omit<Parameters<typeof editVariables>[1], "place">,
): readonly Edit[] {
  const list = statement.declarationList;
  return [
    ...editVariables(list, { ...options, place: variablePlace }),
    ...endStatement(statement),
  ];
}

/** Replaces the beginning of a statement, without moving what follows it. */
function replaceStart(
  { start, end }: Pick<Edit, "start" | "end">,
  text: string,
  { tree, previousEnd }: StatementPlace,
): readonly Edit[] {
  const old = tree.text.slice(start, end);
  const hasRoom = text.length <= end - start;
  const isBelow = /[\n\r]/.test(tree.text.slice(previousEnd, start));
  if (hasRoom || !isBelow) return [{ start, end, text: fit(text, old) }];
  return [
    insert(previousEnd, text.startsWith(";") ? text : `;${text}`),
    { start, end, text: blank(old) },
  ];
}

/** Adds the semicolon that a rewritten statement must not be without. */
function endStatement(statement: ts.Statement): readonly Edit[] {
  return isEnded(statement) ? [] : [insert(statement.end, ";")];
}

function isEnded(statement: ts.Statement): boolean {
  return statement.getText().endsWith(";");
}

/**
 * Finds where a declaration begins, `export` and `default` left out.
 *
 * @param statement The declaration.
 * @returns The offset of `async`, `function` or `class`.
 */
export function startOfDeclaration(
  statement: ts.FunctionDeclaration | ts.ClassDeclaration,
): number {
  const isExport = ({ kind }: ts.ModifierLike): boolean =>
    kind === ts.SyntaxKind.ExportKeyword ||
    kind === ts.SyntaxKind.DefaultKeyword;
  const last = statement.modifiers?.findLast(isExport);
  if (last === undefined) return statement.getStart();
  const { text } = statement.getSourceFile();
  const between = text.slice(last.end).match(SPACE_AND_COMMENTS);
  return last.end + (between?.[0].length ?? 0);
}

const SPACE_AND_COMMENTS = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/;
