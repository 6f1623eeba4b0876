/**
 * Pictures that are loaded when they are first asked for: how importing `mod.ts`
 * stays cheap.
 *
 * A notebook waits for all that `mod.ts` imports. So each helper has a front,
 * such as `lib/measure/scale/scale.ts`, with its options, types and words for readers;
 * of the rest it imports types only. When it is called it loads its engine by
 * `await import()`, here `scale_engine.ts`, and when a front end asks for the
 * picture, that of `lib/plot/`. The specifiers are plain strings, so that
 * bundlers find them. `mod_test.ts` holds `mod.ts` to it.
 * @module
 */
import {
  DISPLAY,
  type Displayable,
  figure,
  makeDisplayable,
} from "./display.ts";
import type { Figure } from "../plot/core/card.ts";

/**
 * Gives a plain value a picture that is drawn when a front end asks for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY, md } from "./display.ts";
 * const shown = addDisplay({ x: 1 }, ({ x }) => md`x is ${x}`);
 * assert.equal(Object.keys(shown).join(), "x");
 * assert.equal((await shown[DISPLAY]())["text/plain"], "x is 1");
 * ```
 *
 * @typeParam T What kind of value it is.
 * @param value The value; it stays as it is.
 * @param show Gives what it is shown as.
 * @returns A copy; how it looks is hidden from the console, which should print the value only.
 */
export function addDisplay<T extends object>(
  value: T,
  show: (value: T) => Displayable | Promise<Displayable>,
): T & Displayable {
  return Object.defineProperty({ ...value }, DISPLAY, {
    value: async () => await (await show(value))[DISPLAY](),
  }) as T & Displayable;
}

/**
 * Makes a value that shows a figure, drawn when a front end asks for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "./display.ts";
 * const shown = drawLater(() => Promise.resolve({ svg: "<svg></svg>", alt: "Nothing" }));
 * assert.equal((await shown[DISPLAY]())["text/plain"], "Nothing");
 * ```
 *
 * @param draw Loads what draws, and draws.
 * @returns The value; shown as words where images cannot be shown.
 */
export function drawLater(draw: () => Promise<Figure>): Displayable {
  return makeDisplayable(async () => {
    const { svg, alt } = await draw();
    return await figure(svg, alt)[DISPLAY]();
  });
}
