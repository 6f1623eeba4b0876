/**
 * What the figures of costs and scaling have in common: findings and stamp
 * below the picture, the same in words, and a table for plain text. Pure.
 * @module
 */

import {
  DISPLAY,
  type Displayable,
  figure,
  makeDisplayable,
  writeTable,
} from "../../base/mod.ts";
import type { HonestyStamp } from "../../base/stamp/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "./card.ts";
import { describeStamp, ROUNDS } from "./stamp_words.ts";

/** What was measured, as far as every card shows it. */
export interface Measurement {
  /** The heading. */
  readonly title: string;
  /** Short sentences. */
  readonly findings: readonly string[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
}

/** The parts of a card that differ. */
export interface ResultParts {
  /** The picture, from top to bottom. */
  readonly blocks: readonly Block[];
  /** Rows of a table with all numbers; the first holds the headings. */
  readonly table: readonly (readonly string[])[];
}

/**
 * Puts picture, findings and stamp on a card.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { STAMP } from "../gallery/gallery_data.ts";
 * const measurement = { title: "Costs", findings: ["It is cheap."], stamp: STAMP };
 * const { alt } = makeResultCard(measurement, { blocks: [], table: [["what"], ["this"]] });
 * assert.match(alt, /It is cheap/);
 * ```
 *
 * @param measurement Heading, findings and circumstances.
 * @param parts Picture and table.
 * @returns The figure.
 */
export function makeResultCard(
  measurement: Measurement,
  parts: ResultParts,
): Figure {
  const { title, findings, stamp } = measurement;
  return makeCard({
    title,
    alt: [
      ...describeRows(parts.table),
      ...findings,
      describeStamp(stamp, ROUNDS),
    ]
      .join("\n"),
    blocks: [
      ...parts.blocks,
      makeSpace(14, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(describeStamp(stamp, ROUNDS), "caption"),
    ],
  });
}

/**
 * Makes a value that shows the card, or a table where images cannot be shown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { STAMP } from "../gallery/gallery_data.ts";
 * const shown = showResult({ title: "Costs", findings: [], stamp: STAMP }, () => ({
 *   blocks: [], table: [["what", "ms"], ["this", "5"]],
 * }));
 * const bundle = await shown[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /\| this \| 5  \|/);
 * ```
 *
 * @param measurement Heading, findings and circumstances.
 * @param makeParts Draws the picture, when it is asked for.
 * @returns A value for the end of a cell.
 */
export function showResult(
  measurement: Measurement,
  makeParts: () => ResultParts,
): Displayable {
  return makeDisplayable(async () => {
    const parts = makeParts();
    const { title, findings, stamp } = measurement;
    const words = [
      title,
      "",
      writeTable(parts.table),
      "",
      ...findings,
      describeStamp(stamp, ROUNDS),
    ].join("\n");
    const { svg } = makeResultCard(measurement, parts);
    return await figure(svg, words)[DISPLAY]();
  });
}

/** For those who hear the table: each cell after its heading. */
function describeRows([heads = [], ...rows]: ResultParts["table"]): string[] {
  return rows.map((row) =>
    row.map((cell, column) =>
      column === 0 ? `${heads[0]} ${cell}` : `${heads[column]} ${cell}`
    ).join(", ") + "."
  );
}
