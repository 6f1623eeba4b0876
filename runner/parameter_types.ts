/**
 * Whether what was typed fits a notebook's parameters. Pure.
 * @module
 */
import type { Default, ValueKind } from "../language/mod.ts";

/** A parameter as it was typed. */
export interface Typed {
  /** What it was read as. */
  readonly value: unknown;
  /** What was typed. */
  readonly text: string;
}

/**
 * Gives parameters the types of their defaults: a number that is meant as text
 * is text, an integer for a bigint a bigint.
 *
 * @param typed What was typed, by name.
 * @param defaults What the notebook declares in its cells tagged `parameters`;
 *   `null` if it has no such cell.
 * @returns Values by name.
 * @throws {RangeError} If the notebook has no parameter of a name, or a value
 *   does not fit.
 */
export function fitParameters(
  typed: Readonly<Record<string, Typed>>,
  defaults: readonly Default[] | null,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, one]) => {
      const refuse = (reason: string): never => {
        throw new RangeError(
          `Cannot set parameter ${JSON.stringify(name)}: ${reason}`,
        );
      };
      if (defaults === null) {
        return refuse(
          "the notebook has no cell tagged parameters, expected one that declares it",
        );
      }
      // The last of two is the one that counts when the cells run.
      const known = defaults.findLast((one) => one.name === name);
      if (known === undefined) {
        const names = [...new Set(defaults.map(({ name }) => name))].join(", ");
        return refuse(
          `the notebook does not declare it, expected ${
            names === "" ? "no parameter" : `one of ${names}`
          }`,
        );
      }
      return [name, fit(one, known, refuse)];
    }),
  );
}

function fit(
  { value, text }: Typed,
  { kinds, values, text: declared }: Default,
  refuse: (reason: string) => never,
): unknown {
  if (kinds === null) return value;
  const found = kindOf(value);
  const fitting = kinds.includes(found)
    ? value
    : found === "number" && kinds.includes("bigint") &&
        Number.isSafeInteger(value)
    ? BigInt(value as number)
    // What was typed without quotes may be text that looks like a number.
    : kinds.includes("string") && !["string", "undefined"].includes(found)
    ? text
    : undefined;
  if (fitting === undefined) {
    const reason = found === "bigint" && kinds.includes("number")
      ? `${text} is an integer that no number holds exactly, expected at most ${Number.MAX_SAFE_INTEGER}, or a bigint in the notebook`
      : `${shorten(text)} is ${NAMES[found]}, expected ${
        kinds.map((kind) => NAMES[kind]).join(" or ")
      }`;
    return refuse(`${reason} (the notebook says: ${declared})`);
  }
  if (values === null || values.includes(fitting as string)) return fitting;
  return refuse(
    `${shorten(text)} is none of ${
      values.map((one) => JSON.stringify(one)).join(", ")
    } (the notebook says: ${declared})`,
  );
}

function kindOf(value: unknown): ValueKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as ValueKind;
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

const NAMES: Readonly<Record<ValueKind, string>> = {
  string: "text",
  number: "a number",
  bigint: "a bigint",
  boolean: "true or false",
  null: "null",
  undefined: "undefined",
  array: "a list",
  object: "an object",
};
const MAX_SHOWN = 60;
