/**
 * HTML that the server made: the one place where text becomes elements.
 * @module
 */
/// <reference lib="dom" />

/** Gives HTML of the server in the form that Preact takes. */
export function trusted(html: string): { __html: string } {
  return { __html: html };
}
