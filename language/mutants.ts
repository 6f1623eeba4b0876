/**
 * Small faults put into a cell, one at a time: a check that notices none of them
 * checks nothing. Pure.
 * @module
 */
import { parseCell, ts } from "./typescript.ts";

/** A cell with one fault. */
export interface Mutant {
  /** The faulty source. */
  readonly source: string;
  /** What was done to it, such as `+ became -`. */
  readonly what: string;
  /** Line of the fault, 1-based. */
  readonly line: number;
}

interface Fault {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly what: string;
  /** Coarse ones first: most checks notice those. */
  readonly rank: number;
}

/**
 * Makes the mutants of a cell.
 *
 * @param source The cell.
 * @returns The mutants, coarse ones first, then in source order.
 */
export function mutateCell(source: string): readonly Mutant[] {
  const { tree } = parseCell(source);
  const faults: Fault[] = [];
  const visit = (node: ts.Node): void => {
    faults.push(...faultsOf(node, tree));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return faults
    .sort((a, b) => a.rank - b.rank || a.start - b.start)
    .slice(0, MAX_MUTANTS)
    .map(({ start, end, text, what }) => ({
      source: source.slice(0, start) + text + source.slice(end),
      what,
      line: tree.getLineAndCharacterOfPosition(start).line + 1,
    }));
}

function faultsOf(node: ts.Node, tree: ts.SourceFile): Fault[] {
  const fault = (
    where: ts.Node,
    text: string,
    { what, rank }: { readonly what: string; readonly rank: number },
  ): Fault => ({
    start: where.getStart(tree),
    end: where.getEnd(),
    text,
    what,
    rank,
  });
  if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
    const body = node.body as ts.Node;
    const called = nameOf(node);
    if (ts.isBlock(body) && body.statements.length > 0) {
      const what = `the body of ${called} was emptied`;
      return [fault(body, "{}", { what, rank: 0 })];
    }
    if (ts.isExpression(body)) {
      const what = `${called} returns undefined`;
      return [fault(body, "undefined", { what, rank: 0 })];
    }
  }
  if (ts.isReturnStatement(node) && node.expression !== undefined) {
    const what = "return gives undefined";
    return [fault(node.expression, "undefined", { what, rank: 1 })];
  }
  if (ts.isVariableDeclaration(node) && isTopLevel(node)) {
    const { initializer } = node;
    if (initializer !== undefined && !ts.isFunctionLike(initializer)) {
      const what = `${node.name.getText(tree)} is undefined`;
      return [fault(initializer, "undefined", { what, rank: 0 })];
    }
  }
  if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition;
    const text = condition.getText(tree);
    const what = "a condition was turned around";
    return [fault(condition, `!(${text})`, { what, rank: 2 })];
  }
  if (ts.isBinaryExpression(node)) {
    const token = node.operatorToken;
    const other = OPERATORS[token.getText(tree)];
    if (other === undefined) return [];
    const what = `${token.getText(tree)} became ${other}`;
    return [fault(token, other, { what, rank: 3 })];
  }
  if (ts.isAwaitExpression(node)) {
    const text = node.expression.getText(tree);
    return [fault(node, text, { what: "await was removed", rank: 4 })];
  }
  if (ts.isNumericLiteral(node) && /^\d+$/.test(node.text)) {
    const text = `${BigInt(node.text) + 1n}`;
    const what = `${node.text} became ${text}`;
    return [fault(node, text, { what, rank: 4 })];
  }
  if (isRemovable(node)) {
    const what = "a statement was removed";
    return [fault(node, ";", { what, rank: 3 })];
  }
  return [];
}

/** Loops may need any other to come to an end. */
function isRemovable(node: ts.Node): boolean {
  if (!ts.isExpressionStatement(node)) return false;
  let { expression } = node;
  if (ts.isAwaitExpression(expression)) expression = expression.expression;
  return ts.isCallExpression(expression);
}

function isTopLevel({ parent }: ts.VariableDeclaration): boolean {
  return ts.isVariableStatement(parent.parent) &&
    ts.isSourceFile(parent.parent.parent);
}

function nameOf(node: ts.SignatureDeclaration): string {
  const { parent } = node;
  const name = node.name ??
    (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
      ? parent.name
      : undefined);
  if (name !== undefined && ts.isIdentifier(name)) return name.text;
  return ts.isConstructorDeclaration(node) ? "the constructor" : "a function";
}

const MAX_MUTANTS = 200;
const OPERATORS: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "==": "!=",
  "!=": "==",
  "&&": "||",
  "||": "&&",
};
