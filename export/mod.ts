/**
 * Notebooks as text for people: {@link exportHtml}.
 *
 * Pure: writing files is the caller's.
 * @module
 */
export { imageUri } from "./images.ts";
export { exportHtml, type HtmlOptions } from "./html.ts";
