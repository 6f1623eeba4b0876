/**
 * The names that a cell declares at its top level, as a part of a program. Pure.
 *
 * Types are left out: they may be declared as often as one likes.
 * @module
 */
import { isVarList, isVarScope, listBound } from "../declarations.ts";
import { ts } from "../typescript.ts";

/** A name that a statement declares. */
export interface Declared {
  /** The name. */
  readonly name: string;
  /** The statement. */
  readonly statement: ts.Statement;
  /** What kind of statement; `nested` is `var` inside of another. */
  readonly kind:
    | "variable"
    | "var"
    | "nested"
    | "function"
    | "class"
    | "enum"
    | "namespace";
}

/**
 * Lists what a cell declares, imports left out.
 *
 * @param tree The cell.
 */
export function listDeclared(tree: ts.SourceFile): readonly Declared[] {
  return tree.statements.flatMap((statement): readonly Declared[] => {
    if (isAmbient(statement) || ts.isImportDeclaration(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      const list = statement.declarationList;
      const kind = isVarList(list) ? "var" : "variable";
      return list.declarations.flatMap(({ name }) => listBound(name))
        .map(({ text }) => ({ name: text, statement, kind }));
    }
    if (ts.isFunctionDeclaration(statement)) {
      const { name, body } = statement;
      return name === undefined || body === undefined
        ? []
        : [{ name: name.text, statement, kind: "function" }];
    }
    if (ts.isClassDeclaration(statement)) {
      return statement.name === undefined
        ? []
        : [{ name: statement.name.text, statement, kind: "class" }];
    }
    if (ts.isEnumDeclaration(statement)) {
      return [{ name: statement.name.text, statement, kind: "enum" }];
    }
    if (ts.isModuleDeclaration(statement)) {
      return ts.isIdentifier(statement.name)
        ? [{ name: statement.name.text, statement, kind: "namespace" }]
        : [];
    }
    return listNestedVars(statement).flatMap((list) =>
      list.declarations.flatMap(({ name }) => listBound(name))
    ).map(({ text }) => ({ name: text, statement, kind: "nested" }));
  });
}

/**
 * Finds lists of `var` in blocks and loops, at any depth.
 *
 * @param node Where to look.
 */
export function listNestedVars(
  node: ts.Node,
): readonly ts.VariableDeclarationList[] {
  if (isVarScope(node)) return [];
  if (ts.isVariableDeclarationList(node)) return isVarList(node) ? [node] : [];
  const found: ts.VariableDeclarationList[] = [];
  ts.forEachChild(node, (child) => {
    for (const one of listNestedVars(child)) found.push(one);
  });
  return found;
}

/**
 * Lists the words of a cell that may refer to variables.
 *
 * @param tree The cell.
 */
export function listWords(tree: ts.SourceFile): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isProperty = ts.isPropertyAccessExpression(node.parent ?? node) &&
      (node.parent as ts.PropertyAccessExpression).name === node;
    if (ts.isIdentifier(node) && !isProperty) words.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return words;
}

/** Whether a statement says only that something is there: `declare`. */
function isAmbient(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) =>
      kind === ts.SyntaxKind.DeclareKeyword
    );
}
