/**
 * What the variables of a cell begin with, as far as its text says so: what the
 * parameters of a notebook may be. Pure.
 * @module
 */
import { parseCell, ts } from "./typescript.ts";

/** A kind of value. */
export type ValueKind =
  | "string"
  | "number"
  | "bigint"
  | "boolean"
  | "null"
  | "undefined"
  | "array"
  | "object";

/** A variable with what it may be. */
export interface Default {
  /** Its name. */
  readonly name: string;
  /** Its declaration, as far as it takes one line. */
  readonly text: string;
  /** Kinds of value that it may have; `null` if the text does not tell. */
  readonly kinds: readonly ValueKind[] | null;
  /** The values that it may have, if its type lists them. */
  readonly values: readonly (string | number | boolean)[] | null;
}

/**
 * Lists the variables that a cell declares. A type that is written goes before
 * the value.
 *
 * @param source The cell.
 */
export function listDefaults(source: string): readonly Default[] {
  const { tree } = parseCell(source);
  return tree.statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap((one) =>
        ts.isIdentifier(one.name) ? [readDefault(one, one.name.text, tree)] : []
      )
      : []
  );
}

function readDefault(
  { type, initializer, parent }: ts.VariableDeclaration,
  name: string,
  tree: ts.SourceFile,
): Default {
  const [text = ""] = parent.getText(tree).split("\n");
  const nodes = type === undefined ? null : unionOf(type);
  const values = nodes?.map(literalOf) ?? null;
  const kinds = nodes === null
    ? initializer === undefined ? null : kindOfValue(initializer)
    : allOf(nodes.map(kindOfType));
  return {
    name,
    text: text.slice(0, MAX_TEXT),
    kinds,
    values: allOf(values ?? [null]),
  };
}

function unionOf(type: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isParenthesizedTypeNode(type)) return unionOf(type.type);
  return ts.isUnionTypeNode(type) ? type.types.flatMap(unionOf) : [type];
}

function allOf<T>(items: readonly (T | null)[]): readonly T[] | null {
  return items.includes(null) ? null : [...new Set(items as readonly T[])];
}

function kindOfType(type: ts.TypeNode): ValueKind | null {
  const known = KEYWORDS.get(type.kind);
  if (known !== undefined) return known;
  if (ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type)) return "array";
  if (ts.isTypeOperatorNode(type)) return kindOfType(type.type);
  if (ts.isTypeLiteralNode(type)) return "object";
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    return NAMED[type.typeName.text] ?? null;
  }
  if (!ts.isLiteralTypeNode(type)) return null;
  if (type.literal.kind === ts.SyntaxKind.NullKeyword) return "null";
  return kindOfValue(type.literal as ts.Expression)?.[0] ?? null;
}

function literalOf(type: ts.TypeNode): string | number | boolean | null {
  if (!ts.isLiteralTypeNode(type)) return null;
  const { literal } = type;
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return true;
  return literal.kind === ts.SyntaxKind.FalseKeyword ? false : null;
}

function kindOfValue(value: ts.Expression): readonly ValueKind[] | null {
  if (
    ts.isParenthesizedExpression(value) || ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value)
  ) return kindOfValue(value.expression);
  if (ts.isPrefixUnaryExpression(value)) {
    return kindOfValue(value.operand);
  }
  if (ts.isIdentifier(value)) {
    return ["NaN", "Infinity"].includes(value.text) ? ["number"] : null;
  }
  // What is null at first becomes something, and nobody can tell what.
  const kind = VALUES.get(value.kind);
  return kind === undefined ? null : [kind];
}

const KEYWORDS: ReadonlyMap<ts.SyntaxKind, ValueKind> = new Map([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BigIntKeyword, "bigint"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
  [ts.SyntaxKind.UndefinedKeyword, "undefined"],
]);
const VALUES: ReadonlyMap<ts.SyntaxKind, ValueKind> = new Map([
  [ts.SyntaxKind.StringLiteral, "string"],
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral, "string"],
  [ts.SyntaxKind.TemplateExpression, "string"],
  [ts.SyntaxKind.NumericLiteral, "number"],
  [ts.SyntaxKind.BigIntLiteral, "bigint"],
  [ts.SyntaxKind.TrueKeyword, "boolean"],
  [ts.SyntaxKind.FalseKeyword, "boolean"],
  [ts.SyntaxKind.ArrayLiteralExpression, "array"],
  [ts.SyntaxKind.ObjectLiteralExpression, "object"],
]);
const NAMED: Readonly<Record<string, ValueKind>> = {
  Array: "array",
  ReadonlyArray: "array",
  Record: "object",
};
const MAX_TEXT = 80;
