/**
 * The files that a run leaves: the executed notebook, and its page.
 * @module
 */
import { basename, dirname, extname } from "node:path";
import { serializeNotebook, textFormatOf } from "../nbformat/mod.ts";
import type { RunResult } from "../runner/mod.ts";
import { isSameFile } from "./same_file.ts";
import { writeFile } from "./write_file.ts";
import { quote } from "./quote.ts";
import { UsageError } from "./usage.ts";
import type { Terminal } from "./run.ts";

/**
 * Writes what was asked for.
 *
 * @param result What the run gave.
 * @param options Where to; where the notebook is; whether scripts of its outputs
 *   may run in the page.
 * @returns Paths that were written, by what they hold.
 * @throws {UsageError} If one can not be written.
 */
export async function writeResults(
  { notebook }: RunResult,
  { output, html, path, trusted, signal }: {
    readonly output: string | undefined;
    readonly html: string | undefined;
    readonly path: string;
    readonly trusted: boolean;
    /** Ends the wait for whoever reads a pipe. */
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  if (output !== undefined) {
    await writeFile(output, serializeNotebook(notebook), { signal });
    files.notebook = output;
  }
  if (html !== undefined) {
    // Loading what makes pages takes longer than running many a notebook.
    const { FORMATS } = await import("../export/mod.ts");
    const sourceName = basename(path);
    const { imagesIn } = await import("./local_images.ts");
    const { render } = await FORMATS.html!();
    const { content } = await render(notebook, {
      sourceName,
      trusted,
      embedImage: imagesIn(dirname(path)),
    });
    await writeFile(html, content, { signal });
    files.page = html;
  }
  return files;
}

/**
 * Refuses a place whose format has no room for what a run gives.
 *
 * @param output Where the executed notebook is to go.
 * @throws {UsageError} If that is a text notebook.
 */
export function checkHoldsOutputs(output: string): void {
  if (textFormatOf(output) === undefined) return;
  throw new UsageError(
    `Cannot write ${
      quote(output)
    }: a text notebook holds no outputs, expected a name that ends with .ipynb`,
  );
}

/**
 * Finds another place for the executed notebook if somebody has changed the
 * file while it ran: what they wrote is theirs, and stays.
 *
 * @param output Where it was to go.
 * @param input Where the notebook is, and what the file said before the run.
 * @param terminal Where to say so.
 * @returns Where it goes.
 */
export async function choosePlace(
  output: string,
  input: { readonly path: string; readonly text: string },
  { print }: Terminal,
): Promise<string> {
  if (!await isSameFile(output, input.path)) return output;
  const now = await Deno.readTextFile(input.path).catch(() => null);
  if (now === null || now === input.text) return output;
  const end = extname(output);
  const stem = output.slice(0, output.length - end.length);
  let place = `${stem}.run${end}`;
  for (let n = 2; await exists(place); n++) place = `${stem}.run-${n}${end}`;
  print(
    `${
      quote(output)
    } was changed while it ran and stays as it is: the executed notebook goes to ${
      quote(place)
    }`,
  );
  return place;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
