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
import { DISPLAY, type Displayable } from "./display.ts";

/** The name under which a value gives what it is shown as, such as its figure. */
export const SHOWN: unique symbol = Symbol.for("Skein.shown");

/** Gives a plain value a picture that is drawn when a front end asks for it. */
export function addDisplay<T extends object>(
  value: T,
  show: (value: T) => Displayable | Promise<Displayable>,
): T & Displayable {
  return Object.defineProperties({ ...value }, {
    [DISPLAY]: { value: async () => await (await show(value))[DISPLAY]() },
    [SHOWN]: { value: async () => await show(value) },
  }) as T & Displayable;
}

/** Makes a value of what is drawn when a front end asks for it. */
export function showLater(
  show: () => Displayable | Promise<Displayable>,
): Displayable {
  return addDisplay({}, show);
}
