/**
 * The formats that `skein export --to` knows, each loaded when it is asked for.
 *
 * A new one is a line here, and a module with a {@link Format}.
 * @module
 */
import type { Format } from "./format.ts";

/** Loads a format, by its name. */
export const FORMATS: Readonly<Record<string, () => Promise<Format>>> = {
  markdown: async () =>
    (await import("./to_markdown/markdown_format.ts")).MARKDOWN,
  script: async () => (await import("./script.ts")).SCRIPT,
  ipynb: async () => (await import("./ipynb.ts")).IPYNB,
  html: async () => (await import("./html.ts")).HTML,
  slides: async () => (await import("./slides/slides.ts")).SLIDES,
  pdf: async () => (await import("./pdf/pdf.ts")).PDF,
};

/** Loads what makes a site of many notebooks. */
export const loadSiteMaker = (): Promise<typeof import("./site/site.ts")> =>
  import("./site/site.ts");
