/**
 * What Skein uses of highlight.js: the source of `highlight.js`, and its types.
 *
 * Its packages of CommonJS take 75 ms of processor time to load, the bundle 20.
 * @module
 */
export { default as core } from "highlight.js/lib/core";
export { default as bash } from "highlight.js/lib/languages/bash";
export { default as css } from "highlight.js/lib/languages/css";
export { default as javascript } from "highlight.js/lib/languages/javascript";
export { default as json } from "highlight.js/lib/languages/json";
export { default as markdown } from "highlight.js/lib/languages/markdown";
export { default as python } from "highlight.js/lib/languages/python";
export { default as typescript } from "highlight.js/lib/languages/typescript";
export { default as xml } from "highlight.js/lib/languages/xml";
