/**
 * How rules write ratios and lanes. Pure.
 * @module
 */
import { formatTimes, type RatioInterval } from "../base/mod.ts";

/** Writes the interval of a ratio, such as `1.85× to 1.96×`. */
export function rangeInWords(
  { low, high }: Omit<RatioInterval, "ratio">,
): string {
  return `${formatTimes(low)} to ${formatTimes(high)}`;
}

/**
 * Writes a ratio and its interval, such as `1.91× (95 % interval 1.85× to 1.96×)`;
 * with words in between, such as `as fast as with 1`.
 */
export function ratioInWords(
  ratio: RatioInterval,
  name = "95 % interval ",
  between = "",
): string {
  const words = between === "" ? "" : ` ${between}`;
  return `${formatTimes(ratio.ratio)}${words} (${name}${rangeInWords(ratio)})`;
}

/** How many times as long, of what was so many times as fast. */
export function invert({ ratio, low, high }: RatioInterval): RatioInterval {
  return { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
}

/** Begins a sentence. */
export function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Writes a number of lanes by what they are, such as `4 Workers`. */
export function lanesInWords(
  lanes: readonly { readonly kind: string }[],
): string {
  const kinds = new Set(lanes.map(({ kind }) => kind));
  const [kind] = kinds;
  const word = kinds.size === 1 ? PLURALS[kind!] ?? "lanes" : "threads";
  return `${lanes.length} ${word}`;
}

const PLURALS: Readonly<Record<string, string>> = {
  worker: "Workers",
  process: "processes",
  task: "tasks",
};
