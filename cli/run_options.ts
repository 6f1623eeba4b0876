/**
 * How a notebook runs, from what was typed, asked for and granted.
 * @module
 */
import { dirname } from "node:path";
import { admitCheck, Translator } from "../kernel/mod.ts";
import type { Default } from "../language/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import { readDirectives } from "../nbformat/directives/mod.ts";
import {
  checkLanguage,
  fitParameters,
  injectParameters,
  type RunOptions,
  type Typed,
} from "../runner/mod.ts";
import { toFileUrl } from "../session/mod.ts";
import { askedRights } from "./asked.ts";
import { namedCheck, readCheckOptions } from "./checks.ts";
import { findConfig } from "./files.ts";
import { readLimits } from "./limits.ts";
import { checkLinks } from "./links.ts";
import { settleRights } from "./grants.ts";
import { readParameters } from "./parameters.ts";
import { decidePermissions } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { quote } from "./quote.ts";
import { cellOptions, standInFor } from "./stand_ins.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, UsageError } from "./usage.ts";

/** A notebook that is ready to run. */
export interface Prepared {
  /** The notebook with its parameters set. */
  readonly notebook: Notebook;
  /** Their values by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Checks a notebook that is to be run, and gives it its parameters.
 *
 * @param notebook The notebook.
 * @param args What was typed.
 * @throws {UsageError} If it is of another language, or a parameter is wrong.
 */
export async function prepare(
  notebook: Notebook,
  args: Arguments,
): Promise<Prepared> {
  try {
    checkLanguage(notebook);
  } catch (error) {
    throw new UsageError(
      `Cannot run notebook ${quote(args.operand)}: ${(error as Error).message}`,
    );
  }
  try {
    const typed = readParameters(args.lists.param ?? []);
    const parameters = fitParameters(
      typed,
      await readDefaults(notebook, typed),
    );
    return { notebook: injectParameters(notebook, parameters), parameters };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What the cells tagged `parameters` declare; who sets none needs not know. */
async function readDefaults(
  { cells }: Notebook,
  typed: Readonly<Record<string, Typed>>,
): Promise<readonly Default[] | null> {
  const declaring = cells.filter((cell) =>
    cell.cell_type === "code" && readDirectives(cell).parameters === "declared"
  );
  if (Object.keys(typed).length === 0 || declaring.length === 0) return null;
  await using translator = new Translator();
  const lists = [];
  for (const { source } of declaring) {
    lists.push(await translator.defaults(source) ?? []);
  }
  return lists.flat();
}

/**
 * Decides how a notebook runs, from what was typed, asked for and granted.
 *
 * @param args What was typed.
 * @param file The notebook, and where it is.
 * @param terminal Whom to ask.
 * @throws {UsageError} If something typed or read is wrong.
 */
export async function runOptions(
  args: Arguments,
  { path, notebook }: { readonly path: string; readonly notebook: Notebook },
  terminal: Terminal,
): Promise<RunOptions> {
  const folder = dirname(path);
  const configPath = await findConfig(folder);
  const timeoutSeconds = readNumber(args, "timeout");
  const { check, languageServer } = readCheckOptions(args, "run");
  // Whoever types it now knows best.
  const named = readMetadata(() => namedCheck(notebook.metadata)) ?? "off";
  const isTrusted = args.flags.has("allow-all");
  const admitted = admitCheck(named, { fallback: "off", isTrusted });
  if (check === undefined && admitted !== named) {
    terminal.print(
      `Types are not checked: the notebook asks for it, run with --check ${named} to allow it`,
    );
  }
  await checkPermissionValues(args);
  const asked = await askedRights(notebook, folder, terminal.env);
  const granted = await settleRights(asked, {
    path: await Deno.realPath(path),
    args,
    terminal,
  });
  const denoPath = Deno.execPath();
  const rights = { folder, asked, granted, denoPath };
  const permissions = decidePermissions(args, rights);
  for (const text of checkLinks(permissions)) terminal.print(text);
  return {
    notebookUrl: toFileUrl(path),
    check: check ?? admitted,
    languageServer,
    permissions,
    allowErrors: args.flags.has("allow-errors"),
    ...(configPath === undefined ? {} : { configPath }),
    ...cellOptions(folder, standInFor(notebook.metadata)),
    ...(timeoutSeconds === undefined
      ? {}
      : { timeoutMs: timeoutSeconds * 1000 }),
    ...readLimits(args, "run"),
  };
}

function readMetadata<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readNumber(
  { values }: Arguments,
  name: string,
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  // `Number` reads "0x10" and "1e3" too, which few would mean.
  const isPlain = /^\d+(\.\d+)?$/.test(text.trim());
  if (!isPlain || !(number > 0) || !Number.isFinite(number)) {
    throw new UsageError(
      `Cannot run: --${name} is ${
        JSON.stringify(text)
      }, expected a number above 0`,
    );
  }
  return number;
}
