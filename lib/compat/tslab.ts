/**
 * What notebooks written for tslab import as `"tslab"`.
 *
 * Source: the public interface of tslab 1.0, as its documentation gives it.
 * @module
 */
import { display as show } from "../base/mod.ts";

/** Shows values of one format each; calls show at once and return nothing. */
export interface Display {
  /** Shows a script. */
  javascript(code: string): void;
  /** Shows HTML. */
  html(text: string): void;
  /** Shows Markdown. */
  markdown(text: string): void;
  /** Shows LaTeX. */
  latex(text: string): void;
  /** Shows an SVG image. */
  svg(text: string): void;
  /** Shows plain text. */
  text(text: string): void;
  /** Shows a PNG image. */
  png(bytes: Uint8Array): void;
  /** Shows a JPEG image. */
  jpeg(bytes: Uint8Array): void;
  /** Shows a GIF image. */
  gif(bytes: Uint8Array): void;
  /** Shows a PDF document. */
  pdf(bytes: Uint8Array): void;
  /** Shows a value of any format; bytes are turned into base64. */
  raw(contentType: string, content: string | Uint8Array): void;
}

/** Shows values; each call adds an output. */
export const display: Display = createDisplay(null);

/** Makes a display whose later calls replace what the first one has shown. */
export function newDisplay(): Display {
  return createDisplay(crypto.randomUUID().replaceAll("-", "").slice(0, 16));
}

/** Versions, as tslab tells them; `tslab` is the interface that is followed. */
export const versions: {
  readonly tslab: string;
  readonly typescript: string;
  readonly node: string;
} = {
  tslab: "1.0.22",
  typescript: Deno.version.typescript,
  // The Node whose modules Deno has.
  node: process.version,
};

function createDisplay(displayId: string | null): Display {
  let isShown = false;
  const raw = (contentType: string, content: string | Uint8Array) => {
    const data = typeof content === "string" ? content : content.toBase64();
    const value = {
      [Symbol.for("Jupyter.display")]: () => ({ [contentType]: data }),
    };
    const options = displayId === null
      ? {}
      : { display_id: displayId, update: isShown };
    isShown = true;
    void show(value, options);
  };
  const of = <T extends string | Uint8Array>(mime: string) => (content: T) =>
    raw(mime, content);
  return {
    javascript: of("text/javascript"),
    html: of("text/html"),
    markdown: of("text/markdown"),
    latex: of("text/latex"),
    svg: of("image/svg+xml"),
    text: of("text/plain"),
    png: of("image/png"),
    jpeg: of("image/jpeg"),
    gif: of("image/gif"),
    pdf: of("application/pdf"),
    raw,
  };
}
