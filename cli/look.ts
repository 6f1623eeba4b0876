/**
 * The options that say how pages look: colours, and a page of the user's own.
 * @module
 */
import type { Theme } from "../export/mod.ts";
import { reason } from "./files.ts";
import { quote } from "./quote.ts";
import { type OptionUsage, UsageError } from "./usage.ts";

/** The options, for the help. */
export const LOOK_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  theme: {
    kind: "value",
    value: "light|dark|auto",
    help: "Colours; auto follows the reader's system (default).",
  },
  template: {
    kind: "value",
    value: "FILE",
    help: "HTML page with {{head}} and {{body}} (see docs/export.md).",
  },
};

/** How pages look, as far as it was said. */
export interface Look {
  readonly theme?: Theme;
  /** The text of the template. */
  readonly template?: string;
}

/**
 * Reads the options.
 *
 * @param values What was typed.
 * @throws {UsageError} If the colours are not known, or the template can not be
 *   read.
 */
export async function readLook(
  { theme, template }: Readonly<Record<string, string | undefined>>,
): Promise<Look> {
  const known = (["light", "dark", "auto"] as const).find((one) =>
    one === theme
  );
  if (theme !== undefined && known === undefined) {
    throw new UsageError(
      `Cannot export: --theme is ${
        JSON.stringify(theme)
      }, expected light, dark or auto`,
    );
  }
  return {
    ...(known === undefined ? {} : { theme: known }),
    ...(template === undefined
      ? {}
      : { template: await readTemplate(template) }),
  };
}

async function readTemplate(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `Cannot read template ${quote(path)}: ${reason(error)}`,
    );
  }
}
