/**
 * A cell's JavaScript, rewritten so that its declarations become globals.
 *
 * Only declarations change: references find the global object by themselves,
 * which is why functions see every later assignment. Pure. What becomes of one
 * statement is in `statements.ts`.
 * @module
 */
import type { Edit, Range } from "./edits.ts";
import { editDynamicImport, editImports } from "./imports.ts";
import type { SpecifierOptions } from "./specifiers.ts";
import { editStatement, editValue, startOfDeclaration } from "./statements.ts";
import { ts } from "./typescript.ts";

/** What {@link rewriteCell} needs to know beside the cell. */
export interface RewriteOptions extends SpecifierOptions {
  /** The name under which the script knows the global object. */
  readonly global: string;
  /** The name under which the script knows what `import.meta` gives. */
  readonly meta: string;
  /** Enums and namespaces of the cell, which start anew. */
  readonly freshNames: ReadonlySet<string>;
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
  const edits = statements.flatMap((statement, index) => {
    const previousEnd = statements[index - 1]?.end ?? 0;
    const place = { tree, previousEnd, ...options };
    const value = statement === last ? editValue(statement, place) : undefined;
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
      ...editImports(tree, options),
      ...edits,
      ...editAnywhere(tree, options),
    ],
    hoistedRanges,
  };
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
      found.push(...editDynamicImport(child, options));
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

function isImport(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ImportKeyword;
}
