/**
 * What a browser found of the sizes of slides, and what is said of it. Pure.
 * @module
 */
import * as z from "zod/mini";
import { SLIDE } from "./theme.ts";

const measuredSchema = z.array(z.object({
  h: z.number(),
  v: z.number(),
  cell: z.optional(z.string()),
  height: z.number(),
  width: z.number(),
}));

/**
 * Reads which slides are larger than the screen.
 *
 * @param html The page as the browser had it in the end.
 * @returns A sentence for each that is; undefined if nothing was measured.
 */
export function readOverflow(html: string): string[] | undefined {
  const [, json] =
    /<script type="application\/json" id="skein-measured">([^<]*)<\/script>/
      .exec(html) ?? [];
  if (json === undefined) return undefined;
  const slides = measuredSchema.parse(JSON.parse(json));
  return slides.flatMap(({ h, v, cell, height, width }) => {
    const [over, beside] = [height - SLIDE.height, width - SLIDE.width];
    if (over <= TOLERANCE && beside <= TOLERANCE) return [];
    const name = `slide ${h + 1}${v > 0 ? `.${v + 1}` : ""}`;
    const sizes = [
      ...(over > TOLERANCE
        ? [`${over} of its ${height} pixels lie below the screen`]
        : []),
      ...(beside > TOLERANCE
        ? [`${beside} of its ${width} pixels lie beside it`]
        : []),
    ].join(", ");
    return [
      `${name}${
        cell === undefined ? "" : ` (cell ${cell})`
      } overflows: ${sizes}`,
    ];
  });
}

/** Shadows and rounding reach a little over what they belong to. */
const TOLERANCE = 4;
