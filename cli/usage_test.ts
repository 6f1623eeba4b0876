import assert from "node:assert/strict";
import { helpText, readArguments, type Usage, UsageError } from "./usage.ts";

const USAGE: Usage = {
  verb: "run",
  operand: "NOTEBOOK",
  help: "Run it.",
  options: {
    output: { kind: "value", short: "o", value: "PATH", help: "Write it." },
    param: { kind: "values", value: "NAME=VALUE", help: "Set one." },
    "allow-all": { kind: "flag", short: "A", help: "All." },
    "allow-read": { kind: "values", value: "[=PATHS]", help: "Read." },
  },
};

Deno.test("readArguments() takes several operands where there may be several", () => {
  const usage: Usage = { ...USAGE, operand: "NOTEBOOK…" };
  assert.deepEqual(readArguments(usage, ["a", "b"])?.operands, ["a", "b"]);
  assert.throws(
    () => readArguments(usage, []),
    /found nothing, expected at least one NOTEBOOK \(/,
  );
  assert.throws(
    () => readArguments(USAGE, ["a", "b"]),
    /expected one NOTEBOOK/,
  );
});

Deno.test("readArguments() reads options wherever they stand", () => {
  const check = (
    args: readonly string[],
    { values = {}, lists = {}, flags = [], operand = "n.ipynb" }: {
      readonly values?: Record<string, string>;
      readonly lists?: Record<string, string[]>;
      readonly flags?: readonly string[];
      readonly operand?: string;
    },
  ) => {
    const expected = {
      operand,
      operands: [operand],
      values,
      lists,
      flags: new Set(flags),
      ignored: [],
    };
    assert.deepEqual(readArguments(USAGE, args), expected);
  };
  check(["n.ipynb"], {});
  check(["a b/ü.ipynb"], { operand: "a b/ü.ipynb" });
  check(["--", "--n.ipynb"], { operand: "--n.ipynb" });
  check(["n.ipynb", "-o", "x"], { values: { output: "x" } });
  check(["--output=x", "n.ipynb"], { values: { output: "x" } });
  check(["n.ipynb", "--output", "-1"], { values: { output: "-1" } });
  check(["-A", "n.ipynb"], { flags: ["allow-all"] });
  check(["n.ipynb", "--param", "a=1", "--param=b=c=2"], {
    lists: { param: ["a=1", "b=c=2"] },
  });
  // As in Deno, without a list it is for all, and never takes the next word.
  check(["--allow-read", "n.ipynb"], { lists: { "allow-read": ["*"] } });
  check(["--allow-read=a,b", "n.ipynb", "--allow-read=c"], {
    lists: { "allow-read": ["a,b", "c"] },
  });
});

Deno.test("readArguments() gives null when help is asked for", () => {
  const check = (...args: readonly string[]) =>
    assert.equal(readArguments(USAGE, args), null);
  check("--help");
  check("-h");
  check("n.ipynb", "-A", "--help");
});

Deno.test("readArguments() says what it expects", () => {
  const check = (args: readonly string[], message: string) => {
    assert.throws(
      () => readArguments(USAGE, args),
      new UsageError(`Cannot run: ${message} (see skein run --help)`),
    );
  };
  check([], "found nothing, expected one NOTEBOOK");
  check(["a", "b c"], 'found "a" "b c", expected one NOTEBOOK');
  check(["n", "--nope"], "unknown option '--nope'");
  check(["n", "-x"], "unknown option '-x'");
  check(["n", "-o"], "--output requires a value, such as --output=PATH");
  check(
    ["n", "-o", "-x"],
    "--output requires a value, such as --output=PATH",
  );
  check(["n", "-o", ""], '--output is "", expected PATH');
  check(
    ["-o", "x", "n", "--output=y"],
    "--output is given twice, expected once",
  );
  check(
    ["n", "--allow-all=x"],
    "--allow-all takes no value",
  );
});

Deno.test("helpText() lists the options below each other", () => {
  assert.equal(
    helpText(USAGE),
    `Run it.

Usage: skein run NOTEBOOK [options]

Options:
  -o, --output PATH         Write it.
      --param NAME=VALUE    Set one.
  -A, --allow-all           All.
      --allow-read[=PATHS]  Read.
  -h, --help                Show this help.`,
  );
});

Deno.test("readArguments() ignores what a program passes for others, if it is to", () => {
  const usage: Usage = {
    verb: "serve",
    operand: null,
    help: "Serve.",
    ignoresUnknown: true,
    options: {
      file: { kind: "value", value: "PATH", help: "A file.", short: "f" },
      "allow-read": { kind: "values", value: "PATHS", help: "Rights." },
      quiet: { kind: "flag", help: "Say nothing." },
    },
  };
  const read = readArguments(usage, [
    "notebook.ipynb",
    "--file",
    "--odd.json",
    "--App.log=1",
    "-x",
    "--allow-read",
    "--quiet",
    "--other",
    "value",
    "--",
    "--allow-read=/a",
    "--toString",
  ]);
  assert.deepEqual(read?.ignored, [
    "notebook.ipynb",
    "--App.log=1",
    "-x",
    "--other",
    "value",
    "--",
    "--toString",
  ]);
  assert.equal(read?.values.file, "--odd.json");
  assert.deepEqual(read?.lists["allow-read"], ["*", "/a"]);
  assert.deepEqual([...read!.flags], ["quiet"]);
  assert.throws(
    () => readArguments({ ...usage, ignoresUnknown: false }, ["--other"]),
    UsageError,
  );
});
