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

/** Metadata of a cell or a notebook; numbers may be {@link Float}. */
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
 * Gives values without {@link Float}, as notebooks hold them.
 *
 * @param value A value.
 */
export function withoutFloats(value: unknown): unknown {
  if (value instanceof Float) return value.value;
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
