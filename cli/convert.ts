/**
 * `skein convert`: notebooks as text notebooks, and back.
 * @module
 */
import {
  type Cell,
  FORMAT_OF,
  loadTextNotebooks,
  type Notebook,
  parseNotebook,
  serializeNotebook,
  TEXT_FORMATS,
  type TextFormatName,
  textFormatOf,
} from "../nbformat/mod.ts";
import { isFile, readNotebook, readText } from "./files.ts";
import { quote } from "./quote.ts";
import type { Terminal } from "./run.ts";
import { checkPage } from "./same_file.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";
import { writeFile } from "./write_file.ts";

/** What `skein convert` takes. */
export const CONVERT_USAGE: Usage = {
  verb: "convert",
  operand: "NOTEBOOK",
  help:
    "Write a notebook as a percent script (.ts), a Markdown or a MyST notebook (.md), as jupytext does, or a text notebook as .ipynb. Runs nothing.",
  options: {
    to: {
      kind: "value",
      value: [...TEXT_FORMATS, "ipynb"].join("|"),
      help:
        "Format. Default: that of --output; else ipynb for text, markdown for ipynb.",
    },
    output: {
      kind: "value",
      short: "o",
      value: "PATH",
      help: "Output file. Default: beside the notebook.",
    },
    lossy: {
      kind: "flag",
      help: "Write cells that the format can not hold all the same.",
    },
  },
};

/**
 * Converts a notebook.
 *
 * @param args What was typed.
 * @param terminal Where to say what was written.
 * @returns The exit code.
 * @throws {UsageError} If something typed or read is wrong, or the format can not
 *   hold a cell.
 */
export async function convert(
  args: Arguments,
  { print }: Terminal,
): Promise<number> {
  const { operand, values: { output } } = args;
  const to = chooseFormat(args);
  const extension = to === "ipynb" ? ".ipynb" : FORMAT_OF[to].extension;
  const path = output ?? operand.replace(/\.(?:ipynb|ts|md)$/, "") + extension;
  await checkPage(path, [operand]);
  const text = await readText(operand);
  const notebook = await readNotebook(operand, text);
  const written = to === "ipynb"
    ? serializeNotebook(await keepOutputs(notebook, path))
    : await writeText({ notebook, text, path, to }, args, print);
  await writeFile(path, written, { isNamed: output !== undefined });
  print(path);
  return 0;
}

function chooseFormat(
  { operand, values }: Arguments,
): TextFormatName | "ipynb" {
  const { to, output } = values;
  if (to !== undefined) {
    const known = [...TEXT_FORMATS, "ipynb" as const].find((name) =>
      name === to
    );
    if (known !== undefined) return known;
    throw new UsageError(
      `Cannot convert: --to is ${JSON.stringify(to)}, expected ${
        TEXT_FORMATS.join(", ")
      } or ipynb`,
    );
  }
  if (output === undefined) {
    return textFormatOf(operand) === undefined ? "markdown" : "ipynb";
  }
  return textFormatOf(output) ?? "ipynb";
}

async function writeText(
  { notebook, text, path, to }: {
    readonly notebook: Notebook;
    readonly text: string;
    readonly path: string;
    readonly to: TextFormatName;
  },
  { flags, operand }: Arguments,
  print: Terminal["print"],
): Promise<string> {
  const { toTextNotebook, writeTextNotebook } = await loadTextNotebooks();
  const isText = textFormatOf(operand) !== undefined;
  const { notebook: cells, others } = toTextNotebook(
    notebook,
    isText ? undefined : text,
  );
  const language = languageOf(notebook);
  const written = writeTextNotebook(
    to === "markdown" && language === undefined
      ? { ...cells, metadata: nameLanguage(cells.metadata) }
      : cells,
    to,
  );
  const problems = [
    ...to === "percent" && language !== undefined &&
        !/^(?:typescript|javascript)$/i.test(language)
      ? [
        `the notebook is in ${language}, and ${
          FORMAT_OF[to].extension
        } files are TypeScript (markdown holds it)`,
      ]
      : [],
    ...others.map((cell) =>
      `cell ${cell} is of a kind that no text notebook has`
    ),
    ...written.losses.map(({ cell, rule, instead }) =>
      `cell ${cell}: ${rule} (${
        instead === undefined
          ? "no text format holds it: keep the .ipynb"
          : `${instead} holds it`
      })`
    ),
  ];
  if (problems.length === 0) return written.text;
  const shown = problems.slice(0, MAX_SHOWN).join("; ");
  const more = problems.length > MAX_SHOWN
    ? `; and ${problems.length - MAX_SHOWN} more`
    : "";
  if (!flags.has("lossy")) {
    throw new UsageError(
      `Cannot write ${
        quote(path)
      } as ${to} without loss: ${shown}${more} (--lossy writes it all the same)`,
    );
  }
  for (const problem of problems) print(`${quote(operand)}: lost: ${problem}`);
  return written.text;
}

function languageOf(
  { metadata: { kernelspec } }: Notebook,
): string | undefined {
  const language = fieldOf(kernelspec, "language");
  return typeof language === "string" ? language : undefined;
}

/** Code fences of a notebook whose language nobody says would be Python. */
function nameLanguage(
  metadata: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { jupytext, language_info } = metadata;
  const name = fieldOf(language_info, "name");
  const main_language = typeof name === "string" ? name : "typescript";
  return { ...metadata, jupytext: { main_language, ...Object(jupytext) } };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

/** A notebook that is there keeps the outputs of cells that are as they were. */
async function keepOutputs(
  notebook: Notebook,
  path: string,
): Promise<Notebook> {
  if (!await isFile(path)) return notebook;
  let old: Notebook;
  try {
    old = parseNotebook(await readText(path), path);
  } catch {
    // What is no notebook has no outputs to keep.
    return notebook;
  }
  const left = [...old.cells];
  const cells = notebook.cells.map((cell): Cell => {
    const at = left.findIndex((other) =>
      other.cell_type === cell.cell_type && other.source === cell.source
    );
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    if (kept === undefined) return cell;
    return cell.cell_type === "code" && kept.cell_type === "code"
      ? {
        ...cell,
        id: kept.id,
        outputs: kept.outputs,
        execution_count: kept.execution_count,
      }
      : { ...cell, id: kept.id };
  });
  return { ...notebook, cells: withOwnIds(cells) };
}

/** An id that was kept may be the one that another cell was given. */
function withOwnIds(cells: readonly Cell[]): Cell[] {
  const taken = new Set<string>();
  return cells.map((cell) => {
    let id = cell.id;
    for (let copy = 2; taken.has(id); copy++) id = `${cell.id}-${copy}`;
    taken.add(id);
    return { ...cell, id };
  });
}

const MAX_SHOWN = 5;
