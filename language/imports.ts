/**
 * Imports of a cell, rewritten to dynamic imports; and all specifiers resolved.
 *
 * A cell's imports are a snapshot: the names become globals with the values
 * the module's exports have at that moment, not live bindings. Pure.
 * @module
 */
import { blankStatement, type Edit } from "./edits.ts";
import { resolveSpecifier, type SpecifierOptions } from "./specifiers.ts";
import { isPropertyName, ts } from "./typescript.ts";

/** What {@link editImports} needs to know beside the cell. */
export interface ImportOptions extends SpecifierOptions {
  /** The name under which scripts know what declares constants. */
  readonly constants: string;
}

/** An `import`, or an `export … from`, which only evaluates its module. */
type ModuleStatement = ts.ImportDeclaration | ts.ExportDeclaration;

/**
 * Tells whether a statement loads a module.
 *
 * @param statement A statement of a cell's top level.
 * @returns Whether it does.
 */
export function loadsModule(
  statement: ts.Statement,
): statement is ModuleStatement {
  return ts.isImportDeclaration(statement) ||
    (ts.isExportDeclaration(statement) &&
      statement.moduleSpecifier !== undefined);
}

/**
 * Rewrites the imports of a cell.
 *
 * Modules are loaded one after another, which is the order in which a module
 * would evaluate them. Imports at the beginning of the cell stay on their
 * lines; those below other code move up to them.
 *
 * @param tree The cell as JavaScript.
 * @param options The notebook's folder, and names.
 * @returns Edits of the import statements.
 */
export function editImports(
  tree: ts.SourceFile,
  options: ImportOptions,
): readonly Edit[] {
  const statements = tree.statements.filter(loadsModule);
  if (statements.length === 0) return [];
  const references = listReferences(tree);
  const firstOther = tree.statements.find((statement) =>
    !loadsModule(statement) && !ts.isFunctionDeclaration(statement)
  );
  const isLeading = ({ end }: ts.Statement): boolean =>
    firstOther === undefined || end <= firstOther.pos;
  const lastLeading = statements.findLast(isLeading)?.end ?? 0;
  return statements.flatMap((statement) => {
    const start = statement.getStart(tree);
    const { end } = statement;
    const at = isLeading(statement) ? start : lastLeading;
    return [
      { start: at, end: at, text: loadText(statement, references, options) },
      { start, end, text: blankStatement(tree.text.slice(start, end)) },
    ];
  });
}

/**
 * Lists the specifiers of a cell's static imports, resolved, in source order.
 *
 * @param tree The cell as JavaScript.
 * @param options The notebook's folder.
 * @returns The specifiers.
 */
export function listSpecifiers(
  tree: ts.SourceFile,
  options: SpecifierOptions,
): readonly string[] {
  return tree.statements.filter(loadsModule)
    .map((statement) => resolveSpecifier(specifierOf(statement), options));
}

/**
 * Resolves the specifier of one `import(…)` as far as it is written out.
 *
 * The rest of the call stays, so that a function with such a call in it can be
 * sent to a Worker as text.
 *
 * @param call The call.
 * @param options The notebook's folder.
 * @returns The edit, if there is something to resolve.
 */
export function editDynamicImport(
  call: ts.CallExpression,
  options: SpecifierOptions,
): readonly Edit[] {
  let head: ts.Node | undefined = call.arguments[0];
  while (head !== undefined && ts.isBinaryExpression(head)) head = head.left;
  if (head !== undefined && ts.isTemplateExpression(head)) head = head.head;
  if (head === undefined || !isText(head)) return [];
  const resolved = resolveSpecifier(head.text, options);
  if (resolved === head.text) return [];
  // The quotes stay; an address needs no escapes in any of them.
  const start = head.getStart() + 1;
  const end = head.end - (ts.isTemplateHead(head) ? "${" : "`").length;
  return [{ start, end, text: resolved }];
}

/** The script text that loads a module and defines the names it gives. */
function loadText(
  statement: ModuleStatement,
  references: ReadonlySet<string>,
  options: ImportOptions,
): string {
  const { constants } = options;
  const specifier = specifierOf(statement);
  const url = JSON.stringify(resolveSpecifier(specifier, options));
  const attributes = statement.attributes?.getText().replace(/^with/, "");
  const load = attributes === undefined
    ? `await import(${url})`
    : `await import(${url},{with:${attributes.replace(/\s+/g, " ")}})`;
  const bindings = ts.isImportDeclaration(statement)
    ? listBindings(statement)
    : [];
  const namespace = namespaceOf(statement);
  if (bindings.length === 0 && namespace === undefined) return `${load};`;
  const names = bindings.map(([exported, local]) => [
    exported,
    local,
    references.has(local) ? 1 : 0,
  ]);
  const missing = JSON.stringify(
    `The requested module "${specifier}" does not provide an export named "`,
  );
  const define = names.length === 0
    ? ""
    : `for(const[k,n,u]of${JSON.stringify(names)})if(k in m){` +
      `${constants}[n]=m[k]}` +
      // What nothing uses as a value may be a type, gone without a trace.
      `else if(u)throw new SyntaxError(${missing}+k+'"');`;
  const defineAll = namespace === undefined
    ? ""
    : `${constants}.${namespace}=m;`;
  return `{const m=${load};${define}${defineAll}}`;
}

function specifierOf({ moduleSpecifier }: ModuleStatement): string {
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)
    ? moduleSpecifier.text
    : "";
}

function namespaceOf(statement: ModuleStatement): string | undefined {
  if (!ts.isImportDeclaration(statement)) return undefined;
  const bindings = statement.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamespaceImport(bindings)
    ? bindings.name.text
    : undefined;
}

/** The names of an import: as the module exports them, and as the cell says. */
function listBindings(
  { importClause }: ts.ImportDeclaration,
): readonly (readonly [exported: string, local: string])[] {
  const { name, namedBindings } = importClause ?? {};
  const elements = namedBindings === undefined ||
      ts.isNamespaceImport(namedBindings)
    ? []
    : namedBindings.elements;
  return [
    ...(name === undefined ? [] : [["default", name.text] as const]),
    ...elements.map((element) =>
      [(element.propertyName ?? element.name).text, element.name.text] as const
    ),
  ];
}

/** Lists the identifiers that are read as values, whatever their scope. */
function listReferences(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (loadsModule(node as ts.Statement) || ts.isExportDeclaration(node)) {
      return;
    }
    if (ts.isIdentifier(node) && !isPropertyName(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isStringLiteral(node) || ts.isTemplateHead(node) ||
    ts.isNoSubstitutionTemplateLiteral(node);
}
