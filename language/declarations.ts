/**
 * The names that a cell's top level declares.
 *
 * Pure. What becomes of them is decided in `rewrite.ts`.
 * @module
 */
import { ts } from "./typescript.ts";

/** A name that a cell declares at its top level. */
export interface Declaration {
  /** The name. */
  readonly name: string;
  /** Where it stands. */
  readonly node: ts.Node;
  /** `var` and `function` may be declared twice in a cell, others not. */
  readonly kind: "var" | "function" | "let" | "const" | "class" | "import";
}

/**
 * Lists what a cell declares, in source order, names declared twice included.
 *
 * `var` reaches the top level from any block outside functions.
 *
 * @param tree The cell as JavaScript.
 * @returns The declarations.
 */
export function listDeclarations(tree: ts.SourceFile): readonly Declaration[] {
  return tree.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return listImported(statement);
    if (ts.isClassDeclaration(statement)) return named(statement, "class");
    if (ts.isFunctionDeclaration(statement)) {
      return named(statement, "function");
    }
    if (ts.isVariableStatement(statement)) {
      return listVariables(statement.declarationList);
    }
    return listVars(statement);
  });
}

/**
 * Lists the names that a variable's name or pattern binds.
 *
 * @param name A name or pattern.
 * @returns The identifiers.
 */
export function listBound(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? listBound(element.name) : []
  );
}

/**
 * Tells whether a list of variables is declared by `var`.
 *
 * @param list The list, or what else a `for` may begin with.
 * @returns Whether it is.
 */
export function isVarList(
  list: ts.ForInitializer | undefined,
): list is ts.VariableDeclarationList {
  return list !== undefined && ts.isVariableDeclarationList(list) &&
    (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

/**
 * Tells whether a node is a scope of its own for `var`: a function or a class.
 *
 * @param node The node.
 * @returns Whether it is.
 */
export function isVarScope(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node);
}

function listVariables(
  list: ts.VariableDeclarationList,
): readonly Declaration[] {
  const isLet = (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Let;
  // `using` counts as `const`: it can not be assigned either.
  const kind = isVarList(list) ? "var" : isLet ? "let" : "const";
  return list.declarations
    .flatMap(({ name }) => listBound(name))
    .map((node) => ({ name: node.text, node, kind }));
}

/** Finds `var` in blocks and loops, at any depth. */
function listVars(node: ts.Node): readonly Declaration[] {
  if (isVarScope(node)) return [];
  if (ts.isVariableDeclarationList(node)) {
    return isVarList(node) ? listVariables(node) : [];
  }
  const found: Declaration[] = [];
  ts.forEachChild(node, (child) => {
    for (const one of listVars(child)) found.push(one);
  });
  return found;
}

function listImported(
  { importClause }: ts.ImportDeclaration,
): readonly Declaration[] {
  const { name, namedBindings } = importClause ?? {};
  const others = namedBindings === undefined
    ? []
    : ts.isNamespaceImport(namedBindings)
    ? [namedBindings.name]
    : namedBindings.elements.map((element) => element.name);
  return [...(name === undefined ? [] : [name]), ...others]
    .map((node) => ({ name: node.text, node, kind: "import" }));
}

function named(
  { name }: ts.ClassDeclaration | ts.FunctionDeclaration,
  kind: "class" | "function",
): readonly Declaration[] {
  return name === undefined ? [] : [{ name: name.text, node: name, kind }];
}
