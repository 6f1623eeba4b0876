/**
 * Option lines: what a cell says of itself in comments before its code.
 *
 * Shape: `//| name: value` or `#| name: value`, YAML over as many lines as it
 * takes. `directives.ts` gives them a meaning. Pure.
 * @module
 */
import { load, type YAMLException } from "js-yaml";

/** The parts of a cell's source. */
export interface OptionLines {
  /** The options by name; empty if there are none. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The source without its option lines. */
  readonly source: string;
  /** How many lines were taken away from its beginning. */
  readonly lines: number;
  /** What is wrong with the lines, which are kept in the source then. */
  readonly problem: string | null;
}

/**
 * Takes the option lines off a cell's source.
 *
 * Source: Quarto, "Execution Options", which reads `#|` in code of a language
 * that it does not know; Skein reads both.
 *
 * @example Two options
 * ```ts
 * import assert from "node:assert/strict";
 * const read = readOptionLines("//| echo: false\n//| label: fig-a\ndraw();");
 * assert.deepEqual(read.options, { echo: false, label: "fig-a" });
 * assert.equal(read.source, "draw();");
 * ```
 *
 * @param source The source of a code cell.
 * @returns Its options, and the rest.
 */
export function readOptionLines(source: string): OptionLines {
  const whole = { options: {}, source, lines: 0, problem: null };
  // Most cells have none, and need no parser.
  if (!/^\s*(?:#|\/\/)\|/.test(source)) return whole;
  const lines = source.split("\n");
  const begin = lines.findIndex((line) => line.trim() !== "");
  const past = lines.findIndex((line, at) => at >= begin && !MARK.test(line));
  const end = past < 0 ? lines.length : past;
  const yaml = lines.slice(begin, end)
    .map((line) => line.trimEnd().replace(MARK, "")).join("\n");
  const read = parse(yaml);
  if (typeof read === "string") return { ...whole, problem: read };
  return {
    options: read,
    source: lines.slice(end).join("\n").replace(/^(?:[ \t]*\r?\n)+/, ""),
    lines: end,
    problem: null,
  };
}

/** Gives the options, or says what is wrong. */
function parse(yaml: string): Readonly<Record<string, unknown>> | string {
  if (yaml.length > MAX_LENGTH) {
    return `they have ${yaml.length} characters, expected at most ${MAX_LENGTH}`;
  }
  // A parser calls it an error when there is nothing but comments.
  if (yaml.split("\n").every((line) => /^\s*(?:#|$)/.test(line))) return {};
  try {
    const options = load(yaml);
    if (options === null) return {};
    if (typeof options === "object" && !Array.isArray(options)) {
      return { ...options };
    }
    return `found ${JSON.stringify(options)}, expected "name: value"`;
  } catch (error) {
    return `they are not YAML: ${(error as YAMLException).reason}`;
  }
}

/** What an option line begins with; one space after it belongs to the mark. */
const MARK = /^\s*(?:#|\/\/)\| ?/;
const MAX_LENGTH = 64 * 1024;
