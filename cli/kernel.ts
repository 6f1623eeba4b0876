/**
 * `skein kernel`: the kernel as Jupyter starts it.
 * @module
 */
import { join } from "../folder/mod.ts";
import type { Connection, Registration } from "../jupyter/mod.ts";
import {
  admitCheck,
  FileHistory,
  Kernel,
  type KernelOptions,
} from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import { fromFileUrl, type Permissions } from "../session/mod.ts";
import { askedRights } from "./asked.ts";
import { CHECK_OPTIONS, namedCheck, readCheckOptions } from "./checks.ts";
import { dataFolder } from "./data_folder.ts";
import { type EarlySession, notebookUrl, takeEarly } from "./early_session.ts";
import { settleRights } from "./grants.ts";
import { findConfig, isFile, readNotebook } from "./files.ts";
import { LIMIT_OPTIONS, readLimits } from "./limits.ts";
import { checkLinks } from "./links.ts";
import { cellOptions, readStandIn } from "./stand_ins.ts";
import { decidePermissions, PERMISSION_OPTIONS } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { logUncaught } from "./rejections.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein kernel` takes. */
export const KERNEL_USAGE: Usage = {
  verb: "kernel",
  operand: null,
  ignoresUnknown: true,
  help: "Run the kernel (Jupyter starts it for you).",
  options: {
    "connection-file": {
      kind: "value",
      value: "PATH",
      help: "Connection file from the front end (ports and key).",
    },
    as: {
      kind: "value",
      value: "KERNEL",
      help: "Behave as notebooks for tslab, jslab or deno expect.",
    },
    ...CHECK_OPTIONS,
    ...LIMIT_OPTIONS,
    ...PERMISSION_OPTIONS,
  },
};

/**
 * Serves a front end until it says that it is over, or is gone.
 *
 * @param args What was typed.
 * @param terminal Where to log.
 * @param early What was started before the kernel was loaded.
 * @returns The exit code.
 * @throws {UsageError} If something typed is wrong, or the connection file can not be used.
 */
export async function serveKernel(
  args: Arguments,
  terminal: Terminal,
  early: {
    readonly translator?: KernelOptions["translator"];
    readonly session?: EarlySession | undefined;
  } = {},
): Promise<number> {
  // Before anything else: a front end may be gone by the time we are ready.
  const parent = findParent(terminal.env("JPY_PARENT_PID"));
  const connectionPath = args.values["connection-file"];
  if (connectionPath === undefined) {
    throw new UsageError(
      "Cannot start kernel: --connection-file is missing (a Jupyter front end gives it)",
    );
  }
  const standIn = readStandIn(args, "start kernel");
  if (args.ignored.length > 0) {
    const list = args.ignored.map((one) => JSON.stringify(one)).join(" ");
    terminal.print(`Arguments are ignored: ${list}`);
  }
  const folder = Deno.cwd();
  const over = Promise.withResolvers<void>();
  // Until the door is open there is nobody to hear anything.
  let deliver: (message: OutgoingMessage) => boolean = () => false;
  const configPath = await findConfig(folder);
  using history = await openHistory(terminal);
  using _uncaught = logUncaught(terminal.print);
  const url = notebookUrl(folder, terminal.env("JPY_SESSION_NAME"));
  const path = fromFileUrl(url);
  const notebook = await readSaved(path, terminal);
  const { check = "warn", languageServer } = readCheckOptions(args, "kernel");
  const { cells, compilerOptions } = cellOptions(folder, standIn);
  const launchOptions = {
    notebookUrl: url,
    permissions: await findPermissions(
      args,
      { notebook, path, folder },
      terminal,
    ),
    ...(configPath === undefined ? {} : { configPath }),
    ...(compilerOptions === undefined ? {} : { compilerOptions }),
    ...readLimits(args, "kernel"),
  };
  await using kernel = new Kernel({
    ...launchOptions,
    cells,
    launched: takeEarly(early.session, launchOptions),
    check: admitCheck(readCheck(notebook, terminal) ?? check, {
      fallback: check,
      isTrusted: args.flags.has("allow-all"),
    }),
    languageServer,
    log: terminal.print,
    translator: early.translator,
    ...(history === undefined ? {} : { history }),
    send(message) {
      const isSent = deliver(message);
      // Restarting is the front end's to do: it starts a new process.
      if (message.header.msg_type === "shutdown_reply") over.resolve();
      return isSent;
    },
  });
  // Its session is on its way: what takes requests is loaded meanwhile.
  const { openDoor, parseConnectionFile } = await import("../jupyter/mod.ts");
  const connection = await readConnection(connectionPath, parseConnectionFile);
  for (const warning of warnings(connection)) terminal.print(warning);
  await using door = await openDoor({
    connection,
    signal: new AbortController().signal,
    log: terminal.print,
    tellsStart: true,
    onRequest: (message, origin) => kernel.handle(message, origin),
    onInputReply: (message, { route }) =>
      kernel.handle(message, { channel: "stdin", route }),
  }).catch((error) => {
    // A port that is taken, a folder that is not there: for the user to mend.
    throw new UsageError(oneLine(error));
  });
  // The first cell may do without, and would have to share the cores with it.
  setTimeout(() => kernel.prepare(), PREPARE_MS);
  deliver = (message) => door.send(message);
  // Ctrl-C in the terminal of a front end goes to us as well.
  Deno.addSignalListener("SIGINT", () => kernel.interrupt());
  using _watch = watchParent(parent, over.resolve);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => over.resolve());
  }
  await over.promise;
  return 0;
}

/** Nobody can be asked; the user may have said before what the notebook may. */
async function findPermissions(
  args: Arguments,
  { notebook, path, folder }: {
    readonly notebook: Pick<Notebook, "metadata">;
    readonly path: string;
    readonly folder: string;
  },
  terminal: Terminal,
): Promise<Permissions> {
  await checkPermissionValues(args);
  const asked = await askedRights(notebook, folder, terminal.env);
  const granted = await settleRights(asked, {
    path: await Deno.realPath(path).catch(() => path),
    args,
    terminal: { ...terminal, ask: () => Promise.resolve(null) },
  });
  const denoPath = Deno.execPath();
  const rights = { folder, asked, granted, denoPath };
  const permissions = decidePermissions(args, rights);
  for (const text of checkLinks(permissions)) terminal.print(text);
  return permissions;
}

async function readConnection(
  path: string,
  parse: (text: string, name: string) => Connection | Registration,
): Promise<Connection | Registration> {
  try {
    return parse(await Deno.readTextFile(path), path);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What is allowed, and seldom meant. */
function warnings(connection: Connection | Registration): readonly string[] {
  const isOpen = connection.type === "connection" &&
    connection.transport === "tcp" && ANYWHERE.has(connection.ip);
  return [
    ...connection.key === ""
      ? [
        "Warning: the connection file has no key, so whoever can connect can run code as you",
      ]
      : [],
    ...isOpen
      ? [
        `Warning: the kernel listens on all network addresses (ip is ${
          JSON.stringify(connection.ip)
        }), so other machines can read its output`,
      ]
      : [],
  ];
}

function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  return line.startsWith("Cannot ") ? line : `Cannot start kernel: ${line}`;
}

/** The file says what its author wants; a new notebook has none yet. */
async function readSaved(
  path: string,
  { print }: Terminal,
): Promise<Pick<Notebook, "metadata">> {
  try {
    if (await isFile(path)) return await readNotebook(path);
  } catch (error) {
    // Cells can be run without it.
    print((error as Error).message);
  }
  return { metadata: {} };
}

function readCheck(
  { metadata }: Pick<Notebook, "metadata">,
  { print }: Terminal,
) {
  try {
    return namedCheck(metadata);
  } catch (error) {
    // Cells can be run without it.
    print((error as Error).message);
    return undefined;
  }
}

async function openHistory(
  terminal: Terminal,
): Promise<FileHistory | undefined> {
  try {
    const folder = dataFolder(terminal.env);
    await Deno.mkdir(folder, { recursive: true });
    return new FileHistory(join(folder, "history.sqlite"), terminal.print);
  } catch (error) {
    // Cells can be run without one.
    terminal.print(`History is kept in memory only: ${error}`);
    return undefined;
  }
}

/** The front end says who it is; we may have lost it before we could look. */
function findParent(told: string | undefined): number {
  return Deno.ppid === 1 && told !== undefined ? Number(told) : Deno.ppid;
}

/** A front end that was killed leaves its kernel to another parent. */
function watchParent(parent: number, onGone: () => void): Disposable {
  const timer = setInterval(() => {
    if (Deno.ppid !== parent) onGone();
  }, PARENT_CHECK_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const PARENT_CHECK_MS = 1000;
/** Front ends that run cells at once have sent the first by then. */
const PREPARE_MS = 100;
const ANYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "*", "::", "[::]"]);
