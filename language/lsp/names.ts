/**
 * The names that a cell gives to the cells after it, types included.
 *
 * Pure. What a name is at run time is in `language/declarations.ts`.
 * @module
 */
import { listBound, listDeclarations } from "../declarations.ts";
import { ts } from "../typescript.ts";

/** A name that a cell declares. */
export interface CellName {
  /** The name. */
  readonly name: string;
  /** What it is, in the words of completions. */
  readonly kind: string;
  /** Whether it is something at run time. */
  readonly isValue: boolean;
  /** Whether it is a type, or a namespace with types. */
  readonly isType: boolean;
  /** Whether later cells may assign to it. */
  readonly isMutable: boolean;
  /** Whether the cell exports it by itself. */
  readonly isExported: boolean;
  /** Whether another module declares it, which alone says what it is. */
  readonly isImported: boolean;
  /** Where the name stands. Units: UTF-16 offset in the cell. */
  readonly start: number;
}

/**
 * Lists the names that a cell declares, each once.
 *
 * @param tree The cell as TypeScript.
 * @returns The names, in source order.
 */
export function listNames(tree: ts.SourceFile): readonly CellName[] {
  const exported = new Set(tree.statements.filter(isExport).flatMap(boundBy));
  const values = listDeclarations(tree).map(({ name, kind, node }) => ({
    name,
    kind: kind === "import" ? kindOfImport(node) : KINDS[kind],
    isValue: kind !== "import" || kindOfImport(node) !== "interface",
    isType: kind === "import" || kind === "class",
    isMutable: kind === "let" || kind === "var",
    isExported: exported.has(name),
    isImported: kind === "import",
    start: startOfName(node),
  }));
  const others = tree.statements.flatMap((statement) => {
    const kind = kindOf(statement);
    return kind === undefined ? [] : boundBy(statement).map((name) => ({
      name,
      kind,
      isValue: kind !== "interface" && !hasTypesOnly(statement),
      isType: true,
      isMutable: false,
      isExported: exported.has(name),
      isImported: false,
      start: startOfName(statement),
    }));
  });
  const byName = new Map<string, CellName>();
  // What is something at run time says more of a name than its type does.
  for (const one of [...others, ...values]) {
    const earlier = byName.get(one.name);
    byName.set(one.name, {
      ...one,
      isValue: one.isValue || earlier?.isValue === true,
      isType: one.isType || earlier?.isType === true,
    });
  }
  return [...byName.values()];
}

/** Whether a statement is a namespace of which nothing is left at run time. */
function hasTypesOnly(statement: ts.Statement): boolean {
  if (!ts.isModuleDeclaration(statement)) return false;
  const { body } = statement;
  if (body === undefined || ts.isIdentifier(body)) return false;
  if (!ts.isModuleBlock(body)) return hasTypesOnly(body as ts.Statement);
  return body.statements.every((one) =>
    ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one) ||
    hasTypesOnly(one)
  );
}

/** Of statements that `listDeclarations()` leaves to us; else `undefined`. */
function kindOf(statement: ts.Statement): string | undefined {
  if (ts.isInterfaceDeclaration(statement)) return "interface";
  if (ts.isTypeAliasDeclaration(statement)) return "interface";
  if (ts.isEnumDeclaration(statement)) return "enum";
  if (ts.isModuleDeclaration(statement)) return "module";
  return ts.isImportEqualsDeclaration(statement) ? "module" : undefined;
}

/** What an import says of itself: the rest only the module knows. */
function kindOfImport({ parent }: ts.Node): string {
  if (ts.isNamespaceImport(parent)) return "module";
  const isType = ts.isImportSpecifier(parent) &&
    (parent.isTypeOnly || parent.parent.parent.isTypeOnly);
  return isType ? "interface" : "variable";
}

function startOfName(node: ts.Node): number {
  const name = ts.getNameOfDeclaration(node as ts.Declaration);
  return (name ?? node).getStart();
}

function boundBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .flatMap(({ name }) => listBound(name)).map(({ text }) => text);
  }
  const { name } = statement as ts.DeclarationStatement;
  // `declare module "x"` and `declare global` give no name.
  return name !== undefined && ts.isIdentifier(name) && name.text !== "global"
    ? [name.text]
    : [];
}

function isExport(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.[0]?.kind === ts.SyntaxKind.ExportKeyword &&
    // A default export has its name only inside of the cell.
    ts.getModifiers(statement)?.[1]?.kind !== ts.SyntaxKind.DefaultKeyword;
}

const KINDS = {
  var: "variable",
  let: "variable",
  const: "constant",
  function: "function",
  class: "class",
} as const;
