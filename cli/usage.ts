/**
 * Arguments: what each verb takes, its help, and errors that say what to type.
 * Pure.
 * @module
 */
import { readWords } from "./words.ts";

/** An option of a verb. */
export interface OptionUsage {
  /** How it is taken: as a flag, with one value, or with values collected. */
  readonly kind: "flag" | "value" | "values";
  /** What stands for the value in help, such as `SECONDS`. */
  readonly value?: string;
  /** A one-letter form. */
  readonly short?: string;
  /** One line of help. */
  readonly help: string;
}

/** A verb of the command line. */
export interface Usage {
  /** The verb, such as `run`. */
  readonly verb: string;
  /**
   * What it takes besides options, such as `NOTEBOOK`, `[NOTEBOOK]` if that may
   * be left out, or `NOTEBOOK…` if there may be several; `null` for nothing.
   */
  readonly operand: string | null;
  /** One sentence of help. */
  readonly help: string;
  /** Its options by name. */
  readonly options: Readonly<Record<string, OptionUsage>>;
  /**
   * Whether a program starts it, which may pass arguments of its own.
   * @default false
   */
  readonly ignoresUnknown?: boolean;
}

/** What was typed. */
export interface Arguments {
  /** What stands for {@link Usage.operand}; empty when there is none. */
  readonly operand: string;
  /** All of them; several only where {@link Usage.operand} ends in `…`. */
  readonly operands: readonly string[];
  /** Options with a value; those that take several have a list. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Options that take several values. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Options that are on. */
  readonly flags: ReadonlySet<string>;
  /** What it does not take, if that is ignored. */
  readonly ignored: readonly string[];
}

/** What was typed can not be understood; the message says what is expected. */
export class UsageError extends Error {
  /** Class name, as errors carry it. */
  override readonly name = "UsageError";
}

/**
 * Reads the arguments of a verb.
 *
 * @param usage What it takes.
 * @param args What was typed after the verb.
 * @returns What was typed, or `null` when help was asked for.
 * @throws {UsageError} If it is not what the verb takes.
 */
export function readArguments(
  usage: Usage,
  args: readonly string[],
): Arguments | null {
  const kinds = { ...usage.options, help: HELP };
  const { known, ignored } = usage.ignoresUnknown
    ? sortOut(kinds, args)
    : { known: args, ignored: [] };
  const { values, operands } = read(usage, kinds, known);
  if (values.help === true) return null;
  const takesMany = usage.operand?.endsWith("…") === true;
  const most = usage.operand === null ? 0 : takesMany ? Infinity : 1;
  const least = usage.operand?.startsWith("[") ? 0 : Math.min(most, 1);
  if (operands.length < least || operands.length > most) {
    const found = operands.length === 0
      ? "nothing"
      : operands.map((text) => JSON.stringify(text)).join(" ");
    throw new UsageError(
      `Cannot ${usage.verb}: found ${found}, expected ${
        usage.operand === null
          ? "options only"
          : `${takesMany ? "at least " : ""}one ${
            usage.operand.replace("…", "")
          }`
      } (see skein ${usage.verb} --help)`,
    );
  }
  const entries = Object.entries(values);
  return {
    operand: operands[0] ?? "",
    operands,
    values: pick(entries, (value) => typeof value === "string"),
    lists: pick(entries, (value) => Array.isArray(value)),
    flags: new Set(
      entries.filter(([, value]) => value === true).map(([name]) => name),
    ),
    ignored,
  };
}

/** Tells the options that a verb has from all else. */
function sortOut(
  kinds: Readonly<Record<string, OptionUsage>>,
  args: readonly string[],
): { readonly known: readonly string[]; readonly ignored: readonly string[] } {
  const known: string[] = [];
  const ignored: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const [, dashes, name, rest] = /^(--?)([^=]+)(=.*)?$/s.exec(arg) ?? [];
    const kind = name === undefined
      ? undefined
      : dashes === "--"
      ? Object.hasOwn(kinds, name) ? kinds[name] : undefined
      : Object.values(kinds).find(({ short }) => short === name);
    if (kind === undefined) {
      ignored.push(arg);
      continue;
    }
    const hasValue = kind.kind === "flag" || rest !== undefined ||
      withDefaultScope(arg) !== arg || at + 1 === args.length;
    const joint = dashes === "--" ? "=" : "";
    known.push(hasValue ? arg : `${arg}${joint}${args[++at]}`);
  }
  return { known, ignored };
}

function pick<T>(
  entries: readonly (readonly [string, unknown])[],
  isWanted: (value: unknown) => boolean,
): Record<string, T> {
  return Object.fromEntries(
    entries.filter(([, value]) => isWanted(value)) as [string, T][],
  );
}

function read(
  usage: Usage,
  kinds: Readonly<Record<string, OptionUsage>>,
  args: readonly string[],
): {
  values: Record<string, unknown>;
  operands: string[];
} {
  try {
    const words = joinNegative(args.map(withDefaultScope));
    const { typed, operands } = readWords(words, kinds);
    for (const { name, value } of typed) checkValue(kinds[name]!, name, value);
    checkOnce(kinds, typed.map(({ name }) => name));
    const values: Record<string, unknown> = {};
    for (const { name, value } of typed) {
      const before = (values[name] ?? []) as unknown[];
      values[name] = kinds[name]!.kind === "values"
        ? [...before, value]
        : value;
    }
    return { values, operands };
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(
      `Cannot ${usage.verb}: ${message} (see skein ${usage.verb} --help)`,
    );
  }
}

function checkValue(
  kind: OptionUsage,
  name: string,
  value: string | true,
): void {
  if (value !== "" || kind.kind !== "value" || kind.value === "TEXT") return;
  throw new RangeError(`--${name} is "", expected ${kind.value}`);
}

/** Of two values one would be dropped without a word. */
function checkOnce(
  kinds: Readonly<Record<string, OptionUsage>>,
  names: readonly string[],
): void {
  const twice = names.find((name, at) =>
    kinds[name]!.kind === "value" && names.indexOf(name) < at
  );
  if (twice === undefined) return;
  throw new RangeError(`--${twice} is given twice, expected once`);
}

/** As in Deno, a permission without a list is for everything. */
function withDefaultScope(arg: string): string {
  return /^--allow-(read|write|net|run|env|sys)$/.test(arg) ? `${arg}=*` : arg;
}

/** A number below zero is a value, not an option, and an error says so. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const isValue = /^-[\d.]/.test(arg) &&
      /^--[^=]+$/.test(joined.at(-1) ?? "");
    if (isValue) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/**
 * Writes the help of a verb.
 *
 * @param usage What it takes.
 */
export function helpText(usage: Usage): string {
  const rows = Object.entries({ ...usage.options, help: HELP }).map(
    ([name, { short, value, help }]) => {
      const letter = short === undefined ? "    " : `-${short}, `;
      const gap = value?.startsWith("[") ? "" : " ";
      const shown = value === undefined ? "" : gap + value;
      return [`  ${letter}--${name}${shown}`, help] as const;
    },
  );
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    usage.help,
    "",
    ["Usage: skein", usage.verb, usage.operand, "[options]"]
      .filter((word) => word !== null).join(" "),
    "",
    "Options:",
    ...rows.map(([left, help]) => left.padEnd(width) + help),
  ].join("\n");
}

const HELP: OptionUsage = {
  kind: "flag",
  short: "h",
  help: "Show this help.",
};
