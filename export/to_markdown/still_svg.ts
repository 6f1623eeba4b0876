/**
 * An SVG that does nothing but show itself, also when its file is opened alone.
 *
 * In an `<img>` no script of an SVG runs; in a browser's window it would. Pure.
 * @module
 */
import { findElements, parseSvgTree, writeXml } from "../tree.ts";

/**
 * Takes scripts, handlers and foreign documents out of an SVG.
 *
 * @param xml As `readSvg` writes it.
 * @returns The SVG; an empty one if it could not be read.
 */
export function stillSvg(xml: string): string {
  const root = parseSvgTree(xml);
  if (root === undefined) return '<svg xmlns="http://www.w3.org/2000/svg"/>';
  for (const element of findElements(null, [root])) {
    const name = localName(element.name);
    if (ACTIVE.has(name) || changesAddress(element.attribs)) {
      element.children = [];
      element.name = "g";
      element.attribs = {};
      continue;
    }
    for (const [attribute, value] of Object.entries(element.attribs)) {
      const isHandler = /^on/i.test(localName(attribute));
      // Browsers leave out white space and control characters.
      const address = value.replace(/[\0-\x20]/g, "");
      const isAddress = /^(?:href|src|to|from|values)$/i.test(
        localName(attribute),
      );
      const leads = isAddress && !/^(?:#|data:image\/(?!svg))/i.test(address) &&
        /[:/]/.test(address);
      if (isHandler || leads) delete element.attribs[attribute];
    }
  }
  return writeXml(root);
}

/** An animation may give a link another address. */
function changesAddress(attributes: Readonly<Record<string, string>>): boolean {
  return /href/i.test(attributes.attributeName ?? "");
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

const ACTIVE = new Set(
  "script iframe object embed link meta base handler listener audio video foreignobject"
    .split(" "),
);
