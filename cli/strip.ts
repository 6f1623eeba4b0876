/**
 * `skein strip`: notebooks without outputs, as a filter of git or in place.
 * @module
 */
import {
  parseNotebook,
  serializeNotebook,
  stripNotebook,
} from "../nbformat/mod.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein strip` takes. */
export const STRIP_USAGE: Usage = {
  verb: "strip",
  operand: "[NOTEBOOK…]",
  help:
    "Remove outputs and execution counts from notebooks, in place; without a notebook, from what comes on stdin (a git filter, see docs/text-notebooks.md).",
  options: {},
};

/**
 * Strips notebooks.
 *
 * @param args What was typed.
 * @param terminal Where to say what was written.
 * @returns The exit code.
 * @throws {UsageError} If something read is no notebook.
 */
export async function strip(
  args: Arguments,
  { print }: Terminal,
): Promise<number> {
  if (args.operands.length === 0) {
    const text = await new Response(Deno.stdin.readable).text();
    const bytes = new TextEncoder().encode(
      text.trim() === "" ? text : stripText(text),
    );
    for (let at = 0; at < bytes.length;) {
      at += await Deno.stdout.write(bytes.subarray(at));
    }
    return 0;
  }
  // Git starts this for each file: the filter loads what it needs and no more.
  const [{ readText }, { writeFile }] = await Promise.all([
    load<typeof import("./files.ts")>("./files.ts"),
    load<typeof import("./write_file.ts")>("./write_file.ts"),
  ]);
  for (const path of args.operands) {
    const text = await readText(path);
    const stripped = stripText(text, path);
    if (stripped === text) continue;
    await writeFile(path, stripped);
    print(path);
  }
  return 0;
}

function stripText(text: string, path?: string): string {
  try {
    return serializeNotebook(stripNotebook(parseNotebook(text, path)));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Loads a module by a name that Deno does not read, and open, beforehand. */
function load<Module>(name: string): Promise<Module> {
  return import(name);
}
