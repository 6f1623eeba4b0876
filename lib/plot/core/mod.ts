/**
 * What all figures are made of.
 * @module
 */
export * from "./axis.ts";
export * from "./bundle.ts";
export * from "./card.ts";
export * from "./figure.ts";
export * from "./frame.ts";
export * from "./legend.ts";
export * from "./marks.ts";
export * from "./paper.ts";
export * from "./rows.ts";
export * from "./series.ts";
export * from "./stamp_words.ts";
export * from "./text.ts";
export * from "./theme.ts";
