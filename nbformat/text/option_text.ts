/**
 * Metadata of a cell as the words behind its marker: `key="value" other=1`, and
 * back. Pure.
 *
 * Source: jupytext 1.19, "cell_metadata".
 * @module
 */
import { isLanguageWord } from "./languages.ts";
import { dumpJson, readJson, type TextMetadata } from "./values.ts";

/**
 * Writes metadata behind a title or a language.
 *
 * @param before What stands before them.
 * @param metadata The metadata, in the order of the file.
 * @param asJson Whether they are one JSON object.
 */
export function writeOptions(
  before: string,
  metadata: TextMetadata,
  asJson = false,
): string {
  const entries = Object.entries(metadata).filter(([key]) =>
    !OWN_KEYS.has(key)
  );
  const words = before === "" ? [] : [before];
  if (asJson) {
    if (entries.length > 0) words.push(dumpJson(Object.fromEntries(entries)));
    return words.join(" ");
  }
  for (const [key, value] of entries) {
    if (key === UNREADABLE) words.push(String(value));
    else words.push(value === null ? key : `${key}=${dumpJson(value)}`);
  }
  return words.join(" ");
}

/** What a line of options says. */
export interface OptionText {
  /** What stands before the metadata: a title, or a language. */
  readonly before: string;
  readonly metadata: TextMetadata;
  /** Whether they are one JSON object. */
  readonly isJson: boolean;
}

/**
 * Reads what stands behind a marker.
 *
 * @param text The words.
 * @param hasTitle Whether a title may stand before the metadata; otherwise a
 *   language may.
 */
export function readOptionText(text: string, hasTitle: boolean): OptionText {
  const words = text.trim();
  const curly = words.indexOf("{");
  const equal = words.indexOf("=");
  if (curly >= 0 && !(equal >= 0 && equal < curly)) {
    return {
      before: words.slice(0, curly).trim(),
      metadata: readObject(words.slice(curly)),
      isJson: true,
    };
  }
  const { before, rest } = hasTitle
    ? splitTitle(words, equal)
    : splitLanguage(words);
  return { before, metadata: readPairs(rest), isJson: false };
}

function readObject(text: string): TextMetadata {
  const value = readLoosely(text);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as TextMetadata
    : { [UNREADABLE]: text.trim() };
}

function splitLanguage(words: string): { before: string; rest: string } {
  if (isLanguageWord(words)) return { before: words, rest: "" };
  const space = words.indexOf(" ");
  const first = space < 0 ? "" : words.slice(0, space);
  return isLanguageWord(first)
    ? { before: first, rest: words.slice(space + 1) }
    : { before: "", rest: words };
}

function splitTitle(
  words: string,
  equal: number,
): { before: string; rest: string } {
  const parts = (equal >= 0 ? words.slice(0, equal) : words).split(" ");
  if (equal >= 0) {
    while (parts.length > 0 && parts.at(-1) === "") parts.pop();
    // The last word is the key.
    parts.pop();
  }
  while (
    parts.length > 0 &&
    (parts.at(-1)!.trim() === "" || parts.at(-1)!.startsWith("."))
  ) {
    parts.pop();
  }
  const before = parts.join(" ");
  return { before, rest: words.slice(before.length) };
}

/** Reads `key=value` from the right, since values may hold spaces. */
function readPairs(text: string): TextMetadata {
  const words = text.trim();
  if (words === "") return {};
  const space = words.lastIndexOf(" ");
  const last = words.slice(space + 1);
  if (!words.startsWith("--") && /^[a-zA-Z_.]+[a-zA-Z0-9_.]*$/.test(last)) {
    const before = space > 0 ? readPairs(words.slice(0, space)) : {};
    return { [last]: null, ...before };
  }
  for (
    let equal = words.lastIndexOf("=");
    equal >= 0;
    equal = equal === 0 ? -1 : words.lastIndexOf("=", equal - 1)
  ) {
    const left = words.slice(0, equal).trimEnd();
    const begin = left.lastIndexOf(" ");
    const key = words.slice(begin + 1, equal).trim();
    if (!isMetadataKey(key)) continue;
    const value = readLoosely(words.slice(equal + 1));
    // What is no value may be the end of a longer one.
    if (value === undefined) continue;
    return {
      ...(begin > 0 ? readPairs(words.slice(0, begin)) : {}),
      [key]: value,
    };
  }
  return { [UNREADABLE]: words };
}

/**
 * Tells whether a text notebook can hold metadata of this name.
 *
 * @param key The name.
 */
export function isMetadataKey(key: string): boolean {
  return /^[a-zA-Z0-9_.@/-]+$/.test(key);
}

/** JSON, or what of Python's values people write by hand. */
function readLoosely(text: string): unknown {
  const words = text.trim();
  try {
    return readJson(words);
  } catch {
    // Below.
  }
  const [, single] = /^'([^'\\]*)'$/.exec(words) ?? [];
  if (single !== undefined) return single;
  if (words === "True") return true;
  if (words === "False") return false;
  return words === "None" ? null : undefined;
}

/** Where jupytext keeps what it can not read. */
const UNREADABLE = "incorrectly_encoded_metadata";

/** What says how a cell was written, and is no metadata for others. */
export const OWN_KEYS: ReadonlySet<string> = new Set([
  ...["skipline", "noskipline", "cell_marker", "lines_to_next_cell"],
  "lines_to_end_of_cell_marker",
]);
