/**
 * Assignments to what is no place. Those to constants are no concern of ours:
 * they fail when they run, and can be caught. Pure.
 * @module
 */
import { ts } from "./typescript.ts";

/**
 * Tells what is wrong with a node that an assignment writes to.
 *
 * @param node Any node.
 * @returns A message, or `undefined` if nothing is wrong.
 */
export function judgeAssignment(node: ts.Node): string | undefined {
  return !ts.isExpression(node) || ts.isIdentifier(node) || !isTarget(node) ||
      isPlace(node)
    ? undefined
    : "Only a variable or a property can be assigned to.";
}

/** Whether an assignment, `++`, `--` or a loop writes to an expression. */
function isTarget(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isTarget(parent);
  if (ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken ||
      parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) {
    return parent.initializer === node;
  }
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const operator = parent.operatorToken.kind;
  return operator >= ts.SyntaxKind.FirstAssignment &&
    operator <= ts.SyntaxKind.LastAssignment;
}

function isPlace(node: ts.Expression): boolean {
  if (ts.isOptionalChain(node)) return false;
  return ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) || ts.isParenthesizedExpression(node) ||
    ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
}
