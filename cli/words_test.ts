import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import type { OptionUsage } from "./usage.ts";
import { readWords } from "./words.ts";

const KINDS: Readonly<Record<string, OptionUsage>> = {
  output: { kind: "value", short: "o", value: "PATH", help: "" },
  param: { kind: "values", short: "p", value: "NAME=VALUE", help: "" },
  all: { kind: "flag", short: "A", help: "" },
  quiet: { kind: "flag", short: "q", help: "" },
};

Deno.test("readWords() takes what Node's parser takes, and refuses what it refuses", () => {
  for (
    const words of [
      [],
      ["a", "-", ""],
      ["--output", "x", "a", "--param=a=1", "--param", "b"],
      ["--output=", "-o="],
      ["-o", "", "-ox", "-o=x"],
      ["-Aq", "-qAo", "x", "-Aox"],
      ["-A", "--", "-A", "--nope"],
      ["--param=-1", "a\nb", "--output=a\nb"],
      ["--nope"],
      ["--nope=1"],
      ["-x"],
      ["-Ax"],
      ["--output"],
      ["--output", "-A"],
      ["-o", "--all"],
      ["--all=1"],
      ["--toString"],
    ]
  ) assert.deepEqual(outcome(() => ours(words)), outcome(() => nodes(words)));
});

Deno.test("readWords() says what is wrong", () => {
  const check = (words: readonly string[], message: string) =>
    assert.throws(() => readWords(words, KINDS), new TypeError(message));
  check(["--nope=1"], "unknown option '--nope'");
  check(["-qx"], "unknown option '-x'");
  check(["-o"], "--output requires a value, such as --output=PATH");
  check(["--all=1"], "--all takes no value");
});

function ours(words: readonly string[]) {
  const { typed, operands } = readWords(words, KINDS);
  return [typed.map(({ name, value }) => [name, value]), operands];
}

function nodes(words: string[]) {
  const options = Object.fromEntries(
    Object.entries(KINDS).map(([name, { kind, short }]) => [name, {
      type: kind === "flag" ? "boolean" as const : "string" as const,
      short: short!,
      multiple: true,
    }]),
  );
  const { tokens, positionals } = parseArgs({
    args: words,
    options,
    allowPositionals: true,
    tokens: true,
  });
  const typed = tokens.filter((token) => token.kind === "option");
  return [typed.map(({ name, value }) => [name, value ?? true]), positionals];
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch {
    return "refused";
  }
}
