/**
 * What stands around a cursor, as far as it decides who can complete it. Pure.
 * @module
 */
import { ts } from "./typescript.ts";

/**
 * What could stand at a cursor.
 *
 * - `code`: a name that has a value, which the running program may know.
 * - `typed`: something that only types know: a string among others, a type, the
 *   name of a property, of an import, of what is being declared.
 * - `key`: the name of a property in an object.
 * - `nothing`: the inside of a comment, of a number, of a regular expression, the
 *   place right behind a string.
 */
export type CursorContext = "code" | "typed" | "key" | "nothing";

/**
 * Tells what could stand at a cursor.
 *
 * @param tree The cell; it may be half-written.
 * @param offset The cursor. Units: UTF-16 offset.
 */
export function contextAt(tree: ts.SourceFile, offset: number): CursorContext {
  const source = tree.text;
  const token = tokenAt(tree, offset);
  if (offset <= token.getStart(tree)) {
    if (isInComment(source, token.pos, offset)) return "nothing";
    const before = tokenBefore(tree, offset);
    if (before === undefined || before === token) return "code";
    // A name that is being written may touch the cursor from the left.
    if (before.end === offset) return contextOf(before, tree, offset);
    return isInComment(source, before.end, offset)
      ? "nothing"
      : contextAfter(before);
  }
  return contextOf(token, tree, offset);
}

/** What is meant by a token that the cursor is in, or behind. */
function contextOf(
  token: ts.Node,
  tree: ts.SourceFile,
  offset: number,
): CursorContext {
  const { kind, parent } = token;
  if (NOTHING.has(kind)) return "nothing";
  if (ts.isStringTextContainingNode(token)) {
    if (isInText(token, tree, offset)) return "typed";
    // No name can stand right behind a quote.
    const isOpened = ts.isTemplateHead(token) || ts.isTemplateMiddle(token);
    return isOpened ? "code" : "nothing";
  }
  if (ts.isPrivateIdentifier(token)) return "typed";
  if (token.kind === ts.SyntaxKind.JsxText) return "typed";
  if (!ts.isIdentifier(token)) return contextAfter(token);
  if (isKey(token)) return "key";
  if (isInType(token)) return "typed";
  return isNameOf(token, parent) ? "typed" : "code";
}

/** What is meant behind a token that is over. */
function contextAfter(token: ts.Node): CursorContext {
  const { kind, parent } = token;
  const isListed = kind === ts.SyntaxKind.OpenBraceToken ||
    kind === ts.SyntaxKind.CommaToken;
  const owner = ts.isObjectLiteralExpression(parent) ? parent : parent?.parent;
  if (isListed && owner && ts.isObjectLiteralExpression(owner)) return "key";
  return isInType(token) ? "typed" : "code";
}

/** Whether a name is that of a property in an object, or may become one. */
function isKey(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name === name;
  return ts.isObjectLiteralElementLike(parent) && parent.name === name;
}

/** Whether something new is named, or what another module has. */
function isNameOf(name: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isJsxAttribute(parent)) return parent.name === name;
  if (
    ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) ||
    ts.isImportClause(parent) || ts.isNamespaceImport(parent) ||
    ts.isImportEqualsDeclaration(parent) && parent.name === name
  ) return true;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) {
    // Half of a name before a colon may be meant as one.
    return !ts.isLabeledStatement(parent);
  }
  const isDeclaration = ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) || ts.isBindingElement(parent) ||
    ts.isFunctionLike(parent) || ts.isClassLike(parent) ||
    ts.isClassElement(parent) || ts.isEnumDeclaration(parent) ||
    ts.isEnumMember(parent) || ts.isModuleDeclaration(parent);
  return isDeclaration && (parent as { name?: ts.Node }).name === name;
}

function isInType(token: ts.Node): boolean {
  for (let node = token.parent; node !== undefined; node = node.parent) {
    // `extends Base` is a type by name only.
    if (ts.isExpressionWithTypeArguments(node)) {
      return !ts.isHeritageClause(node.parent) ||
        node.parent.token === ts.SyntaxKind.ImplementsKeyword;
    }
    if (ts.isTypeNode(node)) return true;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      return true;
    }
    if (ts.isStatement(node) || ts.isExpression(node)) return false;
  }
  return false;
}

/** Whether a cursor is between the quotes of a string. */
function isInText(
  token: ts.Node,
  tree: ts.SourceFile,
  offset: number,
): boolean {
  if (offset <= token.getStart(tree)) return false;
  if (ts.isTemplateHead(token) || ts.isTemplateMiddle(token)) {
    return offset < token.end - 1;
  }
  return offset < token.end || isOpen(token, tree);
}

/** Whether the closing quote is missing. */
function isOpen(token: ts.Node, tree: ts.SourceFile): boolean {
  const text = token.getText(tree);
  const quote = ts.isTemplateTail(token) ? "`" : text[0]!;
  const slashes = /\\*$/.exec(text.slice(0, -1))![0].length;
  return text.length < 2 || text.at(-1) !== quote || slashes % 2 === 1;
}

/** Whether a cursor is in a comment that stands between two tokens. */
function isInComment(source: string, from: number, offset: number): boolean {
  const ranges = [
    ...ts.getLeadingCommentRanges(source, from) ?? [],
    ...ts.getTrailingCommentRanges(source, from) ?? [],
  ];
  return ranges.some(({ pos, end, kind }) =>
    pos < offset && (offset < end || offset === end && (
          kind === ts.SyntaxKind.SingleLineCommentTrivia ||
          !source.slice(pos, end).endsWith("*/") || end - pos < 4
        ))
  );
}

/** The token that a cursor is in, or before which it is. */
function tokenAt(tree: ts.SourceFile, offset: number): ts.Node {
  let node: ts.Node = tree;
  for (;;) {
    const children = node.getChildren(tree);
    const next = children.find((child) =>
      offset < child.end || child.kind === ts.SyntaxKind.EndOfFileToken
    );
    if (next === undefined) return node;
    node = next;
  }
}

/** The last token that is over at a cursor. */
function tokenBefore(
  tree: ts.SourceFile,
  offset: number,
): ts.Node | undefined {
  let node: ts.Node = tree;
  for (;;) {
    const children = node.getChildren(tree);
    if (children.length === 0) return node === tree ? undefined : node;
    const next = children.findLast((child) =>
      child.getStart(tree) < offset && child.getWidth(tree) > 0
    );
    if (next === undefined) return undefined;
    node = next;
  }
}

const NOTHING: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.BigIntLiteral,
  ts.SyntaxKind.RegularExpressionLiteral,
]);
