/**
 * HTML and SVG as a tree, and back. Pure.
 *
 * The only file that knows domhandler.
 * @module
 */
import {
  type ChildNode,
  DomUtils,
  type Element,
  isTag,
  isText,
  parseDocument,
} from "html-tree";

export { isTag, isText };

/** A part of a document. */
export type TreeNode = ChildNode;

/** An element. */
export type TreeElement = Element;

/**
 * Parses HTML.
 *
 * @param html It.
 */
export function parseHtmlTree(html: string): readonly TreeNode[] {
  return parseDocument(html).children;
}

/**
 * Parses well-formed SVG.
 *
 * @param xml As `readSvg` writes it.
 */
export function parseSvgTree(xml: string): TreeElement | undefined {
  return parseDocument(xml, { xmlMode: true }).children
    .find(isTag);
}

/**
 * Lists the elements of some names, however deep.
 *
 * @param names Their names, or nothing for all elements.
 * @param nodes Where to look.
 */
export function findElements(
  names: readonly string[] | null,
  nodes: readonly TreeNode[],
): TreeElement[] {
  return DomUtils.getElementsByTagName(
    (name) => names === null || names.includes(name),
    [...nodes],
    true,
  );
}

/**
 * Gives all text in a part of a document.
 *
 * @param node The part.
 */
export function textIn(node: TreeNode): string {
  return DomUtils.textContent(node);
}

/**
 * Writes an element as XML.
 *
 * @param element It.
 */
export function writeXml(element: TreeElement): string {
  return DomUtils.getOuterHTML(element, { xmlMode: true });
}
