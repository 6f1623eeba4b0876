/**
 * Images that are part of the page: as data URIs, with a text alternative.
 *
 * SVG too stands in an `<img>`, where scripts in it do not run. Pure.
 * @module
 */
import { Buffer } from "node:buffer";
import type { MimeBundle } from "../protocol/mod.ts";
import { escapeHtml } from "./escape.ts";
import { readPixels, readSvg, type Svg } from "./svg.ts";

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

/** An image that was read. Units: CSS pixels. */
export interface ReadImage {
  /** The drawing, if it is one. */
  readonly svg: Svg | undefined;
  /** Gives its data URI. */
  readonly uri: () => string;
  /** What it shows, in words. */
  readonly alt: string;
  /** How wide it wants to be. */
  readonly width: number | undefined;
  /** How high it wants to be. */
  readonly height: number | undefined;
}

/**
 * Reads one image.
 *
 * Units: CSS pixels, for the width and height in metadata.
 *
 * @param source The image.
 * @returns The image; undefined if the bundle does not hold such an image.
 */
export function readImage(source: ImageSource): ReadImage | undefined {
  const { mimeType, data, metadata } = source;
  const content = data[mimeType];
  if (typeof content !== "string") return undefined;
  const svg = mimeType === "image/svg+xml" ? readSvg(content) : undefined;
  const bytes = svg ? "" : makeDataUri(mimeType, content);
  if (bytes === undefined) return undefined;
  const hints = { ...metadata, ...asRecord(metadata[mimeType]) };
  return {
    svg,
    uri: () => svg ? svgUri(svg) : bytes,
    alt: describeImage(source, svg),
    width: readLength(hints.width) ?? svg?.width,
    height: readLength(hints.height) ?? svg?.height,
  };
}

/**
 * Renders one image.
 *
 * @param source The image.
 * @returns An `<img>`, or undefined if the bundle does not hold such an image.
 */
export function renderImage(source: ImageSource): string | undefined {
  const image = readImage(source);
  if (image === undefined) return undefined;
  const { svg, uri, alt, width, height } = image;
  // Most figures assume white paper; one that knows dark pages says so.
  const paper = svg?.xml.includes("prefers-color-scheme")
    ? ""
    : ' class="paper"';
  return `<img${paper} src="${escapeHtml(uri())}" alt="${escapeHtml(alt)}"` +
    (width === undefined ? "" : ` width="${width}"`) +
    (height === undefined ? "" : ` height="${height}"`) + ">";
}

/**
 * Finds what an image shows, in words.
 *
 * @param source The image.
 * @param svg The image, if it is an SVG that was read already.
 */
export function describeImage(
  { mimeType, data, metadata }: ImageSource,
  svg: Svg | undefined,
): string {
  const hints = { ...metadata, ...asRecord(metadata[mimeType]) };
  return readText(hints.alt) ?? readText(svg?.text) ??
    readDescription(data["text/plain"]) ?? "Image without a description";
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

/**
 * Reads a data URI that was made here.
 *
 * @param uri The URI.
 * @returns The file's bytes, and what such files end with.
 */
export function readDataUri(
  uri: string,
): { readonly bytes: Uint8Array; readonly extension: string } {
  const [, kind = "", isBase64, content = ""] =
    /^data:image\/([\w.-]+)[^,;]*(?:;charset=[\w-]+)?(;base64)?,([^]*)$/.exec(
      uri,
    ) ??
      [];
  const extension = kind === "svg" ? "svg" : kind === "jpeg" ? "jpg" : kind;
  const bytes = isBase64 === undefined
    ? new TextEncoder().encode(decodeURIComponent(content))
    : new Uint8Array(Buffer.from(content, "base64"));
  return { bytes, extension };
}

/**
 * Makes the data URI of an image that was a file.
 *
 * @param bytes The file.
 * @returns The URI, or undefined if it is no image that browsers show.
 */
export function imageUri(bytes: Uint8Array): string | undefined {
  const begin = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  const [mimeType] = FILE_BEGINS.find(([, mark]) => mark.test(begin)) ?? [];
  if (mimeType !== undefined) {
    return `data:${mimeType};base64,${Buffer.from(bytes).toString("base64")}`;
  }
  const text = new TextDecoder().decode(bytes);
  const svg = text.trimStart().startsWith("<") ? readSvg(text) : undefined;
  return svg && svgUri(svg);
}

function makeDataUri(mimeType: string, content: unknown): string | undefined {
  if (typeof content !== "string") return undefined;
  if (mimeType === "image/svg+xml") {
    const svg = readSvg(content);
    return svg && svgUri(svg);
  }
  const base64 = content.replace(/\s+/g, "");
  return base64 !== "" && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? `data:${mimeType};base64,${base64}`
    : undefined;
}

function svgUri({ xml }: Svg): string {
  return `data:image/svg+xml;charset=utf-8,${
    encodeURIComponent(xml.toWellFormed())
  }`;
}

/** Reads the text of a value, unless it only names the formats beside it. */
function readDescription(value: unknown): string | undefined {
  const text = readText(value);
  return text !== undefined && FORMATS.test(text) ? undefined : text;
}

function readText(value: unknown): string | undefined {
  if (typeof value !== "string" || value.trim() === "") return undefined;
  return value.trim();
}

function readLength(value: unknown): number | undefined {
  return typeof value === "number" || typeof value === "string"
    ? readPixels(String(value))
    : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** What files of a format begin with; their names may say anything. */
const FILE_BEGINS: readonly (readonly [string, RegExp])[] = [
  ["image/png", /^\x89PNG\r\n/],
  ["image/jpeg", /^\xff\xd8\xff/],
  ["image/gif", /^GIF8[79]a/],
  ["image/webp", /^RIFF[^]{4}WEBP/],
  ["image/avif", /^[^]{4}ftypavi[fs]/],
  ["image/bmp", /^BM[^]{8}/],
];

/** What a kernel writes for a value that has no text: `<image/png, text/html>`. */
const FORMATS = /^<[\w.+-]+\/[\w.+-]+(?:, [\w.+-]+\/[\w.+-]+)*>$/;
