/**
 * Controls of a notebook: `slider`, `toggle`, `choice`, `button`.
 *
 * Jupyter draws them as its own; where it has none they bring what draws them.
 * @module
 */
import {
  checkChoice,
  checkFlag,
  checkName,
  checkNumber,
  checkOptions,
  checkSome,
} from "../base/mod.ts";
import { type Control, makeControl } from "./control.ts";
import { core } from "./core_widget.ts";

/** How a slider is made. */
export interface SliderOptions {
  /** Where it stands first. @default `least` */
  readonly value?: number;
  /** How far it moves at least. @default 1 */
  readonly step?: number;
}

/**
 * Makes a slider: a number that a person sets.
 *
 * `skein open` draws it by itself, Jupyter where `ipywidgets` is installed.
 * Elsewhere, and in exports, the value is shown as text.
 *
 * @example Measure again when it moves
 * ```ts
 * import assert from "node:assert/strict";
 * const workers = slider("workers", 1, 8, { value: 2 });
 * assert.equal(workers.value, 2);
 * await workers.rerun((n) => `with ${n}`);
 * ```
 *
 * @param name What it is called.
 * @param least The least value.
 * @param most The greatest.
 * @param options Where it stands, and how far it moves.
 * @returns The slider; as the value of a cell it is shown.
 * @throws {TypeError} If an argument has the wrong type.
 * @throws {RangeError} If a number is out of range.
 */
export function slider(
  name: string,
  least: number,
  most: number,
  options: SliderOptions = {},
): Control<number> {
  const what = "make slider";
  checkName([what, "name"], name);
  checkNumber([what, "least"], least, {});
  checkNumber([what, "most"], most, { above: least });
  checkOptions(what, options, ["value", "step"]);
  const { value = least, step = 1 } = options;
  checkNumber([what, "value"], value, { least, most });
  checkNumber([what, "step"], step, { above: 0 });
  const isWhole = [least, step, value].every(Number.isInteger);
  const say = (value: number) => String(Number(value.toPrecision(12)));
  const live = core("slider", {
    name,
    model: isWhole ? "IntSlider" : "FloatSlider",
    style: "SliderStyle",
    state: { value, min: least, max: most, step },
    fixed: { continuous_update: false, readout: true },
    accept: ({ value }) => {
      if (typeof value !== "number" || Number.isNaN(value)) return {};
      return { value: Math.min(most, Math.max(least, value)) };
    },
    words: ({ value }) => {
      const at = Math.round((value - least) / (most - least) * BAR);
      const bar = "─".repeat(at) + "●" + "─".repeat(BAR - at);
      return `${name}: ${say(value)} (${say(least)} ${bar} ${say(most)})`;
    },
  });
  return makeControl({
    name,
    live,
    read: ({ value }) => value,
    write: (value) => {
      checkNumber(["set slider", "value"], value, { least, most });
      return { value };
    },
    say,
    runsAtOnce: true,
  });
}

/**
 * Makes a check box: on or off.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(toggle("use a lock").value, false);
 * ```
 *
 * @param name What it is called.
 * @param options Whether it is on at first.
 * @returns The control; as the value of a cell it is shown.
 * @throws {TypeError} If an argument has the wrong type.
 */
export function toggle(
  name: string,
  options: { readonly value?: boolean } = {},
): Control<boolean> {
  const what = "make toggle";
  checkName([what, "name"], name);
  checkOptions(what, options, ["value"]);
  const { value = false } = options;
  checkFlag([what, "value"], value);
  const live = core("toggle", {
    name,
    model: "Checkbox",
    style: "CheckboxStyle",
    state: { value },
    fixed: { indent: false },
    accept: ({ value }) => typeof value === "boolean" ? { value } : {},
    words: ({ value }) => `${value ? "☑" : "☐"} ${name}`,
  });
  return makeControl({
    name,
    live,
    read: ({ value }) => value,
    write: (value) => {
      checkFlag(["set toggle", "value"], value);
      return { value };
    },
    say: (value) => value ? "on" : "off",
    runsAtOnce: true,
  });
}

/**
 * Makes a choice: one of several strings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const model = choice("model", ["async", "workers"]);
 * assert.equal(model.value, "async");
 * ```
 *
 * @typeParam T What can be chosen.
 * @param name What it is called.
 * @param items What can be chosen.
 * @param options What is chosen first.
 * @returns The control; as the value of a cell it is shown.
 * @throws {TypeError} If an argument has the wrong type.
 * @throws {RangeError} If there is nothing to choose from.
 */
export function choice<const T extends string>(
  name: string,
  items: readonly T[],
  options: { readonly value?: NoInfer<T> } = {},
): Control<T> {
  const what = "make choice";
  checkName([what, "name"], name);
  checkSome([what, "items"], items, "strings");
  items.forEach((item, index) => checkName([what, `items[${index}]`], item));
  checkOptions(what, options, ["value"]);
  const { value = items[0]! } = options;
  checkChoice([what, "value"], value, items);
  const live = core("choice", {
    name,
    model: "RadioButtons",
    style: "DescriptionStyle",
    state: { index: items.indexOf(value) },
    fixed: { _options_labels: items },
    accept: ({ index }) =>
      items[index as number] === undefined ? {} : { index: index as number },
    words: ({ index }) =>
      `${name}: ${
        items.map((item, at) => `${at === index ? "●" : "○"} ${item}`).join(
          "  ",
        )
      }`,
  });
  return makeControl<{ index: number }, T>({
    name,
    live,
    read: ({ index }) => items[index]!,
    write: (value) => {
      checkChoice(["set choice", "value"], value, items);
      return { index: items.indexOf(value) };
    },
    say: (value) => value,
    runsAtOnce: true,
  });
}

/**
 * Makes a button; its value is how often it was pressed.
 *
 * @example Nothing runs before it is pressed
 * ```ts
 * const again = button("Measure again");
 * await again.rerun(() => performance.now());
 * ```
 *
 * @param name What stands on it.
 * @returns The control; as the value of a cell it is shown.
 * @throws {TypeError} If the name is not a string.
 */
export function button(name: string): Control<number> {
  checkName(["make button", "name"], name);
  const live = core("button", {
    name,
    model: "Button",
    style: "ButtonStyle",
    state: { presses: 0 },
    fixed: {},
    accept: ({ presses }) => ({ presses: presses as number }),
    words: () => `[ ${name} ]`,
  });
  live.onMessage((content) => {
    const { event } = (content ?? {}) as { readonly event?: unknown };
    if (event === "click") {
      return live.take({ presses: live.state.presses + 1 });
    }
  });
  return makeControl({
    name,
    live,
    read: ({ presses }) => presses,
    write: (presses) => ({ presses }),
    say: (presses) => `pressed ${presses === 1 ? "once" : `${presses} times`}`,
    runsAtOnce: false,
  });
}

/** Steps of a slider that is drawn as text. */
const BAR = 12;
