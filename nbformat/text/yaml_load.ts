/**
 * YAML as PyYAML reads it, which is what jupytext does: `yes` is true, `1e3` is a
 * string, dates are dates. Pure.
 *
 * Source: PyYAML 6, `resolver.py`, `constructor.py`.
 * @module
 */
import {
  defineScalarTag,
  load,
  NOT_RESOLVED,
  YAML11_SCHEMA,
  type YAMLException,
} from "js-yaml";
import { Float, Timestamp } from "./values.ts";
import { BOOL, FLOAT, TIME } from "./yaml_scalar.ts";

/**
 * Reads one YAML document.
 *
 * @example What YAML 1.1 says
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(loadYaml("a: yes\nb: 1e3\nc: 012"), { a: true, b: "1e3", c: 10 });
 * ```
 *
 * @param text The document.
 * @returns Numbers with a point as {@link Float}, dates as {@link Timestamp}; null
 *   if there is nothing.
 * @throws {SyntaxError} If it is no YAML.
 */
export function loadYaml(text: string): unknown {
  // js-yaml takes "nothing" for an error.
  if (text.split("\n").every((line) => /^\s*(?:#|$)/.test(line))) return null;
  try {
    // Of keys that stand there twice Python takes the last.
    return load(text, { schema: SCHEMA, json: true });
  } catch (error) {
    const { reason, message } = error as YAMLException;
    throw new SyntaxError(reason ?? message);
  }
}

const float = (text: string): number => {
  const plain = text.toLowerCase().replaceAll("_", "");
  const [, sign, word] = /^([-+]?)\.(inf|nan)$/.exec(plain) ?? [];
  if (word === "nan") return NaN;
  if (word === "inf") return sign === "-" ? -Infinity : Infinity;
  if (!plain.includes(":")) return Number(plain);
  const [, minus, digits] = /^([-+]?)(.*)$/.exec(plain)!;
  const value = digits!.split(":").reduce((sum, part) => sum * 60 + +part, 0);
  return minus === "-" ? -value : value;
};

const TAGS = [
  defineScalarTag("tag:yaml.org,2002:bool", {
    implicit: true,
    resolve: (text) =>
      BOOL.test(text) ? /^(?:yes|true|on)$/i.test(text) : NOT_RESOLVED,
    identify: () => false,
  }),
  defineScalarTag("tag:yaml.org,2002:float", {
    implicit: true,
    resolve: (text) => FLOAT.test(text) ? new Float(float(text)) : NOT_RESOLVED,
    identify: () => false,
  }),
  defineScalarTag("tag:yaml.org,2002:timestamp", {
    implicit: true,
    resolve: (text) =>
      TIME.test(text) ? Timestamp.read(text) ?? NOT_RESOLVED : NOT_RESOLVED,
    identify: () => false,
  }),
];
const SCHEMA = YAML11_SCHEMA.withTags(TAGS);
