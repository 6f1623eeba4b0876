/**
 * Errors of a cell that only show when the whole of it is looked at.
 *
 * TypeScript's parser leaves them to its checker, and V8 would either report
 * them without a position or, as cells become scripts, not at all. Pure.
 * @module
 */
import { judgeAssignment } from "./assignments.ts";
import { type Declaration, listDeclarations } from "./declarations.ts";
import { isPropertyName, type SyntaxProblem, ts } from "./typescript.ts";

/**
 * Finds the first early error of a cell.
 *
 * @param tree The cell as JavaScript, parsed without errors.
 * @returns The error, or `undefined`.
 */
export function findEarlyError(
  tree: ts.SourceFile,
): SyntaxProblem | undefined {
  const problems = findRedeclarations(listDeclarations(tree));
  const visit = (node: ts.Node): void => {
    const message = judge(node) ?? judgeAssignment(node);
    if (message !== undefined) problems.push(at(node, message));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return problems.sort((a, b) => a.start - b.start)[0];
}

function findRedeclarations(
  declarations: readonly Declaration[],
): SyntaxProblem[] {
  const first = new Map<string, Declaration>();
  return declarations.flatMap((declaration) => {
    const { name, node, kind } = declaration;
    const earlier = first.get(name);
    first.set(name, earlier ?? declaration);
    if (earlier === undefined) return [];
    if (isRepeatable(kind) && isRepeatable(earlier.kind)) return [];
    return [at(node, `Cannot redeclare '${name}' in the same cell.`)];
  });
}

function isRepeatable(kind: Declaration["kind"]): boolean {
  return kind === "var" || kind === "function";
}

function judge(node: ts.Node): string | undefined {
  if (ts.isReturnStatement(node) && isAtTop(node)) {
    return "A 'return' statement can only be used within a function body.";
  }
  if (ts.isBreakOrContinueStatement(node) && node.label === undefined) {
    return judgeJump(node);
  }
  if (ts.isAwaitExpression(node) || isForAwait(node)) return judgeAwait(node);
  if (ts.isVariableDeclaration(node)) return judgeVariable(node);
  if (ts.isMetaProperty(node) || ts.isIdentifier(node)) {
    return judgeFunctionWord(node);
  }
  if (node.kind === ts.SyntaxKind.SuperKeyword && isAtTop(node, false)) {
    return "'super' can only be used within a method or a constructor.";
  }
  return undefined;
}

function judgeJump(node: ts.BreakOrContinueStatement): string | undefined {
  const isBreak = ts.isBreakStatement(node);
  for (let scope = node.parent; !isScope(scope); scope = scope.parent) {
    if (ts.isIterationStatement(scope, false)) return undefined;
    if (isBreak && ts.isSwitchStatement(scope)) return undefined;
  }
  return isBreak
    ? "A 'break' statement can only be used within a loop or 'switch'."
    : "A 'continue' statement can only be used within a loop.";
}

function judgeAwait(node: ts.Node): string | undefined {
  const scope = scopeAround(node);
  const isAsync = !ts.isFunctionLike(scope) ||
    (ts.getCombinedModifierFlags(scope as ts.Declaration) &
        ts.ModifierFlags.Async) !== 0;
  return isAsync ? undefined : "'await' is only allowed within async " +
    "functions and at the top level of a cell.";
}

function judgeVariable(node: ts.VariableDeclaration): string | undefined {
  const { name, initializer, parent } = node;
  if (initializer !== undefined || ts.isCatchClause(parent)) return undefined;
  if (isEach(parent.parent)) return undefined;
  if (!ts.isIdentifier(name)) {
    return "A destructuring declaration must have an initializer.";
  }
  const flags = parent.flags & ts.NodeFlags.BlockScoped;
  return flags === ts.NodeFlags.None || flags === ts.NodeFlags.Let
    ? undefined
    : `'${name.text}' is a constant and must be initialized.`;
}

function judgeFunctionWord(
  node: ts.MetaProperty | ts.Identifier,
): string | undefined {
  const isWord = ts.isIdentifier(node)
    ? node.text === "arguments" && !isPropertyName(node)
    : node.keywordToken === ts.SyntaxKind.NewKeyword;
  if (!isWord || !isAtTop(node, false)) return undefined;
  return `'${node.getText()}' can only be used within a function body.`;
}

function isEach(node: ts.Node): boolean {
  return ts.isForInStatement(node) || ts.isForOfStatement(node);
}

function isForAwait(node: ts.Node): boolean {
  return ts.isForOfStatement(node) && node.awaitModifier !== undefined;
}

/** Whether a node stands in no function (arrows count, or not). */
function isAtTop(node: ts.Node, countsArrows = true): boolean {
  const scope = scopeAround(node);
  if (ts.isSourceFile(scope)) return true;
  return !countsArrows && ts.isArrowFunction(scope) && isAtTop(scope, false);
}

/** The function, class member or cell that a node stands in. */
function scopeAround(node: ts.Node): ts.Node {
  let scope = node.parent;
  while (!isScope(scope)) scope = scope.parent;
  return scope;
}

function isScope(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isSourceFile(node) ||
    ts.isPropertyDeclaration(node) || ts.isClassStaticBlockDeclaration(node);
}

function at(node: ts.Node, message: string): SyntaxProblem {
  const start = node.getStart();
  return { message, start, length: node.end - start };
}
