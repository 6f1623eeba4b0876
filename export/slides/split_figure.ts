/**
 * Tall figures in parts that can be read from the last row.
 *
 * A figure of Skein is a card: parts below each other, each a group that is moved
 * down. It is cut between them, never through one. Pure.
 * @module
 */
import { readSvg } from "../svg.ts";
import { isTag, parseSvgTree, type TreeElement, writeXml } from "../tree.ts";

/** A figure, or a part of one. */
export interface FigurePart {
  /** SVG. */
  readonly svg: string;
  /**
   * How large its smallest text is on a slide that it fills.
   * Units: CSS pixels; undefined if it has no text.
   */
  readonly textPixels: number | undefined;
}

/** The room for a figure. Units: CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/**
 * Cuts a figure.
 *
 * @param svg The figure.
 * @param room The room on a slide.
 * @returns Its parts; itself if it is not tall, or has no place to cut.
 */
export function splitFigure(svg: string, room: Room): readonly FigurePart[] {
  const read = readSvg(svg);
  if (read?.width === undefined || read.height === undefined) {
    return [{ svg, textPixels: undefined }];
  }
  const root = parseSvgTree(read.xml);
  const box = root && readBox(root, read.width, read.height);
  if (root === undefined || box === undefined) {
    return [{ svg, textPixels: undefined }];
  }
  const scaleOf = (height: number) =>
    Math.min(room.width / box.width, room.height / height);
  const smallest = smallestText(root);
  const measured = (height: number) =>
    smallest === undefined ? undefined : smallest * scaleOf(height);
  const text = measured(box.height);
  if (text === undefined || text >= READABLE_PIXELS) {
    return [{ svg, textPixels: text }];
  }
  const cuts = findCuts(root, box);
  const tallest = Math.max(
    smallest! * room.height / READABLE_PIXELS,
    box.width * room.height / room.width,
  );
  const parts = packParts([box.y, ...cuts, box.y + box.height], tallest);
  return parts.map(([top, bottom]) => ({
    svg: crop(root, { ...box, y: top, height: bottom - top }),
    textPixels: measured(bottom - top),
  }));
}

/** The area that is shown. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function readBox(
  { attribs }: TreeElement,
  width: number,
  height: number,
): Box | undefined {
  const parts = attribs.viewBox?.trim().split(/[\s,]+/).map(Number);
  if (parts === undefined) return { x: 0, y: 0, width, height };
  const [x = NaN, y = NaN, w = NaN, h = NaN] = parts;
  return w > 0 && h > 0 && Number.isFinite(x + y)
    ? { x, y, width: w, height: h }
    : undefined;
}

/** Where groups of the figure begin, each of which is moved straight down. */
function findCuts(root: TreeElement, box: Box): number[] {
  const tops = root.children.filter(isTag).flatMap((child) => {
    const [, y] = /^translate\(\s*0\s*[,\s]\s*([\d.]+)\s*\)$/
      .exec(child.attribs.transform ?? "") ?? [];
    return y === undefined ? [] : [Number(y) - GAP];
  });
  return [...new Set(tops)].sort((a, b) => a - b)
    .filter((y) => y > box.y + 1 && y < box.y + box.height - 1);
}

/**
 * Joins neighbours as long as they fit on one slide. A heading stays with what is
 * below it, and a last line is no slide of its own.
 */
function packParts(
  edges: readonly number[],
  tallest: number,
): (readonly [top: number, bottom: number])[] {
  const parts: { top: number; bottom: number; lastTop: number }[] = [];
  for (let at = 1; at < edges.length; at++) {
    const [top, bottom] = [edges[at - 1]!, edges[at]!];
    const last = parts.at(-1);
    const isEnd = at === edges.length - 1 && bottom - top < LINE_HEIGHT;
    const most = isEnd ? tallest * 1.2 : tallest;
    if (last !== undefined && bottom - last.top <= most) {
      last.bottom = bottom;
      last.lastTop = top;
      continue;
    }
    const isHeading = last !== undefined && last.lastTop > last.top &&
      last.bottom - last.lastTop < LINE_HEIGHT;
    if (isHeading) last.bottom = last.lastTop;
    const begin = isHeading ? last.bottom : top;
    parts.push({ top: begin, bottom, lastTop: top });
  }
  return parts.map(({ top, bottom }) => [top, bottom] as const);
}

function crop(root: TreeElement, { x, y, width, height }: Box): string {
  const before = root.attribs;
  root.attribs = {
    ...before,
    viewBox: `${x} ${y} ${width} ${height}`,
    width: String(width),
    height: String(height),
  };
  const svg = writeXml(root);
  root.attribs = before;
  return svg;
}

/** Of what is written out; style sheets of figures do not set sizes. */
function smallestText(root: TreeElement): number | undefined {
  const sizes = [
    ...writeXml(root).matchAll(/font-size(?:="|:\s*)([\d.]+)(?:px)?/g),
  ]
    .map(([, size]) => Number(size)).filter((size) => size > 0);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

/**
 * Smaller text than this on a slide of 720 pixels is not read from the last row:
 * 2 % of the height.
 */
export const READABLE_PIXELS = 14;

/** Lower than this is a heading, or a line. Units: those of the figure. */
const LINE_HEIGHT = 66;

/** A little of what is above a group belongs to it. */
const GAP = 4;
