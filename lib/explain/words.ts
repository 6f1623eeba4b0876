/**
 * How rules write numbers.
 *
 * Pure. Durations are written by `formatDuration()` of `lib/base/format.ts`.
 * @module
 */

/** Writes how many there are on average, such as `1.4`. */
export function decimal(value: number): string {
  return value.toFixed(1);
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
