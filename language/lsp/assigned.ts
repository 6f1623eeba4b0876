/**
 * The names that a cell gives new values. Pure.
 * @module
 */
import { ts } from "../typescript.ts";

/**
 * Lists the names that a cell assigns to, wherever it does so.
 *
 * A name that only stands inside of what is assigned to, as `i` in `a[i] = 1`,
 * may be among them: that costs nothing.
 *
 * @param tree The cell; it may be half-written.
 */
export function listAssigned(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const addAll = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, addAll);
  };
  const visit = (node: ts.Node): void => {
    const target = targetOf(node);
    if (target !== undefined) addAll(target);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function targetOf(node: ts.Node): ts.Node | undefined {
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.PlusPlusToken ||
        node.operator === ts.SyntaxKind.MinusMinusToken
      ? node.operand
      : undefined;
  }
  if (ts.isForInStatement(node) || ts.isForOfStatement(node)) {
    return ts.isVariableDeclarationList(node.initializer)
      ? undefined
      : node.initializer;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment &&
      kind <= ts.SyntaxKind.LastAssignment
    ? node.left
    : undefined;
}
