/**
 * What is refused before anything starts: each error names the argument, says
 * what was found, and what is expected.
 *
 * Pure, and loads nothing. `what` is what cannot be done, such as `run "sum"`.
 * Options are checked once their defaults stand in for those left out.
 * @module
 */

export type Place = readonly [what: string, field: string];

/** From where to where a number may be. */
export interface Range {
  /** The least. @default none */
  readonly least?: number;
  /** What it has to be more than, in place of the least. @default nothing */
  readonly above?: number;
  /** The most; `Infinity` allows infinity, too. @default anything finite */
  readonly most?: number;
}

/** Milliseconds that a timer can wait; told to wait longer, it does not wait at all. */
export const TIMER_MS = { above: 0, most: 2 ** 31 - 1 };

export function checkOptions(
  what: string,
  options: unknown,
  names?: readonly string[],
): void {
  checkObject([what, "options"], options);
  if (names === undefined) return;
  for (const name of Object.keys(options as object)) {
    if (names.includes(name)) continue;
    throw new TypeError(
      `Cannot ${what}: option "${name}" is unknown, expected ${either(names)}`,
    );
  }
}

/** @throws {TypeError} If it is no plain object; `of` says of what it should be. */
export function checkObject(place: Place, value: unknown, of?: string): void {
  // So neither are arrays, nor signals that stand where options should.
  const isPlain = typeof value === "object" && tagOf(value) === "Object";
  expect(isPlain, place, value, of ? `an object of ${of}` : "an object");
}

/** @throws {TypeError} If a signal is given that is none, such as its controller. */
export function checkSignal(what: string, signal: unknown): void {
  const isFine = signal === undefined || signal instanceof AbortSignal;
  expect(isFine, [what, "signal"], signal, "an AbortSignal");
}

/**
 * @throws {TypeError} If a time is given that is no number.
 * @throws {RangeError} If it is negative, or `NaN`.
 */
export function checkMs(place: Place, ms: unknown): void {
  const isFine = ms === undefined || typeof ms === "number" && ms >= 0;
  if (!isFine) throw outside(place, ms, "milliseconds, 0 or more");
}

/**
 * @throws {TypeError} If it is no number.
 * @throws {RangeError} If it is not finite, or out of range.
 */
export function checkNumber(place: Place, value: unknown, range: Range): void {
  if (typeof value === "number" && isWithin(value, range)) return;
  const noun = range.most === undefined ? "a finite number" : "a number";
  throw outside(place, value, describe(noun, range));
}

/**
 * @throws {TypeError} If it is no number.
 * @throws {RangeError} If it is not whole, or out of range.
 */
export function checkWhole(place: Place, value: unknown, range: Range): void {
  const isWhole = Number.isInteger(value) || value === Infinity;
  if (isWhole && isWithin(value as number, range)) return;
  throw outside(place, value, describe("an integer", range));
}

export function checkText(place: Place, value: unknown): void {
  expect(typeof value === "string", place, value, "a string");
}

/** @throws {TypeError} If it is no object of strings, such as variables of an environment. */
export function checkTexts([what, field]: Place, value: unknown): void {
  checkObject([what, field], value, "strings");
  for (const [key, text] of Object.entries(value as object)) {
    checkText([what, `${field}.${key}`], text);
  }
}

/**
 * @throws {TypeError} If it is not a string.
 * @throws {RangeError} If it is empty.
 */
export function checkName(place: Place, value: unknown): void {
  if (value === "") throw new RangeError(refuse(place, value, NAME));
  expect(typeof value === "string", place, value, NAME);
}

export function checkFlag(place: Place, value: unknown): void {
  expect(typeof value === "boolean", place, value, "true or false");
}

export function checkFunction(place: Place, value: unknown): void {
  expect(typeof value === "function", place, value, "a function");
}

/** @throws {TypeError} If it is no array; `of` says of what it should be. */
export function checkList(place: Place, value: unknown, of: string): void {
  expect(Array.isArray(value), place, value, `an array of ${of}`);
}

/**
 * @throws {TypeError} If it is no array; `of` says of what it should be.
 * @throws {RangeError} If it is empty.
 */
export function checkSome(place: Place, value: unknown, of: string): void {
  checkList(place, value, of);
  if ((value as readonly unknown[]).length > 0) return;
  throw new RangeError(refuse(place, value, `one or more of ${of}`));
}

/**
 * @throws {TypeError} If it is not a string.
 * @throws {RangeError} If it is another word than the ones there are.
 */
export function checkChoice(
  place: Place,
  value: unknown,
  words: readonly string[],
): void {
  if (words.includes(value as string)) return;
  const expected = either(words.map(quote));
  const Wrong = typeof value === "string" ? RangeError : TypeError;
  throw new Wrong(refuse(place, value, expected));
}

/**
 * @throws {TypeError} If it is no array of strings.
 * @throws {RangeError} If it is empty, or has another word than the ones there are.
 */
export function checkChoices(
  [what, field]: Place,
  values: unknown,
  words: readonly string[],
): void {
  checkSome([what, field], values, words.map(quote).join(", "));
  (values as readonly unknown[]).forEach((word, i) =>
    checkChoice([what, `${field}[${i}]`], word, words)
  );
}

function expect(
  isFine: boolean,
  place: Place,
  found: unknown,
  expected: string,
): void {
  if (!isFine) throw new TypeError(refuse(place, found, expected));
}

/** Gives the sentence for what is found where something else is expected. */
export function refuse(
  [what, field]: Place,
  found: unknown,
  expected: string,
): string {
  return `Cannot ${what}: ${field} is ${show(found)}, expected ${expected}`;
}

/** Gives the error for what is no number, or a number outside of its range. */
export function outside(
  place: Place,
  found: unknown,
  expected: string,
): TypeError | RangeError {
  const Wrong = typeof found === "number" ? RangeError : TypeError;
  return new Wrong(refuse(place, found, expected));
}

function isWithin(value: number, { least, above, most }: Range): boolean {
  return value >= (least ?? -Number.MAX_VALUE) &&
    value > (above ?? -Infinity) && value <= (most ?? Number.MAX_VALUE);
}

function describe(
  noun: string,
  { least, above, most = Infinity }: Range,
): string {
  if (least !== undefined && most !== Infinity) {
    return `${noun} from ${least} to ${most}`;
  }
  if (least !== undefined) return `${noun}, ${least} or more`;
  return noun + (above === undefined ? "" : ` above ${above}`) +
    (most === Infinity ? "" : `, at most ${most}`);
}

function quote(word: string): string {
  return JSON.stringify(word);
}

function either(words: readonly string[]): string {
  if (words.length < 2) return words.join();
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Shows a value in a few words; calls nothing of its. */
function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(
        value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value,
      );
    case "function":
      return "a function";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value)
        ? `an array of ${value.length}`
        : `an object (${tagOf(value)})`;
    case "bigint":
      return `${value}n`;
    default:
      return String(value);
  }
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

const NAME = "a non-empty string";
const MAX_SHOWN = 40;
