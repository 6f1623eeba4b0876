/**
 * Parameters of a run as they are typed: `NAME=VALUE`.
 *
 * The cell that sets them is made in `runner/parameters.ts`.
 * @module
 */
import type { Typed } from "../runner/mod.ts";

/**
 * Reads parameters as they are typed.
 *
 * A value is JSON where the text is JSON, else the text. NaN and infinite numbers
 * are written as Python writes them. An integer that no number holds exactly is a
 * bigint. Whether a notebook takes them is for `fitParameters()`.
 *
 * @param texts Each `NAME=VALUE`.
 * @returns What was typed, by name.
 * @throws {RangeError} If there is no `=`, a name is given twice, or a number is
 *   too large or too small.
 */
export function readParameters(
  texts: readonly string[],
): Record<string, Typed> {
  const names = new Set<string>();
  return Object.fromEntries(texts.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) {
      throw new RangeError(
        `Cannot set parameter: found ${
          JSON.stringify(text)
        }, expected NAME=VALUE`,
      );
    }
    const name = text.slice(0, at);
    if (names.has(name)) {
      throw new RangeError(
        `Cannot set parameter ${
          JSON.stringify(name)
        }: it is given twice, expected once`,
      );
    }
    names.add(name);
    const typed = text.slice(at + 1);
    return [name, { value: readValue(typed, name), text: typed }];
  }));
}

function readValue(text: string, name: string): unknown {
  // Nobody can have typed it.
  const mark = crypto.randomUUID();
  const json = text.replaceAll(
    STRING_OR_WORD,
    (found) => found.startsWith('"') ? found : `"${mark}${found}"`,
  );
  try {
    return parseJson(json, (_key, value, { source = "" }) => {
      if (typeof value === "string" && value.startsWith(mark)) {
        return Number(value.slice(mark.length));
      }
      return typeof value === "number" ? exact(value, source, name) : value;
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // What is no JSON is meant as text, so that quotes can be left out.
    return text;
  }
}

/** Gives the number that was typed, not one that is near it. */
function exact(value: number, source: string, name: string): number | bigint {
  if (/^-?\d+$/.test(source)) {
    const whole = BigInt(source);
    return Number.isFinite(value) && BigInt(value) === whole ? value : whole;
  }
  const isLost = value === 0 && /^[^e]*[1-9]/i.test(source);
  if (Number.isFinite(value) && !isLost) return value;
  throw new RangeError(
    `Cannot set parameter ${
      JSON.stringify(name)
    }: ${source} is beyond what a number holds, expected 5e-324 to 1.8e308, or text in quotes`,
  );
}

/** As JSON.parse has it, which TypeScript does not know yet. */
const parseJson = JSON.parse as (
  text: string,
  revive: (
    key: string,
    value: unknown,
    context: { readonly source?: string },
  ) => unknown,
) => unknown;
/** A string, or a word for a number that JSON lacks, unless it is a key. */
const STRING_OR_WORD =
  /"(?:[^"\\]|\\.)*"|(?<![\w.+-])(?:NaN|-?Infinity)(?![\w.])(?!\s*:)/gs;
