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
    (await load<typeof import("./to_markdown/markdown_format.ts")>(
      "./to_markdown/markdown_format.ts",
    )).MARKDOWN,
  script: async () =>
    (await load<typeof import("./script.ts")>("./script.ts")).SCRIPT,
  ipynb: async () =>
    (await load<typeof import("./ipynb.ts")>("./ipynb.ts")).IPYNB,
  html: async () => (await load<typeof import("./html.ts")>("./html.ts")).HTML,
  slides: async () =>
    (await load<typeof import("./slides/slides.ts")>("./slides/slides.ts"))
      .SLIDES,
  pdf: async () =>
    (await load<typeof import("./pdf/pdf.ts")>("./pdf/pdf.ts")).PDF,
};

/** Loads what makes a site of many notebooks. */
export const loadSiteMaker = (): Promise<typeof import("./site/site.ts")> =>
  load("./site/site.ts");

/**
 * Loads a module by a name that Deno does not read beforehand: else it opens the
 * modules of all formats before it runs any.
 */
function load<Module>(name: string): Promise<Module> {
  return import(name);
}
