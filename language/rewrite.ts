/**
 * A cell's JavaScript, rewritten so that its declarations become globals.
 *
 * Only declarations change: references find the global object by themselves,
 * which is why functions see every later assignment. Pure. What becomes of one
 * statement is in `statements.ts`.
 * @module
 */
import { listBound } from "./declarations.ts";
import { type Edit, insert, type Range } from "./edits.ts";
import { editDynamicImport, editImports } from "./imports.ts";
import type { SpecifierOptions } from "./specifiers.ts";
import { editStatement, editValue, startOfDeclaration } from "./statements.ts";
import { ts } from "./typescript.ts";
import type { ScopeNames } from "./variables.ts";

/** What {@link rewriteCell} needs to know beside the cell. */
export interface RewriteOptions extends SpecifierOptions {
  /** The names under which the script knows what declares for it. */
  readonly scope: ScopeNames;
  /** The name under which the script knows what `import.meta` gives. */
  readonly meta: string;
  /** Enums and namespaces of the cell, which start anew. */
  readonly freshNames: ReadonlySet<string>;
  /**
   * Whether the cell, as its user wrote it, ends in a class: what decorates it
   * stands behind it, and is no value of the cell's.
   */
  readonly endsInClass: boolean;
}

/** How to make a script from a cell. */
export interface Rewriting {
  /** The edits. */
  readonly edits: readonly Edit[];
  /** The function declarations, which are evaluated before the rest. */
  readonly hoistedRanges: readonly Range[];
}

/**
 * Rewrites a cell.
 *
 * @param tree The cell as JavaScript, without early errors.
 * @param options The notebook's folder, and names.
 * @returns Edits, and what is hoisted.
 */
export function rewriteCell(
  tree: ts.SourceFile,
  options: RewriteOptions,
): Rewriting {
  const { statements } = tree;
  const last = statements.findLast((statement) =>
    !ts.isEmptyStatement(statement) && !ts.isExportDeclaration(statement)
  );
  const ends = findEnds(tree, options.freshNames);
  const edits = statements.flatMap((statement, index) => {
    const previousEnd = statements[index - 1]?.end ?? 0;
    const place = { tree, previousEnd, ...options };
    const complete = ends.get(statement);
    if (complete !== undefined) return fixName(statement, complete, options);
    const isValue = statement === last && !options.endsInClass;
    const value = isValue ? editValue(statement, place) : undefined;
    return value ?? editStatement(statement, place);
  });
  const hoistedRanges = statements
    .filter(ts.isFunctionDeclaration)
    .filter(({ name }) => name !== undefined)
    .map((statement) => ({
      start: startOfDeclaration(statement),
      end: statement.end,
    }));
  // Imports come first, because moved ones are put before what they precede.
  return {
    edits: [
      ...editImports(tree, { ...options, constants: options.scope.constants }),
      ...edits,
      ...editAnywhere(tree, options),
    ],
    hoistedRanges,
  };
}

/**
 * Finds the statements after which an enum or a namespace is complete: the last
 * `(function (E) { … })(E || (E = {}))` of each.
 */
function findEnds(
  { statements }: ts.SourceFile,
  freshNames: ReadonlySet<string>,
): ReadonlyMap<ts.Statement, string> {
  // Where one is joined with a function or a class there is no `var`.
  const names = new Set(
    statements.filter(ts.isVariableStatement)
      .flatMap(({ declarationList }) => declarationList.declarations)
      .flatMap(({ name }) => listBound(name)).map(({ text }) => text),
  ).intersection(freshNames);
  const last = new Map<string, ts.Statement>();
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement)) continue;
    const { expression } = statement;
    if (!ts.isCallExpression(expression)) continue;
    const [argument] = expression.arguments;
    if (argument === undefined || !ts.isBinaryExpression(argument)) continue;
    const { left } = argument;
    if (ts.isIdentifier(left) && names.has(left.text)) {
      last.set(left.text, statement);
    }
  }
  return new Map([...last].map(([name, statement]) => [statement, name]));
}

/** Makes a constant of what a statement has completed. */
function fixName(
  statement: ts.Statement,
  name: string,
  { scope }: RewriteOptions,
): readonly Edit[] {
  const text = `;${scope.constants}.${name}=${scope.global}.${name};`;
  return [insert(statement.end, text)];
}

/** Rewrites what may stand at any depth: `import.meta` and `import(…)`. */
function editAnywhere(
  node: ts.Node,
  options: RewriteOptions,
): readonly Edit[] {
  const found: Edit[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isMetaProperty(child) && isImport(child.keywordToken)) {
      const start = child.getStart();
      const text = options.meta.padEnd(child.end - start);
      found.push({ start, end: child.end, text });
    } else if (
      ts.isCallExpression(child) && isImport(child.expression.kind)
    ) {
      for (const one of editDynamicImport(child, options)) found.push(one);
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

function isImport(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ImportKeyword;
}
