/**
 * JSON text as Python's `json.dumps` writes it, which is how Jupyter saves files.
 *
 * JSON.stringify differs in the order of keys (integer-like ones come first) and
 * in small numbers (`0.00001` for `1e-05`). Pure.
 * @module
 */

/**
 * Writes a JSON value: one space of indent, keys sorted, non-ASCII kept.
 *
 * Source: Python, `json.dumps(indent=1, sort_keys=True, ensure_ascii=False)`.
 *
 * @example Keys are sorted as text
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatJson({ b: [], 10: 0.00001 }), '{\n "10": 1e-05,\n "b": []\n}');
 * ```
 *
 * @param value A JSON value; fields that are undefined are left out.
 * @param indent What stands before each line but the first.
 * @returns The text, without a line end after it.
 * @throws {TypeError} If a value in it is not JSON, such as a bigint.
 */
export function formatJson(value: unknown, indent = ""): string {
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    return formatBlock(
      "[]",
      value.map((item) => formatJson(item ?? null, inner)),
      indent,
    );
  }
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([key, field]) =>
        `${JSON.stringify(key)}: ${formatJson(field, inner)}`
      );
    return formatBlock("{}", fields, indent);
  }
  if (typeof value === "number") return formatNumber(value);
  if (
    value === null || typeof value === "string" || typeof value === "boolean"
  ) {
    return JSON.stringify(value);
  }
  throw new TypeError(
    `Cannot write JSON: found a ${typeof value}, expected a JSON value`,
  );
}

function formatBlock(
  [open, close]: string,
  items: readonly string[],
  indent: string,
): string {
  if (items.length === 0) return `${open}${close}`;
  const separator = `,\n${indent} `;
  return `${open}\n${indent} ${items.join(separator)}\n${indent}${close}`;
}

function formatNumber(value: number): string {
  // JSON has no words for infinity and NaN; JSON.stringify writes null too.
  if (!Number.isFinite(value)) return "null";
  const text = Math.abs(value) < 1e-4 && value !== 0
    ? value.toExponential()
    : JSON.stringify(value);
  // Python's exponents have two digits at least.
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

// Python orders text by code points; `<` on our strings orders by UTF-16 units.
function compareCodePoints(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((point, index) => point !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

const SURROGATE = /[\ud800-\udfff]/;
