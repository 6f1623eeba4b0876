/**
 * `skein export`: notebooks in another format, for people to read or to run.
 *
 * What the formats are is in `export/formats.ts`; running a notebook before that
 * is in `execute.ts`, which loads only then.
 * @module
 */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  type Document,
  type Exported,
  type ExportOptions,
  type Format,
  FORMATS,
  listProblems,
  redactDocument,
} from "../export/mod.ts";
import { choosePaths } from "./export_paths.ts";
import {
  ENGINE_OPTION,
  type ExportTools,
  openExportTools,
} from "./export_tools.ts";
import { readDocument } from "./files.ts";
import { libraryFor } from "./library_for.ts";
import { imagesIn } from "./local_images.ts";
import { LOOK_OPTIONS, readLook } from "./look.ts";
import { quote } from "./quote.ts";
import { namesToRedact, REDACT_OPTION } from "./redaction.ts";
import type { Terminal } from "./run.ts";
import { checkPage, isSameFile } from "./same_file.ts";
import {
  type Arguments,
  type OptionUsage,
  type Usage,
  UsageError,
} from "./usage.ts";
import { writeFile } from "./write_file.ts";

const FORMAT_NAMES = Object.keys(FORMATS);

const OPTIONS: Readonly<Record<string, OptionUsage>> = {
  to: {
    kind: "value",
    value: FORMAT_NAMES.join("|"),
    help: "Output format (default: html).",
  },
  output: {
    kind: "value",
    short: "o",
    value: "PATH",
    help:
      "Output file, or folder for several; a link is followed. Default: beside the notebook.",
  },
  execute: {
    kind: "flag",
    help: "Run the notebook first (see skein export --execute --help).",
  },
  "no-input": { kind: "flag", help: "Leave out all code." },
  "no-output": { kind: "flag", help: "Leave out all outputs." },
  ...LOOK_OPTIONS,
  inline: {
    kind: "flag",
    help: "Put figures into the file where they would stand beside it.",
  },
  redact: REDACT_OPTION,
  trust: {
    kind: "flag",
    help:
      "Run scripts of HTML outputs in the page. Only for notebooks you trust.",
  },
  title: { kind: "value", value: "TEXT", help: "Title." },
  engine: ENGINE_OPTION,
};

/**
 * Says what `skein export` takes.
 *
 * @param isToRun Whether it runs the notebook, which takes more options.
 */
export async function exportUsage(isToRun: boolean): Promise<Usage> {
  const more = isToRun ? (await import("./execute.ts")).EXECUTE_OPTIONS : {};
  return {
    verb: "export",
    operand: "NOTEBOOK…",
    help:
      "Write notebooks with their saved outputs in another format. Runs nothing without --execute.",
    options: { ...OPTIONS, ...more },
  };
}

/**
 * Exports notebooks. One that can not be exported does not stop the others.
 *
 * @param args What was typed.
 * @param terminal Where to say what was written.
 * @returns The exit code: 0, 1 if a cell failed, 2 if something else did.
 * @throws {UsageError} If something typed is wrong.
 */
export async function exportNotebooks(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { engine, to } = args.values;
  await using tools = await openExportTools({ engine, to }, terminal.env);
  const job = await readJob(args, tools);
  const paths = await choosePaths(args, job.format);
  if (args.operands.length === 1) {
    return await exportOne(args.operand, { args, terminal, job, paths });
  }
  let code = 0;
  for (const notebook of args.operands) {
    try {
      const own = await exportOne(notebook, { args, terminal, job, paths });
      code = Math.max(code, own);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      const { message } = error;
      const isNamed = message.includes(quote(notebook));
      terminal.print(isNamed ? message : `${quote(notebook)}: ${message}`);
      code = 2;
    }
  }
  return code;
}

/** What is done to each notebook. */
interface Job {
  readonly format: Format;
  readonly options: ExportOptions;
}

async function readJob(
  { values, flags }: Arguments,
  tools: ExportTools,
): Promise<Job> {
  const to = values.to ?? "html";
  const load = Object.hasOwn(FORMATS, to) ? FORMATS[to] : undefined;
  if (load === undefined) {
    throw new UsageError(
      `Cannot export: --to is ${JSON.stringify(to)}, expected ${
        FORMAT_NAMES.join(", ")
      }`,
    );
  }
  const { title } = values;
  return {
    format: await load(),
    options: {
      ...tools.options,
      theme: "auto",
      ...await readLook(values),
      noInput: flags.has("no-input"),
      noOutput: flags.has("no-output"),
      inline: flags.has("inline"),
      trusted: flags.has("trust"),
      ...(title === undefined ? {} : { title }),
    },
  };
}

async function exportOne(
  notebook: string,
  { args, terminal, job, paths }: {
    readonly args: Arguments;
    readonly terminal: Terminal;
    readonly job: Job;
    readonly paths: ReadonlyMap<string, string>;
  },
): Promise<number> {
  const { print } = terminal;
  let path = paths.get(notebook)!;
  await checkPage(path, [notebook]);
  const { document, code } = await open(notebook, args, terminal);
  const report = (problem: string) => print(`${quote(notebook)}: ${problem}`);
  listProblems(document).forEach(report);
  const folder = dirname(resolve(notebook));
  const base = relative(dirname(resolve(path)), folder).replaceAll(sep, "/");
  const exported = await render(job.format, document, {
    ...job.options,
    sourceName: basename(notebook),
    embedImage: imagesIn(folder),
    filesFolder: `${basename(path).replace(/\.[^.]*$/, "")}_files`,
    base: base === "" ? "" : `${base}/`,
    modules: { skein: libraryFor(path) },
    report,
  });
  const { extension } = exported;
  if (extension !== undefined && !path.endsWith(extension)) {
    if (path === args.values.output) {
      print(`${quote(path)} has to end in ${extension} to run`);
    } else path = path.slice(0, -job.format.extension.length) + extension;
  }
  await write(path, exported, args);
  const beside = exported.files?.size ?? 0;
  print(
    beside === 0
      ? path
      : `${path} and ${beside} ${beside === 1 ? "file" : "files"} beside it`,
  );
  return code;
}

async function open(
  notebook: string,
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly document: Document; readonly code: number }> {
  const { document, code } = args.flags.has("execute")
    ? await (await import("./execute.ts")).execute(notebook, args, terminal)
    : { document: await readDocument(notebook), code: 0 };
  if (!args.flags.has("redact")) return { document, code };
  const names = await namesToRedact(notebook, terminal.env);
  return { document: redactDocument(document, names), code };
}

/** What is wrong with a notebook or template is the user's to mend, not ours. */
async function render(
  format: Format,
  document: Document,
  options: ExportOptions,
): Promise<Exported> {
  try {
    return await format.render(document, options);
  } catch (error) {
    if (error instanceof TypeError || error instanceof ReferenceError) {
      throw error;
    }
    const { message } = error as Error;
    const name = quote(options.sourceName ?? "");
    throw new UsageError(
      message.includes(name) ? message : `${name}: ${message}`,
    );
  }
}

async function write(
  path: string,
  { content, files = new Map() }: Exported,
  { values }: Arguments,
): Promise<void> {
  const options = { isNamed: values.output !== undefined };
  await writeFile(path, content, options);
  for (const [name, bytes] of files) {
    const place = join(dirname(path), name);
    if (await isSameFile(place, path)) continue;
    await writeFile(place, bytes, { isNamed: false });
  }
}
