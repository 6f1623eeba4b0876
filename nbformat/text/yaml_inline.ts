/**
 * What stands in a line of YAML: scalars, and lists and mappings in brackets, as
 * PyYAML writes them. Blocks are in `yaml_text.ts`. Pure.
 *
 * Source: PyYAML 6, `emitter.py`.
 * @module
 */
import { Float, Timestamp } from "./values.ts";
import {
  chooseStyle,
  foldDouble,
  foldPlain,
  foldSingle,
  WIDTH,
} from "./yaml_scalar.ts";

/** How to write YAML. */
export interface YamlStyle {
  /** Whether keys are sorted. @default true */
  readonly isSorted?: boolean;
  /** Whether characters beyond ASCII stay. @default false */
  readonly isUnicode?: boolean;
  /** Whether lists without mappings in them stand on one line. @default false */
  readonly hasFlowLists?: boolean;
}

/** Where a value stands, and how it is written. */
export interface Place {
  /** Where it begins. */
  readonly column: number;
  /** How far in it goes on in the next line. */
  readonly indent: number;
  readonly style: YamlStyle;
  readonly isKey?: boolean;
  /** Whether it stands in brackets. */
  readonly isFlow?: boolean;
}

/**
 * Tells a mapping from other values.
 *
 * @param value The value.
 */
export function isMapping(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Float) && !(value instanceof Timestamp);
}

/**
 * Writes a value without blocks.
 *
 * @param value The value.
 * @param place Where it stands.
 */
export function writeInline(value: unknown, place: Place): string {
  if (Array.isArray(value)) {
    return writeBrackets("[]", value.map((item) => ({ item })), place);
  }
  if (isMapping(value)) {
    const entries = Object.entries(value)
      .map(([key, item]) => ({ key, item }));
    return writeBrackets("{}", entries, place);
  }
  if (value instanceof Float) return floatText(value);
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return scalar(value, place);
  if (typeof value === "number" && !Number.isInteger(value)) {
    return floatText(new Float(value));
  }
  return String(value);
}

/** A line that is full is broken before the next item, never before the bracket. */
function writeBrackets(
  [open, close]: string,
  items: readonly { readonly key?: string; readonly item: unknown }[],
  { column, indent, style }: Place,
): string {
  let [text, at] = [open!, column + 1];
  const put = (piece: string) => {
    text += piece;
    const end = piece.lastIndexOf("\n");
    at = end < 0 ? at + width(piece) : width(piece.slice(end + 1));
  };
  const place = (isKey: boolean): Place => ({
    ...{ column: at, indent: indent + 2, style, isKey, isFlow: true },
  });
  items.forEach(({ key, item }, index) => {
    if (index > 0) put(",");
    if (at > WIDTH) put(`\n${" ".repeat(indent)}`);
    else if (index > 0) put(" ");
    if (key !== undefined) {
      put(writeInline(key, place(true)));
      put(": ");
    }
    put(writeInline(item, place(false)));
  });
  return text + close;
}

/** Python counts code points. */
function width(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function floatText(value: Float): string {
  const text = value.toString();
  if (text === "NaN") return ".nan";
  if (text.endsWith("Infinity")) return text.replace("Infinity", ".inf");
  // Without a point YAML 1.1 would read a word.
  return text.includes(".") || !text.includes("e")
    ? text
    : text.replace("e", ".0e");
}

function scalar(
  text: string,
  { column, indent, style, isKey = false, isFlow = false }: Place,
): string {
  const fold = { column, indent, canFold: !isKey };
  const isUnicode = style.isUnicode ?? false;
  switch (chooseStyle(text, { isKey, isUnicode, isFlow })) {
    case "plain":
      return foldPlain(text, fold);
    case "single":
      return foldSingle(text, fold);
    case "double":
      return foldDouble(text, { ...fold, isUnicode });
  }
}
