/**
 * JSON as Python writes it in one line, and numbers that keep being what they
 * were written as: `1.0` is no `1` there. Pure.
 * @module
 */

/** A number that was written with a point or an exponent. */
export class Float {
  /** The number. */
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  /** Writes it as Python's `repr` does. */
  toString(): string {
    return formatFloat(this.value);
  }

  /** What it is for those who write JSON without knowing it. */
  toJSON(): number {
    return this.value;
  }
}

/** A date, or a date with a time, as Python writes it. JSON has none. */
export class Timestamp {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Reads what YAML takes for a date.
   *
   * @param text Such as `2020-01-31` or `2020-01-31T10:00:00Z`.
   * @returns Undefined if there is no such day.
   */
  static read(text: string): Timestamp | undefined {
    const [, year, month, day, time] = DATE.exec(text) ?? [];
    if (year === undefined) return undefined;
    const two = (digits = "") => digits.padStart(2, "0");
    const date = `${year}-${two(month)}-${two(day)}`;
    const known = new Date(`${date}T00:00:00Z`);
    const isDay = !Number.isNaN(known.valueOf()) &&
      known.toISOString().startsWith(date);
    if (!isDay || time === undefined) {
      return isDay ? new Timestamp(date) : undefined;
    }
    const [, hours, minutes, seconds, part = "", zone] = TIME_OF_DAY.exec(
      time,
    )!;
    const micros = part.slice(0, 6).padEnd(6, "0");
    const [, sign, by, more] = /^([-+])(\d\d?)(?::(\d\d))?$/.exec(zone ?? "") ??
      [];
    const offset = zone === undefined
      ? ""
      : sign === undefined
      ? "+00:00"
      : `${sign}${two(by)}:${more ?? "00"}`;
    return new Timestamp(
      `${date} ${two(hours)}:${minutes}:${seconds}${
        micros === "000000" ? "" : `.${micros}`
      }${offset}`,
    );
  }

  /** Writes it as Python's `isoformat(" ")` does. */
  toString(): string {
    return this.#text;
  }

  /** What it is for those who write JSON. */
  toJSON(): string {
    return this.#text;
  }
}

const DATE = /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(.*))?$/;
const TIME_OF_DAY =
  /^(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?[ \t]*(Z|[-+]\d\d?(?::\d\d)?)?$/;

/**
 * Metadata of a cell or a notebook; numbers may be {@link Float}, and what was
 * read from YAML {@link Timestamp}.
 */
export type TextMetadata = Record<string, unknown>;

/**
 * Reads JSON, with {@link Float} for numbers that are written as such.
 *
 * @param json The text.
 * @throws {SyntaxError} If it is no JSON.
 */
export function readJson(json: string): unknown {
  const revive = (
    _: string,
    value: unknown,
    { source }: { source?: string },
  ): unknown =>
    typeof value === "number" && source !== undefined && /[.eE]/.test(source)
      ? new Float(value)
      : value;
  return JSON.parse(json, revive as Parameters<typeof JSON.parse>[1]);
}

/**
 * Gives values without {@link Float} and {@link Timestamp}, as notebooks hold them.
 *
 * @param value A value.
 */
export function withoutFloats(value: unknown): unknown {
  if (value instanceof Float) return value.value;
  if (value instanceof Timestamp) return value.toString();
  if (Array.isArray(value)) return value.map(withoutFloats);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withoutFloats(field)]),
  );
}

/**
 * Writes a value as Python's `json.dumps` does without options.
 *
 * @example ASCII, and a space behind commas and colons
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(dumpJson({ a: [new Float(1), "é"] }), '{"a": [1.0, "\\u00e9"]}');
 * ```
 *
 * @param value A JSON value.
 */
export function dumpJson(value: unknown): string {
  if (value instanceof Float) return value.toString();
  if (value instanceof Timestamp) return dumpText(value.toString());
  if (Array.isArray(value)) return `[${value.map(dumpJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${
      Object.entries(value).filter(([, field]) => field !== undefined)
        .map(([key, field]) => `${dumpText(key)}: ${dumpJson(field)}`).join(
          ", ",
        )
    }}`;
  }
  if (typeof value === "string") return dumpText(value);
  if (typeof value === "number") {
    return Number.isInteger(value) ? String(BigInt(value)) : formatFloat(value);
  }
  return String(value);
}

function dumpText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Source: Python, `float.__repr__`: exponents from 1e16 on and below 1e-4. */
function formatFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  const text = String(value);
  return /\./.test(text) ? text : `${text}.0`;
}
