/**
 * Assignments that can not work: to a constant, or to what is no place.
 *
 * As globals, constants can be written to, so the mistake would go unnoticed
 * inside the cell that declares them. Pure.
 * @module
 */
import type { Declaration } from "./declarations.ts";
import { ts } from "./typescript.ts";

/**
 * Lists a cell's constants whose name means nothing else anywhere in the cell.
 *
 * Names that an inner scope declares again are left out, because telling the
 * scopes apart would take TypeScript's checker.
 *
 * @param tree The cell as JavaScript.
 * @param declarations What its top level declares.
 * @returns The names.
 */
export function listConstants(
  tree: ts.SourceFile,
  declarations: readonly Declaration[],
): ReadonlySet<string> {
  const names = new Set(
    declarations.filter(({ kind }) => kind === "const" || kind === "import")
      .map(({ name }) => name),
  );
  if (names.size === 0) return names;
  const own = new Set(declarations.map(({ node }) => node));
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !own.has(node) && isDeclared(node)) {
      names.delete(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

/**
 * Tells what is wrong with a node that an assignment writes to.
 *
 * @param node Any node.
 * @param constants The names that must not be assigned.
 * @returns A message, or `undefined` if nothing is wrong.
 */
export function judgeAssignment(
  node: ts.Node,
  constants: ReadonlySet<string>,
): string | undefined {
  if (ts.isIdentifier(node)) {
    return constants.has(node.text) && isTarget(node)
      ? `Cannot assign to '${node.text}' because it is a constant.`
      : undefined;
  }
  return !ts.isExpression(node) || !isTarget(node) || isPlace(node)
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

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) ||
    ts.isParameter(parent) || ts.isFunctionLike(parent) ||
    ts.isClassLike(parent)) && parent.name === node;
}
