/**
 * A figure: words, and a drawing for any paper.
 *
 * The drawing is asked for once a size, so that a phone and a projector get one
 * of their own. A figure shows itself where a cell ends with it. Pure.
 * @module
 */
import {
  DISPLAY,
  type Displayable,
  type MimeBundle,
  SHOWN,
} from "../../base/mod.ts";
import { type HonestyStamp, noiseOf } from "../../base/stamp/mod.ts";
import { type BundleOptions, writeBundle } from "./bundle.ts";
import {
  type Block,
  describeRows,
  drawCard,
  type FigureParts,
} from "./card.ts";
import { type Paper, WIDE } from "./paper.ts";

/** What a figure function makes of its data. */
export interface Figure extends FigureParts, Displayable {
  readonly alt: string;
  /** One whole image with all its words, for where nothing else can be shown. */
  readonly svg: string;
  /** All formats in which it can be shown. */
  readonly [DISPLAY]: (options?: BundleOptions) => MimeBundle;
}

export function makeFigure(parts: FigureParts): Figure {
  const alt = parts.alt ?? describeRows(parts.table ?? []);
  // A page and the whole image are the same drawing with other words.
  const drawn = new Map<Paper, readonly Block[]>();
  const draw = (paper: Paper) => {
    const blocks = drawn.get(paper) ?? parts.draw(paper);
    drawn.set(paper, blocks);
    return blocks;
  };
  const figure: Figure = {
    ...parts,
    alt,
    draw,
    get svg() {
      return drawCard(figure, WIDE);
    },
    [DISPLAY]: (options) => writeBundle(figure, options),
  };
  return figure;
}

/** The figure that a value is, or is shown as; `undefined` if it is none. */
export async function figureOf(value: unknown): Promise<Figure | undefined> {
  if (typeof value !== "object" || value === null) return undefined;
  if ("draw" in value && DISPLAY in value) return value as Figure;
  if (!(SHOWN in value)) return undefined;
  const shown = (value as { [SHOWN]: () => Promise<unknown> })[SHOWN];
  return await figureOf(await shown());
}

/** What to warn of above a figure: the first thing that disturbed the measuring. */
export function warningOf(stamp: HonestyStamp): string | undefined {
  const [reason] = noiseOf(stamp);
  return reason === undefined ? undefined : `noisy: ${reason}`;
}
