/**
 * How strictly types of a notebook are checked, from its metadata and the
 * command line. Pure.
 * @module
 */
import {
  CHECK_MODES,
  type CheckMode,
  isCheckMode,
  type KernelOptions,
} from "../kernel/mod.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options about types. */
export const CHECK_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  check: {
    kind: "value",
    value: CHECK_MODES.join("|"),
    help: "Type errors: ignore, warn, or refuse to run.",
  },
  "no-language-server": {
    kind: "flag",
    help: "Disable the language server (saves 350 MB; no type checks).",
  },
};

/**
 * Reads what was typed about types.
 *
 * @param args What was typed.
 * @param verb The verb, for errors.
 * @returns The mode, `undefined` when none was typed, and whether there may be
 *   a language server.
 * @throws {UsageError} If the mode is none.
 */
export function readCheckOptions(
  { values, flags }: Pick<Arguments, "values" | "flags">,
  verb: string,
): {
  readonly check: CheckMode | undefined;
  readonly languageServer: boolean;
} {
  const { check } = values;
  if (check !== undefined && !isCheckMode(check)) {
    throw new UsageError(
      `Cannot ${verb}: --check is ${JSON.stringify(check)}, ${EXPECTED}`,
    );
  }
  return { check, languageServer: !flags.has("no-language-server") };
}

/**
 * Reads what a notebook's metadata say about types.
 *
 * @param metadata The notebook's metadata.
 * @returns The mode; `undefined` when they say nothing.
 * @throws {TypeError} If the mode is none.
 */
export function namedCheck(
  metadata: Readonly<Record<string, unknown>>,
): KernelOptions["check"] {
  const check = (metadata.skein as { check?: unknown } | undefined)?.check;
  if (check === undefined || isCheckMode(check)) return check;
  throw new TypeError(
    `Cannot check types: metadata.skein.check is ${
      JSON.stringify(check)
    }, ${EXPECTED}`,
  );
}

const EXPECTED = `expected ${CHECK_MODES.slice(0, -1).join(", ")} or ${
  CHECK_MODES.at(-1)
}`;
