/**
 * `skein export`: a notebook, as it is, for people to read.
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { exportHtml } from "../export/mod.ts";
import { readNotebook } from "./files.ts";
import { imagesIn } from "./local_images.ts";
import { checkPage } from "./same_file.ts";
import { writeFile } from "./write_file.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein export` takes. */
export const EXPORT_USAGE: Usage = {
  verb: "export",
  operand: "NOTEBOOK",
  help:
    "Write a notebook with its saved outputs as one HTML page. Runs nothing.",
  options: {
    to: {
      kind: "value",
      value: "FORMAT",
      help: "Output format: html (default).",
    },
    output: {
      kind: "value",
      short: "o",
      value: "PATH",
      help: "Output file; a link is followed. Default: beside the notebook.",
    },
    trust: {
      kind: "flag",
      help:
        "Run scripts of HTML outputs in the page. Only for notebooks you trust.",
    },
    title: { kind: "value", value: "TEXT", help: "Page title." },
  },
};

/**
 * Exports a notebook.
 *
 * @param args What was typed.
 * @param terminal Where to say what was written.
 * @returns The exit code.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function exportNotebook(
  args: Arguments,
  { print }: Terminal,
): Promise<number> {
  const { to = "html", output, title } = args.values;
  if (to !== "html") {
    throw new UsageError(
      `Cannot export: --to is ${JSON.stringify(to)}, expected html`,
    );
  }
  const path = output ?? args.operand.replace(/(\.ipynb)?$/, ".html");
  await checkPage(path, [args.operand]);
  const page = exportHtml(await readNotebook(args.operand), {
    trusted: args.flags.has("trust"),
    sourceName: basename(args.operand),
    embedImage: imagesIn(dirname(resolve(args.operand))),
    ...(title === undefined ? {} : { title }),
  });
  await writeFile(path, page, { isNamed: output !== undefined });
  print(path);
  return 0;
}
