/**
 * The session of `skein kernel`, started before the kernel is loaded: both take
 * as long, and neither needs the other for it.
 *
 * Only where cells may do everything: else it has to be found out first what
 * they may do.
 * @module
 */
import { findConfig, join, toFileUrl } from "../folder/mod.ts";
import { cellOptions } from "./stand_ins.ts";
import type { Launched, LaunchOptions } from "../session/mod.ts";

/** A session that was started before anything was known for sure. */
export interface EarlySession {
  /** What it was started with. */
  readonly options: LaunchOptions;
  /** The session. */
  readonly launched: Launched;
}

/**
 * Starts the session, if it is clear what it needs.
 *
 * @param args What was typed after the verb.
 * @param options Starts a session; the modules that cells know by name; reads an
 * environment variable.
 * @returns The session; `undefined` where the kernel has to start it.
 */
export async function startEarly(
  args: readonly string[],
  { launch, modules, env }: {
    readonly launch: (options: LaunchOptions) => Launched;
    readonly modules: Readonly<Record<string, string>>;
    readonly env: (name: string) => string | undefined;
  },
): Promise<EarlySession | undefined> {
  const isClear = args.includes("--allow-all") &&
    args.every((arg) => !arg.startsWith("--max-heap-mb") && arg !== "--help");
  if (!isClear) return undefined;
  try {
    const folder = Deno.cwd();
    const configPath = await findConfig(folder);
    const { compilerOptions } = cellOptions(folder, typedStandIn(args));
    const options: LaunchOptions = {
      notebookUrl: notebookUrl(folder, env("JPY_SESSION_NAME")),
      permissions: { type: "all" },
      modules,
      ...(configPath === undefined ? {} : { configPath }),
      ...(compilerOptions === undefined ? {} : { compilerOptions }),
    };
    return { options, launched: launch(options) };
  } catch {
    // The kernel fails at the same, and says why.
    return undefined;
  }
}

/**
 * Takes an early session, if it is what the kernel would start.
 *
 * @param early The session, if there is one.
 * @param wanted What the kernel would start it with.
 * @returns The session; `undefined` when it was another one, which is ended.
 */
export function takeEarly(
  early: EarlySession | undefined,
  wanted: LaunchOptions,
): Launched | undefined {
  if (early === undefined) return undefined;
  const { options, launched } = early;
  const { permissions, maxHeapMb } = wanted;
  const isWanted = permissions.type === "all" && maxHeapMb === undefined &&
    keyOf(options) === keyOf(wanted);
  if (isWanted) return launched;
  launched.process.kill("SIGKILL");
  void launched.process.status.then(launched.dispose);
  return undefined;
}

function keyOf(options: LaunchOptions): string {
  const { notebookUrl, configPath, compilerOptions } = options;
  return JSON.stringify([notebookUrl, configPath, compilerOptions]);
}

function typedStandIn(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => /^--as(=|$)/.test(arg));
  return at === -1 ? undefined : args[at]!.split("=")[1] ?? args[at + 1];
}

/**
 * Tells which notebook a kernel is for: Jupyter's server says it, and its folder
 * is where we are.
 *
 * @param folder Where we are.
 * @param name What Jupyter says.
 */
export function notebookUrl(folder: string, name: string | undefined): string {
  const isPath = name !== undefined && name.endsWith(".ipynb");
  const path = isPath
    ? join(folder, name.split("/").at(-1)!)
    : `${folder}/notebook.ipynb`;
  return toFileUrl(path);
}
