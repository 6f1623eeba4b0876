/**
 * What a cell is among slides. Pure.
 * @module
 */
import { isRecord } from "../values.ts";

/** What a cell is among slides; `-` goes on with what is before. */
export type SlideType =
  | "slide"
  | "subslide"
  | "fragment"
  | "skip"
  | "notes"
  | "-";

/**
 * Reads what a cell is among slides.
 *
 * Source: nbconvert, `exporters/slides.py`.
 *
 * @param slideshow The cell's `metadata.slideshow`.
 * @returns The type, and what is wrong with what was found.
 */
export function chooseSlide(
  slideshow: unknown,
): { readonly type: SlideType; readonly problem: string | null } {
  const found = isRecord(slideshow) ? slideshow.slide_type : undefined;
  // The empty string is what nbconvert's older files hold for "-".
  if (found === undefined || found === null || found === "") {
    return { type: "-", problem: null };
  }
  const type = SLIDE_TYPES.find((type) => type === found);
  if (type !== undefined) return { type, problem: null };
  return {
    type: "-",
    problem: `its slide type is ${JSON.stringify(found)}, expected ${
      SLIDE_TYPES.join(", ")
    }`,
  };
}

const SLIDE_TYPES: readonly SlideType[] = [
  "slide",
  "subslide",
  "fragment",
  "skip",
  "notes",
  "-",
];
