/**
 * `skein serve`: our own page and a Jupyter server for everybody else.
 * @module
 */
import { join, resolve } from "node:path";
import { makeKernelSpec } from "../jupyter/mod.ts";
import { type KernelSpec, loadJupyter } from "../server/mod.ts";
import { fromFileUrl } from "../session/mod.ts";
import { admit } from "./admit.ts";
import { CHECK_OPTIONS } from "./checks.ts";
import { dataFolder } from "./data_folder.ts";
import { LIMIT_OPTIONS } from "./limits.ts";
import { LOGOS, readBundle } from "./packed_files.ts";
import { PERMISSION_OPTIONS } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import type { Terminal } from "./run.ts";
import { joinHub } from "./serve_hub.ts";
import { openLab } from "./serve_lab.ts";
import { readServeOptions, SERVE_OPTIONS } from "./serve_options.ts";
import { takeSignals } from "./signals.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein serve` takes. */
export const SERVE_USAGE: Usage = {
  verb: "serve",
  operand: "[FOLDER]",
  help:
    "Serve the notebooks of a folder: Skein's own page, and a Jupyter server for\nother front ends. Ctrl-C ends it and all that cells have started.",
  options: {
    ...SERVE_OPTIONS,
    ...CHECK_OPTIONS,
    ...LIMIT_OPTIONS,
    ...PERMISSION_OPTIONS,
  },
};

/**
 * Serves until the user has had enough.
 *
 * @param args What was typed.
 * @param terminal Where to print the links.
 * @returns The exit code.
 * @throws {UsageError} If something typed is wrong, or the port is taken.
 */
export async function serve(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const typed = readServeOptions(args, terminal.env);
  await checkPermissionValues(args);
  using _uncaught = logUncaught(terminal.print);
  const hub = args.flags.has("hub")
    ? await joinHub(args, typed, terminal)
    : null;
  const folder = await findFolder(args.operand || hub?.folder || ".");
  const { makeLogin, startJupyterServer } = await loadJupyter();
  const user = terminal.env("USER") ?? terminal.env("USERNAME") ?? "user";
  const { token } = typed;
  const options = {
    ...typed,
    identity: { username: user, name: user },
    makeAccess: (port: number) =>
      makeLogin({ token, basePath: typed.basePath, port }),
    ...hub?.options,
  };
  const lab = await openLab(args, options, terminal);
  await using server = await startJupyterServer({
    ...options,
    folder,
    version: SERVER_VERSION,
    bundle: await readBundle(),
    kernelspec: await readKernelSpec(),
    trustFile: join(dataFolder(terminal.env), "outputs.txt"),
    admit: (path) => admit(path, { verb: "serve", args, terminal }),
    lab,
    log: terminal.print,
  }).catch((error) => {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new UsageError(
        `Cannot serve: port ${options.port} is taken, expected one that is free`,
      );
    }
    throw error;
  });
  const { url } = server.gate;
  using _report = hub?.report(server);
  if (hub !== null) terminal.print(`Serving ${quote(folder)} at ${url}`);
  else {
    if (!LOOPBACK.has(options.hostname)) terminal.print(WARNING);
    terminal.print(`${url}#token=${token}`);
    if (lab !== undefined) {
      terminal.print(`JupyterLab: ${url}lab?token=${token}`);
    }
    terminal.print(`For other front ends: ${url}?token=${token}`);
  }
  const over = Promise.withResolvers<void>();
  using _signals = takeSignals(() => over.resolve());
  await over.promise;
  return 0;
}

async function findFolder(path: string): Promise<string> {
  const folder = resolve(path);
  if ((await Deno.stat(folder).catch(() => null))?.isDirectory) return folder;
  throw new UsageError(
    `Cannot serve ${quote(folder)}: there is no such folder`,
  );
}

/** The kernel as clients are told of it: what `skein install` would write. */
async function readKernelSpec(): Promise<KernelSpec> {
  const read = async (name: string) =>
    [
      name,
      await Deno.readFile(
        new URL(import.meta.resolve(`../jupyter/logos/${name}`)),
      ),
    ] as const;
  return {
    name: "skein",
    spec: makeKernelSpec({
      denoPath: "deno",
      mainPath: fromFileUrl(import.meta.resolve("../main.ts")),
      displayName: "TypeScript (Skein)",
      kernelArgs: [],
    }),
    resources: Object.fromEntries(await Promise.all(LOGOS.map(read))),
  };
}

/** Clients read from it what a server can do: it is Jupyter Server's, whose interface this is. */
const SERVER_VERSION = "2.21.1";
const LOOPBACK: ReadonlySet<string> = new Set([
  "127.0.0.1",
  "localhost",
  "::1",
]);
const WARNING =
  "Warning: other machines can reach this server, and what is sent to it can be read on the way: put a proxy with TLS in front of it";
