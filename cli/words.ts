/**
 * Words of a command line, as GNU programs take them: `--name value`,
 * `--name=value`, `-n value`, `-nvalue`, `-ab` for two flags, `--` before what is
 * no option. Pure.
 *
 * Node's parser does the same, and takes 7 ms to load in each process of ours.
 * @module
 */
import type { OptionUsage } from "./usage.ts";

/** An option as it was typed; `true` where it takes no value. */
export interface TypedOption {
  readonly name: string;
  readonly value: string | true;
}

/**
 * Tells options from operands.
 *
 * @param words What was typed.
 * @param kinds The options that there are.
 * @throws {TypeError} If an option is not among them, or is used otherwise.
 */
export function readWords(
  words: readonly string[],
  kinds: Readonly<Record<string, OptionUsage>>,
): { readonly typed: TypedOption[]; readonly operands: string[] } {
  const typed: TypedOption[] = [];
  const operands: string[] = [];
  const left = [...words];
  const take = (name: string, value: string | undefined) => {
    const kind = kinds[name]!;
    if (kind.kind !== "flag") {
      typed.push({ name, value: value ?? nextValue(name, kind, left) });
    } else if (value === undefined) typed.push({ name, value: true });
    else throw new TypeError(`--${name} takes no value`);
  };
  for (let word; (word = left.shift()) !== undefined;) {
    if (word === "--") return { typed, operands: [...operands, ...left] };
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) {
      if (!Object.hasOwn(kinds, name)) throw unknown(`--${name}`);
      take(name, value);
    } else if (/^-./s.test(word)) takeLetters(word.slice(1), kinds, take);
    else operands.push(word);
  }
  return { typed, operands };
}

function takeLetters(
  letters: string,
  kinds: Readonly<Record<string, OptionUsage>>,
  take: (name: string, value: string | undefined) => void,
): void {
  const [letter = "", rest] = [letters[0], letters.slice(1)];
  const [name, kind] = Object.entries(kinds)
    .find(([, { short }]) => short === letter) ?? [];
  if (name === undefined) throw unknown(`-${letter}`);
  const isFlag = kind!.kind === "flag";
  take(name, isFlag || rest === "" ? undefined : rest);
  if (isFlag && rest !== "") takeLetters(rest, kinds, take);
}

/** What looks like an option is none of its values, unless `=` says so. */
function nextValue(
  name: string,
  { value = "VALUE" }: OptionUsage,
  left: string[],
): string {
  const next = left.shift();
  if (next !== undefined && !/^-./s.test(next)) return next;
  throw new TypeError(`--${name} requires a value, such as --${name}=${value}`);
}

function unknown(option: string): TypeError {
  return new TypeError(`unknown option '${option}'`);
}
