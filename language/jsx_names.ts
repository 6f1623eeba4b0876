/**
 * The names that JSX calls without saying them, such as `React` and `h`. Pure.
 * @module
 */
import type { EmitSettings } from "./emit_settings.ts";
import type { CellOutline } from "./outline.ts";

/**
 * Adds what the JSX of a cell calls to the names that the cell uses.
 *
 * @param outline The cell.
 * @param settings What JSX becomes.
 */
export function addJsxNames(
  outline: CellOutline,
  { jsxFactory = REACT, jsxFragmentFactory = REACT }: EmitSettings,
): CellOutline {
  if (!outline.isJsx) return outline;
  // Of `Preact.h` a cell needs the first name.
  const names = [jsxFactory, jsxFragmentFactory].map((one) =>
    one.split(".")[0]!
  );
  return { ...outline, words: [...new Set([...outline.words, ...names])] };
}

const REACT = "React";
