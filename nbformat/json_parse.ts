/**
 * JSON.parse with errors that say where: `at 21:8`.
 *
 * V8 names the place of some mistakes only; this finds the rest. Pure.
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
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const place = formatPlace(json, findOffset(json, cause.message));
    throw new SyntaxError(
      `Cannot read ${name} at ${place}: ${describe(cause.message)}`,
      { cause },
    );
  }
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
