/**
 * Turns a value into a MIME bundle, where the value lives.
 *
 * The order of the rules is that of `Deno.jupyter.format`: the value's own
 * `Jupyter.display` method, then shapes that libraries share (canvas, Vega,
 * data frame, image bytes, element), then text.
 * @module
 */
import type { MimeBundle } from "../../protocol/output.ts";
import { formatGpu, isOnGpu } from "./gpu.ts";
import { imageType } from "./image_type.ts";
import {
  append,
  apply,
  bare,
  charCodeAt,
  findPattern,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  isObject,
  joinList,
  keysOf,
  kindOfBytes,
  min,
  own,
  TheObject,
  ThePromise,
  TheString,
  TheTypeError,
  toBase64,
  toNumber,
  turnOfLoop,
} from "./intrinsics.ts";

/** The method by which a value says how it is displayed. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

/** A bundle in an object of ours: a cell could make the bundle a promise. */
export interface Formatted {
  /** The bundle. */
  readonly bundle: MimeBundle;
}

/**
 * Describes a value in the formats that front ends understand.
 *
 * @param value Any value.
 * @returns Its MIME bundle; `text/plain` at least, unless the value decides.
 * @throws {TypeError} If the value's own display method gives no bundle.
 */
export async function formatValue(value: unknown): Promise<Formatted> {
  if (isObject(value)) {
    const display = ownDisplay(value);
    if (typeof display === "function") {
      const given = apply(display, value, []);
      const bundle = isThenable(given) ? await ownIfTrue(given) : given;
      return bare({ bundle: checkBundle(bundle) });
    }
    const known = formatKnown(value);
    if (known !== null) return bare({ bundle: known });
    const held = isOnGpu(value)
      ? await own(formatGpu(value, inspectValue))
      : null;
    if (held !== null) return held;
  }
  return bare({ bundle: { "text/plain": await own(showAsText(value)) } });
}

async function showAsText(value: unknown): Promise<string> {
  try {
    return inspect(value, PLAIN);
  } catch (error) {
    // V8 ends an inspection that way, too: its interrupt answers before us then.
    await own(turnOfLoop());
    return cannotShow(error);
  }
}

/**
 * Shows a value as text, as the console would, without colours.
 *
 * @param value Any value.
 */
export function inspectValue(value: unknown): string {
  try {
    return inspect(value, PLAIN);
  } catch (error) {
    return cannotShow(error);
  }
}

function cannotShow(error: unknown): string {
  return `[value cannot be shown: ${wordsOf(error)}]`;
}

const { inspect } = Deno;
const PLAIN: Deno.InspectOptions = bare({ colors: false });

/** What was thrown, as text; it may refuse that too. */
function wordsOf(error: unknown): string {
  try {
    return `${error}`;
  } catch {
    return "what it threw cannot be shown either";
  }
}

/** A bundle is not to be waited for because all objects got a `then`. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (!isObject(value)) return false;
  const { then } = value;
  return typeof then === "function" &&
    then !== getOwnPropertyDescriptor(TheObject.prototype, "then")?.value;
}

/** A promise of an async method is waited for whatever became of its class. */
function ownIfTrue(promise: PromiseLike<unknown>): PromiseLike<unknown> {
  const isTrue = getPrototypeOf(promise) === ThePromise.prototype;
  return isTrue ? own(promise as Promise<unknown>) : promise;
}

type Shape = Record<PropertyKey, unknown>;

/** A revoked proxy throws whatever one reads; it can be shown as text. */
function ownDisplay(value: Shape): unknown {
  try {
    return value[DISPLAY];
  } catch {
    return undefined;
  }
}

function checkBundle(bundle: unknown): MimeBundle {
  if (typeof bundle === "object" && bundle !== null && !isArray(bundle)) {
    return bundle as MimeBundle;
  }
  throw new TheTypeError(
    `Cannot display value: its Jupyter.display method gave ${
      inspectValue(bundle)
    }, expected an object with MIME types as keys`,
  );
}

/** Tries the shapes that libraries share; a proxy that throws is just a value. */
function formatKnown(value: Shape): MimeBundle | null {
  try {
    for (let i = 0; i < RULES.length; i++) {
      const bundle = RULES[i]!(value);
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
    const match = findPattern(
      /^data:([^;,]+);base64,(.*)$/s,
      TheString(value.toDataURL()),
    );
    return match && { [match[1]!]: match[2]! };
  },
  function vega(value) {
    if (typeof value.toSpec !== "function") return null;
    const spec = value.toSpec() as Shape;
    const schema = TheString(spec?.$schema ?? "");
    const match = findPattern(/\/schema\/(vega|vega-lite)\/v(\d+)/, schema);
    if (!match) return null;
    const kind = match[1] === "vega" ? "vega" : "vegalite";
    return { [`application/vnd.${kind}.v${match[2]}+json`]: spec };
  },
  function dataFrame(value) {
    if (!isObject(value.schema)) return null;
    if (typeof value.head !== "function") return null;
    if (typeof value.toRecords !== "function") return null;
    const rows = value.head(TABLE_ROWS) as { toRecords(): Shape[] };
    const records = rows.toRecords();
    const columns = keysOf(value.schema);
    const fields: { name: string; type: string }[] = [];
    for (let i = 0; i < columns.length; i++) {
      const name = columns[i]!;
      append(fields, { name, type: columnType(value.schema[name]) });
    }
    const data: Shape[] = [];
    for (let i = 0; i < records.length; i++) {
      append(data, withoutBigints(records[i]!));
    }
    return {
      "application/vnd.dataresource+json": {
        data,
        schema: { fields },
      },
      "text/html": htmlTable(columns, records),
      "text/plain": inspectValue(records),
    };
  },
  function imageBytes(value) {
    if (kindOfBytes(value) !== "Uint8Array") return null;
    const bytes = value as unknown as Uint8Array;
    const mime = imageType(bytes);
    return mime === null ? null : { [mime]: toBase64(bytes) };
  },
  function element(value) {
    const html = value.outerHTML;
    if (typeof html !== "string") return null;
    const isSvg = findPattern(/^\s*<svg\b/i, html) !== null;
    return { [isSvg ? "image/svg+xml" : "text/html"]: html };
  },
];

function htmlTable(columns: readonly string[], rows: readonly Shape[]): string {
  const row = (tag: string, valueOf: (name: string) => unknown) => {
    const cells: string[] = [];
    for (let i = 0; i < columns.length; i++) {
      const value = escapeHtml(TheString(valueOf(columns[i]!)));
      append(cells, `<${tag}>${value}</${tag}>`);
    }
    return `<tr>${joinList(cells, "")}</tr>`;
  };
  const body: string[] = [];
  for (let i = 0; i < min(rows.length, HTML_ROWS); i++) {
    append(body, row("td", (name) => rows[i]![name]));
  }
  return `<table><thead>${row("th", (name) => name)}</thead><tbody>${
    joinList(body, "")
  }</tbody></table>`;
}

function escapeHtml(text: string): string {
  let escaped = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    escaped += c === "&" || c === "<" || c === ">" || c === '"'
      ? `&#${charCodeAt(c, 0)};`
      : c;
  }
  return escaped;
}

/** What a data resource calls a type of Polars, which tells it as JSON only. */
function columnType(type: unknown): string {
  const { toJSON } = isObject(type) ? type : {};
  const json = typeof toJSON === "function" ? apply(toJSON, type, []) : type;
  const name = isObject(json) ? TheString(json.DataType) : "";
  return COLUMN_TYPES[name] ??
    (findPattern(/^U?Int\d+$/, name)
      ? "integer"
      : findPattern(/^Float\d+$/, name)
      ? "number"
      : "string");
}

/** JSON has no integers of any length. */
function withoutBigints(row: Shape): Shape {
  const copy: Shape = bare({});
  const names = keysOf(row);
  for (let i = 0; i < names.length; i++) {
    const cell = row[names[i]!];
    const number = typeof cell === "bigint" ? toNumber(cell) : 0;
    copy[names[i]!] = typeof cell !== "bigint"
      ? cell
      : isSafeInteger(number)
      ? number
      : TheString(cell);
  }
  return copy;
}

const { isSafeInteger } = Number;
const COLUMN_TYPES: Readonly<Record<string, string>> = bare({
  Null: "null",
  Bool: "boolean",
  Boolean: "boolean",
  List: "array",
  Struct: "object",
});
const HTML_ROWS = 10;
const TABLE_ROWS = 50;
