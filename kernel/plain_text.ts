/**
 * The text that stands for a value where nothing else can be shown. Pure.
 * @module
 */
import type { MimeBundle } from "../protocol/mod.ts";

/**
 * Adds the text that terminals and text-only front ends show, if there is none.
 *
 * @param bundle What is displayed.
 * @returns The same, with `text/plain`; nothing stays nothing.
 */
export function withText(bundle: MimeBundle): MimeBundle {
  if (typeof bundle["text/plain"] === "string") return bundle;
  for (const type of READABLE) {
    const text = bundle[type];
    if (typeof text === "string") return { ...bundle, "text/plain": text };
  }
  // As much as can be said without the means to show it.
  const types = Object.keys(bundle).join(", ");
  return types === "" ? bundle : { ...bundle, "text/plain": `<${types}>` };
}

/** Formats that are text for people. */
const READABLE = ["text/markdown", "text/latex"] as const;
