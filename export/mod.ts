/**
 * Notebooks as something for people to read or run: {@link FORMATS}.
 *
 * Pure: reading and writing files is the caller's.
 * @module
 */
export type {
  CompiledPdf,
  Document,
  Exported,
  ExportOptions,
  Format,
  Theme,
  Typesetter,
} from "./format.ts";
export { FORMATS, loadSiteMaker } from "./formats.ts";
export { imageUri } from "./images.ts";
export { listProblems } from "./problems.ts";
export { redactDocument, type RedactNames } from "./redact.ts";
export type { SiteFile, SiteNotebook, SiteOptions } from "./site/site.ts";
