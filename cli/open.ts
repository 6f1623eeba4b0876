/**
 * `skein open`: a notebook or a folder, edited and run in a browser.
 * @module
 */
import { dirname, relative, resolve, sep } from "node:path";
import { startServer } from "../server/mod.ts";
import { admit } from "./admit.ts";
import { CHECK_OPTIONS } from "./checks.ts";
import { readNotebook } from "./files.ts";
import { LIMIT_OPTIONS } from "./limits.ts";
import { readBundle } from "./packed_files.ts";
import { PERMISSION_OPTIONS } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import type { Terminal } from "./run.ts";
import { readPort } from "./serve_options.ts";
import { takeSignals } from "./signals.ts";
import { type Arguments, type Usage, UsageError } from "./usage.ts";

/** What `skein open` takes. */
export const OPEN_USAGE: Usage = {
  verb: "open",
  operand: "[PATH]",
  help:
    "Edit and run a notebook, or the notebooks of a folder, in a browser.\nPrints a link; Ctrl-C ends the server and all that cells have started.",
  options: {
    port: {
      kind: "value",
      value: "NUMBER",
      help:
        "Port to listen at (default: the folder's own, or another if it is taken).",
    },
    "no-browser": { kind: "flag", help: "Print the link, open nothing." },
    ...CHECK_OPTIONS,
    ...LIMIT_OPTIONS,
    ...PERMISSION_OPTIONS,
  },
};

/**
 * Serves until the user has had enough.
 *
 * @param args What was typed.
 * @param terminal Where to print the link.
 * @returns The exit code.
 * @throws {UsageError} If there is no such file, or the port is taken.
 */
export async function open(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const place = await findPlace(args.operand || ".");
  await checkPermissionValues(args);
  using _uncaught = logUncaught(terminal.print);
  const over = Promise.withResolvers<void>();
  const token = crypto.getRandomValues(new Uint8Array(32)).toHex();
  const { port } = args.values;
  const bundle = await readBundle();
  const start = (port: number) =>
    startServer({
      folder: place.folder,
      port,
      token,
      bundle,
      admit: (path) => admit(path, { verb: "open", args, terminal }),
      log: terminal.print,
    });
  const wanted = port === undefined
    ? portOf(place.folder)
    : readPort(port, "open");
  await using server = await start(wanted).catch((error) => {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    if (port === undefined) return start(0);
    throw new UsageError(
      `Cannot open: port ${port} is taken, expected one that is free`,
    );
  });
  const link = `${server.gate.url}${place.route}#token=${token}`;
  terminal.print(link);
  if (!args.flags.has("no-browser")) openBrowser(link, terminal.env);
  using _signals = takeSignals(() => over.resolve());
  await over.promise;
  return 0;
}

/**
 * A port of a folder's own: a browser keeps unsaved edits by address, so the next
 * server of the folder should have the same one.
 */
function portOf(folder: string): number {
  let hash = 0;
  for (const sign of folder) hash = (hash * 31 + sign.codePointAt(0)!) >>> 0;
  return FIRST_PORT + hash % PORTS;
}

/** Which folder is served, and what of it is shown first. */
async function findPlace(
  path: string,
): Promise<{ readonly folder: string; readonly route: string }> {
  const full = resolve(path);
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(full);
  } catch {
    throw new UsageError(
      `Cannot open ${quote(path)}: there is no such file or folder`,
    );
  }
  if (info.isDirectory) return { folder: full, route: "" };
  await readNotebook(path);
  const folder = dirname(full);
  const name = relative(folder, full).split(sep).map(encodeURIComponent);
  return { folder, route: `notebook/${name.join("/")}` };
}

/** Opens the link if there is a browser; without one the link is there to click. */
function openBrowser(link: string, env: Terminal["env"]): void {
  const { os } = Deno.build;
  if (os === "linux" && !env("DISPLAY") && !env("WAYLAND_DISPLAY")) return;
  const [program, ...args] = os === "darwin"
    ? ["open"]
    : os === "windows"
    ? ["rundll32", "url.dll,FileProtocolHandler"]
    : ["xdg-open"];
  try {
    new Deno.Command(program!, {
      args: [...args, link],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn().unref();
  } catch {
    // There is no browser that we know of.
  }
}

// Below those that systems give to whoever asks for any.
const FIRST_PORT = 20_000;
const PORTS = 10_000;
