/**
 * The names that a cell uses as types. Pure.
 * @module
 */
import { ts } from "../typescript.ts";

/**
 * Lists the names that a cell uses as types.
 *
 * @param tree The cell; it may be half-written.
 */
export function listTypeNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.add(firstOf(node.typeName));
    if (ts.isExpressionWithTypeArguments(node)) {
      names.add(node.expression.getText(tree).split(".", 1)[0]!.trim());
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function firstOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : firstOf(name.left);
}
