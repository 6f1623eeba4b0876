/**
 * Turns a value into a MIME bundle, where the value lives.
 *
 * The order of the rules is that of `Deno.jupyter.format`: the value's own
 * `Jupyter.display` method, then shapes that libraries share (canvas, Vega,
 * data frame, image bytes, element), then text.
 * @module
 */
import type { MimeBundle } from "../../protocol/output.ts";

/** The method by which a value says how it is displayed. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

/**
 * Describes a value in the formats that front ends understand.
 *
 * @param value Any value.
 * @returns Its MIME bundle; `text/plain` at least, unless the value decides.
 * @throws {TypeError} If the value's own display method gives no bundle.
 */
export async function formatValue(value: unknown): Promise<MimeBundle> {
  if (isObject(value)) {
    const own = ownDisplay(value);
    if (typeof own === "function") return checkBundle(await own.call(value));
    const known = formatKnown(value);
    if (known !== null) return known;
  }
  return { "text/plain": inspectValue(value) };
}

/**
 * Shows a value as text, as the console would, without colours.
 *
 * @param value Any value.
 */
export function inspectValue(value: unknown): string {
  try {
    return Deno.inspect(value, { colors: false });
  } catch (error) {
    return `[value cannot be shown: ${error}]`;
  }
}

type Shape = Record<PropertyKey, unknown>;

function isObject(value: unknown): value is Shape {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}

/** A revoked proxy throws whatever one reads; it can be shown as text. */
function ownDisplay(value: Shape): unknown {
  try {
    return value[DISPLAY];
  } catch {
    return undefined;
  }
}

function checkBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !Array.isArray(bundle)) {
    return bundle as MimeBundle;
  }
  throw new TypeError(
    `Cannot display value: its Jupyter.display method gave ${
      inspectValue(bundle)
    }, expected an object with MIME types as keys`,
  );
}

/** Tries the shapes that libraries share; a proxy that throws is just a value. */
function formatKnown(value: Shape): MimeBundle | null {
  try {
    for (const rule of RULES) {
      const bundle = rule(value);
      if (bundle !== null) return bundle;
    }
  } catch {
    // The value is none of the known shapes after all; text is always possible.
  }
  return null;
}

const RULES: readonly ((value: Shape) => MimeBundle | null)[] = [
  function canvas(value) {
    if (typeof value.toDataURL !== "function") return null;
    const match = /^data:([^;,]+);base64,(.*)$/s.exec(
      String(value.toDataURL()),
    );
    return match && { [match[1]!]: match[2]! };
  },
  function vega(value) {
    if (typeof value.toSpec !== "function") return null;
    const spec = value.toSpec() as Shape;
    const schema = String(spec?.$schema ?? "");
    const match = /\/schema\/(vega|vega-lite)\/v(\d+)/.exec(schema);
    if (!match) return null;
    const kind = match[1] === "vega" ? "vega" : "vegalite";
    return { [`application/vnd.${kind}.v${match[2]}+json`]: spec };
  },
  function dataFrame(value) {
    if (!isObject(value.schema)) return null;
    if (typeof value.head !== "function") return null;
    if (typeof value.toRecords !== "function") return null;
    const rows = (value.head(TABLE_ROWS) as Shape).toRecords as () => Shape[];
    const records = rows.call(value.head(TABLE_ROWS));
    const columns = Object.keys(value.schema);
    return {
      "application/vnd.dataresource+json": {
        data: records,
        schema: { fields: columns.map((name) => ({ name })) },
      },
      "text/html": htmlTable(columns, records),
      "text/plain": inspectValue(records),
    };
  },
  function imageBytes(value) {
    if (!(value instanceof Uint8Array)) return null;
    const mime = imageType(value);
    return mime === null ? null : { [mime]: value.toBase64() };
  },
  function element(value) {
    const html = value.outerHTML;
    if (typeof html !== "string") return null;
    return { [/^\s*<svg\b/i.test(html) ? "image/svg+xml" : "text/html"]: html };
  },
];

/**
 * Tells an image format by its first bytes.
 *
 * @param bytes A whole file.
 * @returns Its MIME type, or `null` when it is none that front ends show.
 */
export function imageType(bytes: Uint8Array): string | null {
  for (const [mime, ...signature] of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) return mime;
  }
  return null;
}

const SIGNATURES: readonly (readonly [string, ...number[]])[] = [
  ["image/png", 0x89, 0x50, 0x4e, 0x47],
  ["image/jpeg", 0xff, 0xd8, 0xff],
  ["image/gif", 0x47, 0x49, 0x46, 0x38],
  ["application/pdf", 0x25, 0x50, 0x44, 0x46],
];

function htmlTable(columns: readonly string[], rows: readonly Shape[]): string {
  const cells = (tag: string, values: readonly unknown[]) =>
    values.map((value) => `<${tag}>${escapeHtml(String(value))}</${tag}>`)
      .join("");
  const body = rows.map((row) =>
    `<tr>${cells("td", columns.map((name) => row[name]))}</tr>`
  ).join("");
  return `<table><thead><tr>${
    cells("th", columns)
  }</tr></thead><tbody>${body}</tbody></table>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

const TABLE_ROWS = 50;
