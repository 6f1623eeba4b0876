/**
 * Free-form values, such as metadata, looked at with care. Pure.
 * @module
 */

/**
 * Tells whether a value has fields by name.
 *
 * @param value Any value.
 */
export function isRecord(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Gives the texts in a value: itself, or the items of a list. Numbers count, since
 * nobody puts a caption such as `2024` in quotes.
 *
 * @param value Any value.
 */
export function textsIn(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) =>
    typeof item === "string" || typeof item === "number" ? [String(item)] : []
  );
}
