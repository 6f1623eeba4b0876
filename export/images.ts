/**
 * Images that are part of the page: as data URIs, with a text alternative.
 *
 * SVG too stands in an `<img>`, where scripts in it do not run. Pure.
 * @module
 */
import type { MimeBundle } from "../protocol/mod.ts";
import { escapeHtml } from "./escape.ts";

/** What to draw, and what is known of it. */
export interface ImageSource {
  /** The image's format. */
  readonly mimeType: string;
  /** The output's formats, of which the image is one. */
  readonly data: MimeBundle;
  /** The output's metadata, in which `alt`, `width` and `height` may stand. */
  readonly metadata: MimeBundle;
}

/** Formats of images that a page can show. */
export const IMAGE_MIMES: readonly string[] = [
  "image/svg+xml",
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
];

/**
 * Renders one image.
 *
 * Units: CSS pixels, for the width and height in metadata.
 *
 * @param source The image.
 * @returns An `<img>`, or undefined if the bundle does not hold such an image.
 */
export function renderImage(source: ImageSource): string | undefined {
  const { mimeType, data, metadata } = source;
  const content = data[mimeType];
  const uri = makeDataUri(mimeType, content);
  if (uri === undefined || typeof content !== "string") return undefined;
  const isSvg = mimeType === "image/svg+xml";
  const hints = { ...metadata, ...asRecord(metadata[mimeType]) };
  const natural = isSvg ? readSvgSize(content) : {};
  const width = readLength(hints.width) ?? natural.width;
  const height = readLength(hints.height) ?? natural.height;
  const alt = readText(hints.alt) ??
    (isSvg ? readSvgText(content) : undefined) ??
    readText(data["text/plain"]) ?? "Image without a description";
  // Most figures assume white paper; one that knows dark pages says so.
  const paper = isSvg && content.includes("prefers-color-scheme")
    ? ""
    : ' class="paper"';
  return `<img${paper} src="${escapeHtml(uri)}" alt="${escapeHtml(alt)}"` +
    (width === undefined ? "" : ` width="${width}"`) +
    (height === undefined ? "" : ` height="${height}"`) + ">";
}

/**
 * Finds the best image among the formats of one value.
 *
 * @param data The formats.
 * @returns Its data URI, or undefined if there is no image.
 */
export function findDataUri(data: MimeBundle): string | undefined {
  return IMAGE_MIMES
    .map((mimeType) => makeDataUri(mimeType, data[mimeType]))
    .find((uri) => uri !== undefined);
}

function makeDataUri(mimeType: string, content: unknown): string | undefined {
  if (typeof content !== "string") return undefined;
  if (mimeType === "image/svg+xml") {
    const svg = addNamespace(content).toWellFormed();
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  }
  const base64 = content.replace(/\s+/g, "");
  return base64 !== "" && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? `data:${mimeType};base64,${base64}`
    : undefined;
}

// Within a page an <svg> may lack its namespace; as a file of its own it may not.
function addNamespace(svg: string): string {
  return svg.replace(
    /<svg(?=[\s>])(?![^>]*\sxmlns=)/,
    '<svg xmlns="http://www.w3.org/2000/svg"',
  );
}

function readSvgSize(svg: string): { width?: number; height?: number } {
  const tag = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  const readAttribute = (name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];
  const width = readLength(readAttribute("width"));
  const height = readLength(readAttribute("height"));
  if (width !== undefined && height !== undefined) return { width, height };
  const box = readAttribute("viewBox")?.trim().split(/[\s,]+/) ?? [];
  const [boxWidth, boxHeight] = [readLength(box[2]), readLength(box[3])];
  return boxWidth !== undefined && boxHeight !== undefined
    ? { width: boxWidth, height: boxHeight }
    : {};
}

function readSvgText(svg: string): string | undefined {
  const parts = ["title", "desc"].map((name) =>
    new RegExp(`<${name}\\b[^>]*>([^<]*)</${name}>`).exec(svg)?.[1]
  );
  return readText(parts.filter((part) => part !== undefined).join(". "));
}

function readText(value: unknown): string | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  return value.trim();
}

function readLength(value: unknown): number | undefined {
  const isLength = typeof value === "number" ||
    (typeof value === "string" && /^\s*[\d.]+(?:px)?\s*$/.test(value));
  const length = isLength ? parseFloat(String(value)) : NaN;
  return length > 0 && length < Infinity ? Math.round(length) : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
