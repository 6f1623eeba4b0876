/**
 * JSON.parse with errors that say where: `at 21:8`.
 *
 * V8 names the place of some mistakes only; this finds the rest. Python's words
 * for numbers that JSON lacks are read as null. Pure.
 * @module
 */

/**
 * Reads JSON text.
 *
 * @param text The text; a byte order mark is skipped.
 * @param name What is read, for errors: `notebook "a.ipynb"`.
 * @returns The JSON value.
 * @throws {SyntaxError} If the text is not JSON; the message names line and column.
 */
export function parseJson(text: string, name: string): unknown {
  // Editors on Windows put a byte order mark at the start; JSON.parse refuses it.
  const json = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (json.trim() === "") {
    throw new SyntaxError(`Cannot read ${name}: it is empty, expected JSON`);
  }
  try {
    return JSON.parse(json);
  } catch {
    // Told below, if it is still there once Python's words are gone.
  }
  try {
    return JSON.parse(replaceWords(json, () => "null"));
  } catch {
    // As long as what they stand for, so that the place is the file's.
    return fail(replaceWords(json, (word) => "1".repeat(word.length)), name);
  }
}

function fail(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const place = formatPlace(json, findOffset(json, cause.message));
    throw new SyntaxError(
      `Cannot read ${name} at ${place}: ${describe(cause.message)}`,
      { cause },
    );
  }
}

/**
 * Replaces what Python writes for numbers that JSON lacks, where it is no text.
 *
 * Source: Python, `json.dumps(allow_nan=True)`, which is how nbformat writes.
 */
function replaceWords(
  json: string,
  replace: (word: string) => string,
): string {
  const parts: string[] = [];
  for (let at = 0; at < json.length;) {
    const quote = json.indexOf('"', at);
    const start = quote < 0 ? json.length : quote;
    parts.push(json.slice(at, start).replace(NOT_FINITE, replace));
    at = quote < 0 ? json.length : endOfString(json, quote);
    parts.push(json.slice(start, at));
  }
  return parts.join("");
}

/** The place behind the string that begins here. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}

function describe(message: string): string {
  if (message.startsWith("Unexpected end")) {
    return "the text ends too early, expected the rest of the JSON";
  }
  const token = /^Unexpected token '(.+?)', /su.exec(message)?.[1];
  if (token !== undefined) {
    return `found ${JSON.stringify(token)}, expected JSON`;
  }
  const [mistake = message] = message.split(/ (?:in|after) JSON/);
  return mistake.startsWith("Expected ")
    ? `found something else, expected ${mistake.slice("Expected ".length)}`
    : `found ${mistake[0]?.toLowerCase()}${mistake.slice(1)}, expected JSON`;
}

function findOffset(json: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  if (message.startsWith("Unexpected end")) return json.length;
  // V8 names a bad token but not its place: it is at the end of the shortest
  // beginning of the text that holds the same mistake.
  let [shortest, longest] = [1, json.length];
  while (shortest < longest) {
    const middle = Math.floor((shortest + longest) / 2);
    if (hasBadToken(json.slice(0, middle))) longest = middle;
    else shortest = middle + 1;
  }
  return shortest - 1;
}

function hasBadToken(json: string): boolean {
  try {
    JSON.parse(json);
    return false;
  } catch (error) {
    return error instanceof Error &&
      error.message.startsWith("Unexpected token");
  }
}

function formatPlace(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
}

const NOT_FINITE = /(?<![\w.+-])(?:NaN|-?Infinity)(?![\w.])/g;
