/**
 * Files beside a Markdown file, made while it is written: figures, attachments.
 * @module
 */
import { readDataUri } from "../images.ts";
import { stillSvg } from "./still_svg.ts";

/** Files that belong beside a text. */
export class FilesBeside {
  readonly #files = new Map<string, Uint8Array>();
  readonly #folder: string;
  readonly #isInline: boolean;

  /**
   * @param folder The folder's name.
   * @param isInline Whether there are to be none.
   */
  constructor(folder: string, isInline: boolean) {
    this.#folder = folder;
    this.#isInline = isInline;
  }

  /** All files, by their path. */
  get all(): ReadonlyMap<string, Uint8Array> {
    return this.#files;
  }

  /**
   * Puts an image into a file.
   *
   * @param uri Its data URI.
   * @param name The file's name, with or without what it ends with.
   * @returns An address for Markdown.
   */
  put(uri: string, name: string): string {
    if (this.#isInline) return uri;
    const { bytes, extension } = readFile(uri);
    // What a notebook calls its files must not lead out of the folder.
    const safe = name.replace(/\.\w+$/, "").replace(/[^\w-]+/g, "-").slice(
      0,
      80,
    );
    let path = `${this.#folder}/${safe || "image"}.${extension}`;
    for (let n = 2; this.#isTaken(path, bytes); n++) {
      path = `${this.#folder}/${safe || "image"}-${n}.${extension}`;
    }
    this.#files.set(path, bytes);
    return encodeURI(path).replace(
      /[()]/g,
      (mark) => `%${mark.charCodeAt(0).toString(16)}`,
    );
  }

  #isTaken(path: string, bytes: Uint8Array): boolean {
    const there = this.#files.get(path);
    return there !== undefined && (there.length !== bytes.length ||
      there.some((byte, at) => byte !== bytes[at]));
  }
}

function readFile(uri: string): ReturnType<typeof readDataUri> {
  const file = readDataUri(uri);
  if (file.extension !== "svg") return file;
  const svg = stillSvg(new TextDecoder().decode(file.bytes));
  return { ...file, bytes: new TextEncoder().encode(svg) };
}
