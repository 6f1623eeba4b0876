/**
 * Numbers and units in words: the one place where a number becomes text; and tables.
 *
 * Pure. Findings, tables, figures and errors all call it, so that the same value
 * reads the same everywhere.
 * @module
 */

/** A unit of time that a figure uses throughout. */
export interface TimeUnit {
  readonly symbol: "ns" | "µs" | "ms" | "s" | "min";
  readonly ms: number;
}

export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Writes a number with three digits that count, such as `1.91`, and no more than
 * two decimals but where it would be nothing without, such as `0.0012`.
 *
 * From ten thousand on the rest is zeros: no measurement here has more digits.
 */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 9999.5) return String(Number(value.toPrecision(3)));
  // Two digits that count: a speed-up of 0.0012 is not "0.00".
  if (value !== 0 && size < 0.0995) return String(Number(value.toPrecision(2)));
  // Limits lie below 10 and 100, so that 9.996 becomes 10.0 and not 10.00.
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value === 0 ? "0" : value.toFixed(decimals);
}

/** Writes a number like {@link formatNumber}, without zeros that say nothing: `1.5`. */
export function formatShort(value: number): string {
  return String(Number(formatNumber(value)));
}

/** Writes an exact number in groups of digits; as a power of ten if it can not be exact. */
export function formatCount(count: number): string {
  if (count <= Number.MAX_SAFE_INTEGER) {
    return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  }
  const [digits, power] = count.toExponential(1).split("e+");
  return `about ${digits} × 10^${power}`;
}

/** Writes how many there are of something, such as `1 core` or `2.5 cores`. */
export function countOf(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  const digits = Number.isInteger(count)
    ? formatCount(count)
    : formatShort(count);
  return `${digits} ${digits === "1" ? one : many}`;
}

/** Writes a number of cores, which may be a part of one: `1 core`, `1.5 cores`. */
export function formatCores(cores: number): string {
  return countOf(Number(cores.toFixed(1)), "core");
}

/**
 * Writes a part of a whole, 0 to 1, and never zero for what is something: `12 %`.
 *
 * Of percents below ten, so many `digits` count: `2.5 %`; above, they are whole
 * with two of them.
 */
export function formatPercent(share: number, digits: number = 2): string {
  const percents = share * 100;
  const least = 10 ** (1 - digits);
  if (percents > 0 && percents < least / 2) return `less than ${least} %`;
  const power = Math.floor(Math.log10(Math.max(1, Math.abs(percents))));
  return `${Number(percents.toFixed(Math.max(0, digits - 1 - power)))} %`;
}

/** Writes a number of bytes by powers of 1024: `64 B`, `1.5 KiB`, `113 KiB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(
    BYTE_UNITS.length - 1,
    Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(bytes))) / 10)),
  );
  const value = bytes / 1024 ** power;
  const decimals = Math.abs(value) < 9.95 && power > 0 ? 1 : 0;
  return `${Number(value.toFixed(decimals))} ${BYTE_UNITS[power]}`;
}

/** Writes a ratio with the digits that tell two apart, also near 1: `1.91×`. */
export function formatTimes(ratio: number): string {
  return `${formatNumber(ratio)}×`;
}

/**
 * Writes a ratio of speeds and its interval so that the number of the ratio is at
 * least 1: `1.91× as fast`, `1.85× to 1.96×`; or `27.0× slower`, `25.0× to 30.0×`.
 */
export function speedInWords(
  { ratio, low, high }: RatioInterval,
): { readonly value: string; readonly interval: string } {
  return ratio >= 1
    ? {
      value: `${formatTimes(ratio)} as fast`,
      interval: `${formatTimes(low)} to ${formatTimes(high)}`,
    }
    : {
      value: `${formatTimes(1 / ratio)} slower`,
      interval: `${formatTimes(1 / high)} to ${formatTimes(1 / low)}`,
    };
}

/** Chooses the unit in which the longest of some durations reads well. Units: ms. */
export function chooseUnit(longestMs: number): TimeUnit {
  // 999.5 ns are written as a microsecond: three digits do not tell them apart.
  if (longestMs > 0 && longestMs < 0.0009995) return TIME_UNITS.ns;
  if (longestMs < 1) return TIME_UNITS.us;
  if (longestMs < 2000) return TIME_UNITS.ms;
  return longestMs < 180_000 ? TIME_UNITS.s : TIME_UNITS.min;
}

/** Writes milliseconds with three digits that count, in the unit that suits: `1.91 s`, `35.1 µs`. */
export function formatDuration(ms: number, unit?: TimeUnit): string {
  const suited = chooseUnit(Math.abs(ms));
  // In a unit a hundred times too large, digits that tell would be lost.
  const used = unit === undefined || Math.abs(ms) < unit.ms / 100
    ? suited
    : unit;
  return `${formatNumber(ms / used.ms)} ${used.symbol}`;
}

/** Writes an interval of durations, the unit once where it is the same: `12.1–12.5 µs`. */
export function formatInterval(lowMs: number, highMs: number): string {
  const [low = "", lowUnit] = formatDuration(lowMs).split(" ");
  const [high = "", highUnit] = formatDuration(highMs).split(" ");
  return lowUnit === highUnit
    ? `${low}–${high} ${highUnit}`
    : `${low} ${lowUnit} – ${high} ${highUnit}`;
}

/**
 * Writes a round duration, as at a tick, in the unit of the longest beside it: `10 µs`.
 *
 * That is at most seconds, as what is round in them is not so in minutes.
 */
export function formatTick(ms: number, longestMs: number = ms): string {
  const longest = Math.abs(longestMs);
  const { symbol, ms: unitMs } = longest >= 999.9
    ? TIME_UNITS.s
    : chooseUnit(longest);
  return ms === 0 ? "0" : `${Number((ms / unitMs).toPrecision(6))} ${symbol}`;
}

/** Writes rows as a Markdown table that also reads well as plain text. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  );
  const lines = rows.map((row) =>
    `| ${widths.map((width, i) => (row[i] ?? "").padEnd(width)).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [lines[0] ?? "", rule, ...lines.slice(1)].join("\n");
}

const TIME_UNITS = {
  ns: { symbol: "ns", ms: 0.000001 },
  us: { symbol: "µs", ms: 0.001 },
  ms: { symbol: "ms", ms: 1 },
  s: { symbol: "s", ms: 1000 },
  min: { symbol: "min", ms: 60_000 },
} as const satisfies Record<string, TimeUnit>;
const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Escapes text for Markdown: names of users stand in sentences, none of their signs may mean anything. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~$&!]/g, "\\$&");
}
