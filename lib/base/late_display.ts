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

/** An image and the words that stand in for it. */
export interface Drawing {
  /** One whole `<svg>` element. */
  readonly svg: string;
  /** What the image says, numbers included. */
  readonly alt: string;
}

/** Gives a plain value a picture that is drawn when a front end asks for it. */
export function addDisplay<T extends object>(
  value: T,
  show: (value: T) => Displayable | Promise<Displayable>,
): T & Displayable {
  return Object.defineProperty({ ...value }, DISPLAY, {
    value: async () => await (await show(value))[DISPLAY](),
  }) as T & Displayable;
}

/** Makes a value that shows a figure, drawn when a front end asks for it. */
export function drawLater(draw: () => Promise<Drawing>): Displayable {
  return makeDisplayable(async () => {
    const { svg, alt } = await draw();
    return await figure(svg, alt)[DISPLAY]();
  });
}
