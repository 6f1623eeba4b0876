/**
 * A rectangle that is filled with a pattern, as lines and dots.
 *
 * A browser's PDF holds each use of a pattern as a picture. Pure.
 * @module
 */
import { escapeHtml } from "../escape.ts";
import { invert, type Matrix, readTransform, transform } from "./matrix.ts";
import { isTag, type TreeElement, type TreeNode } from "../tree.ts";

/** What to fill with what. */
export interface Hatch {
  /** The rectangle. */
  readonly rect: TreeElement;
  /** The pattern. */
  readonly pattern: TreeElement;
  /** A name that nothing in the drawing has. */
  readonly clipId: string;
  /** How solid it is, if that is said. */
  readonly opacity: string | undefined;
  /** Writes a part of the pattern. */
  readonly write: (node: TreeNode) => string;
}

/**
 * Draws a hatched rectangle.
 *
 * @param hatch What to fill with what.
 * @param outline The rectangle without its filling.
 * @returns SVG. The pattern is left to the viewer when its tiles are not in the
 *   units of the drawing, or far too many.
 */
export function drawHatch(hatch: Hatch, outline: string): string {
  const tiles = findTiles(hatch);
  if (tiles === undefined) return restoreFill(hatch, outline);
  const { rect, pattern, clipId } = hatch;
  const parts = pattern.children.filter(isTag)
    .map((part) => drawPart(part, tiles, hatch.write)).join("");
  const place = ["x", "y", "width", "height", "rx", "ry"]
    .filter((name) => rect.attribs[name] !== undefined)
    .map((name) => ` ${name}="${escapeHtml(rect.attribs[name]!)}"`).join("");
  const turned = rect.attribs.transform === undefined
    ? ""
    : ` transform="${escapeHtml(rect.attribs.transform)}"`;
  const solid = hatch.opacity === undefined
    ? ""
    : ` opacity="${escapeHtml(hatch.opacity)}"`;
  const inner = tiles.matrix === undefined
    ? parts
    : `<g transform="matrix(${tiles.matrix.join(" ")})">${parts}</g>`;
  return `<clipPath id="${clipId}"><rect${place}/></clipPath>` +
    `<g${turned}${solid}><g clip-path="url(#${clipId})">${inner}</g></g>${outline}`;
}

function restoreFill({ pattern, opacity }: Hatch, outline: string): string {
  const id = escapeHtml(pattern.attribs.id ?? "");
  const fill = outline.replace('fill="none"', `fill="url(#${id})"`);
  return opacity === undefined ? fill : fill;
}

/** The tiles that cover the rectangle, in the pattern's own units. */
interface Tiles {
  readonly matrix: Matrix | undefined;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

function findTiles({ rect, pattern }: Hatch): Tiles | undefined {
  const { attribs } = pattern;
  if (attribs.patternUnits !== "userSpaceOnUse" || attribs.viewBox) {
    return undefined;
  }
  if (attribs.href || attribs["xlink:href"]) return undefined;
  const [width, height] = [Number(attribs.width), Number(attribs.height)];
  const numbers = ["x", "y", "width", "height"].map((name) =>
    Number(rect.attribs[name] ?? (name.length === 1 ? 0 : NaN))
  );
  const [x = NaN, y = NaN, w = NaN, h = NaN] = numbers;
  const matrix = attribs.patternTransform === undefined
    ? undefined
    : readTransform(attribs.patternTransform);
  if (attribs.patternTransform !== undefined && !matrix) return undefined;
  const back = matrix && invert(matrix);
  if (matrix && !back) return undefined;
  const corners = [[x, y], [x + w, y], [x, y + h], [x + w, y + h]]
    .map(([px, py]) => back ? transform(back, px!, py!) : [px!, py!] as const);
  const [xs, ys] = [corners.map(([a]) => a), corners.map(([, b]) => b)];
  const [originX, originY] = [Number(attribs.x ?? 0), Number(attribs.y ?? 0)];
  const first = (low: number, size: number, origin: number) =>
    Math.floor((low - origin) / size) * size + origin;
  const left = first(Math.min(...xs), width, originX);
  const top = first(Math.min(...ys), height, originY);
  const columns = Math.ceil((Math.max(...xs) - left) / width);
  const rows = Math.ceil((Math.max(...ys) - top) / height);
  if (!(columns * rows > 0 && columns * rows <= MAX_TILES)) return undefined;
  return { matrix, width, height, left, top, columns, rows };
}

/** What spans a whole tile is one piece over all of them. */
function drawPart(
  part: TreeElement,
  tiles: Tiles,
  write: (node: TreeNode) => string,
): string {
  const { width, height, left, top, columns, rows } = tiles;
  const number = (name: string) => Number(part.attribs[name] ?? 0);
  const isPlain = part.name === "rect" &&
    part.attribs.transform === undefined &&
    part.attribs.rx === undefined;
  const isWide = isPlain && number("x") <= 0 &&
    number("x") + number("width") >= width;
  const isHigh = isPlain && number("y") <= 0 &&
    number("y") + number("height") >= height;
  const piece = (i: number, j: number) => {
    if (!isPlain) {
      return `<g transform="translate(${round(left + i * width)} ${
        round(top + j * height)
      })">${write(part)}</g>`;
    }
    const before = part.attribs;
    part.attribs = {
      ...before,
      x: String(round(left + (isWide ? 0 : i * width + number("x")))),
      y: String(round(top + (isHigh ? 0 : j * height + number("y")))),
      width: String(isWide ? round(columns * width) : number("width")),
      height: String(isHigh ? round(rows * height) : number("height")),
    };
    const written = write(part);
    part.attribs = before;
    return written;
  };
  const pieces: string[] = [];
  for (let i = 0; i < (isWide ? 1 : columns); i++) {
    for (let j = 0; j < (isHigh ? 1 : rows); j++) pieces.push(piece(i, j));
  }
  return pieces.join("");
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** More of them are a texture, which the viewer draws better. */
const MAX_TILES = 3000;
