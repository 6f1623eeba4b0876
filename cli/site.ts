/**
 * `skein site`: a folder of notebooks as a site that opens by a double click.
 * @module
 */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  listProblems,
  loadSiteMaker,
  redactDocument,
  type SiteFile,
} from "../export/mod.ts";
import { readDocument, reason } from "./files.ts";
import { imagesIn } from "./local_images.ts";
import { LOOK_OPTIONS, readLook } from "./look.ts";
import { quote } from "./quote.ts";
import { namesToRedact, REDACT_OPTION } from "./redaction.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";
import { writeFile } from "./write_file.ts";

/** What `skein site` takes. */
export const SITE_USAGE: Usage = {
  verb: "site",
  operand: "FOLDER",
  help:
    "Write the notebooks of a folder as a site that opens from disk, with search. Runs nothing.",
  options: {
    output: {
      kind: "value",
      short: "o",
      value: "FOLDER",
      help: "Output folder (default: site inside the folder).",
    },
    title: {
      kind: "value",
      value: "TEXT",
      help: "The site's name (default: the folder's).",
    },
    ...LOOK_OPTIONS,
    theme: {
      ...LOOK_OPTIONS.theme!,
      help: "Colours. Default: readers switch between light and dark.",
    },
    redact: REDACT_OPTION,
    "no-input": { kind: "flag", help: "Leave out all code." },
    "no-output": { kind: "flag", help: "Leave out all outputs." },
    trust: {
      kind: "flag",
      help:
        "Run scripts of HTML outputs in the pages. Only for notebooks you trust.",
    },
  },
};

/**
 * Makes a site.
 *
 * @param args What was typed.
 * @param terminal Where to say what was written.
 * @returns The exit code: 0, 1 if a link leads nowhere.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function site(
  args: Arguments,
  { print, env }: Terminal,
): Promise<number> {
  const look = await readLook(args.values);
  const folder = await realFolder(args.operand);
  const typed = args.values.output ?? join(args.operand, "site");
  const output = resolve(typed);
  const paths = await listNotebooks(folder, await realFolder(output, output));
  if (paths.length === 0) {
    throw new UsageError(
      `Cannot make a site of ${quote(args.operand)}: it has no notebooks`,
    );
  }
  const read = async (path: string) => {
    const document = await readDocument(path);
    if (!args.flags.has("redact")) return document;
    return redactDocument(document, await namesToRedact(path, env));
  };
  const notebooks = await Promise.all(paths.map(async (path) => ({
    path,
    document: await read(join(folder, path)),
    embedImage: imagesIn(dirname(join(folder, path))),
  })));
  for (const { path, document } of notebooks) {
    for (const problem of listProblems(document)) {
      print(`${quote(path)}: ${problem}`);
    }
  }
  const { makeSite } = await loadSiteMaker();
  const files = makeSite(notebooks, {
    ...look,
    title: args.values.title ?? basename(folder),
    noInput: args.flags.has("no-input"),
    noOutput: args.flags.has("no-output"),
    trusted: args.flags.has("trust"),
    searchScript: await readSearchScript(),
    scriptNonce: crypto.randomUUID(),
    hasFile: (path) => findCopied(folder, path) !== null,
  });
  let count = 0;
  for (;;) {
    const next = nextFile(files);
    if (next.done) {
      for (const problem of next.value) print(problem);
      print(`${join(typed, "index.html")} and ${count - 1} files beside it`);
      return next.value.length === 0 ? 0 : 1;
    }
    await write(next.value, { folder, output });
    count += 1;
  }
}

/** What is wrong with a template is the user's to mend. */
function nextFile(files: ReturnType<SiteMaker>) {
  try {
    return files.next();
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(error.message);
    throw error;
  }
}

type SiteMaker = Awaited<ReturnType<typeof loadSiteMaker>>["makeSite"];

async function write(
  file: SiteFile,
  { folder, output }: { readonly folder: string; readonly output: string },
): Promise<void> {
  const place = join(output, file.path);
  const options = { isNamed: false };
  if ("content" in file) return await writeFile(place, file.content, options);
  const source = findCopied(folder, file.copyOf);
  if (source === null) return;
  await writeFile(place, await Deno.readFile(source), options);
}

/** All notebooks, by name, numbers in them by value; hidden folders left out. */
async function listNotebooks(
  folder: string,
  output: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (path: string): Promise<void> => {
    for await (const entry of Deno.readDir(path)) {
      const inner = join(path, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory && inner !== output) await visit(inner);
      if (entry.isFile && entry.name.endsWith(".ipynb")) {
        found.push(relative(folder, inner).replaceAll(sep, "/"));
      }
    }
  };
  await visit(folder);
  const { compare } = new Intl.Collator("en", { numeric: true });
  return found.sort(compare);
}

async function realFolder(path: string, fallback?: string): Promise<string> {
  try {
    const real = await Deno.realPath(path);
    if (!(await Deno.stat(real)).isDirectory) {
      throw new Deno.errors.NotADirectory();
    }
    return real;
  } catch (error) {
    if (fallback !== undefined && error instanceof Deno.errors.NotFound) {
      return fallback;
    }
    throw new UsageError(`Cannot read folder ${quote(path)}: ${reason(error)}`);
  }
}

/** A file that a notebook links to, if it lies in the folder and is not hidden. */
function findCopied(folder: string, path: string): string | null {
  if (path.split("/").some((part) => part.startsWith("."))) return null;
  try {
    const real = Deno.realPathSync(join(folder, path));
    const isInside = real.startsWith(
      folder.endsWith(sep) ? folder : folder + sep,
    );
    const isHidden = relative(folder, real).split(sep)
      .some((part) => part.startsWith("."));
    const { isFile, size } = Deno.statSync(real);
    return isInside && !isHidden && isFile && size <= MAX_BYTES ? real : null;
  } catch {
    // There is none: the link is named in the end.
    return null;
  }
}

/** The package has a build that is no module, beside the one that is loaded. */
async function readSearchScript(): Promise<string> {
  const module = import.meta.resolve("minisearch");
  return await Deno.readTextFile(new URL("../umd/index.js", module));
}

const MAX_BYTES = 32 * 1024 * 1024;
