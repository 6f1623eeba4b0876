/**
 * Headings that say something: PDF/UA has no others. Pure.
 * @module
 */
import { isTag, isText, type TreeNode } from "../tree.ts";

/**
 * Tells whether a heading says something. A formula and an image have words of
 * their own, a line end has none; what stands in a table is none of the heading.
 *
 * @param node The heading, or what stands in it.
 */
export function hasWords(node: TreeNode): boolean {
  if (isText(node)) return node.data.trim() !== "";
  if (!isTag(node)) return false;
  const { name, attribs, children } = node;
  // The sign that leads to the heading is not on paper.
  if (attribs.class === "anchor" || name === "table") return false;
  return name === "img" || name === "skein-math" || children.some(hasWords);
}
