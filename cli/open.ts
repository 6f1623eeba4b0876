/**
 * `skein open`: a notebook or a folder, edited and run in a browser.
 * @module
 */
import { dirname, relative, resolve, sep } from "node:path";
import { admitCheck, Kernel, type KernelOptions } from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import { type RightsDesk, startServer } from "../server/mod.ts";
import { type Permissions, toFileUrl } from "../session/mod.ts";
import { askedRights } from "./asked.ts";
import { CHECK_OPTIONS, namedCheck, readCheckOptions } from "./checks.ts";
import { findConfig, readNotebook } from "./files.ts";
import { settleRights, writeTrust } from "./grants.ts";
import { LIMIT_OPTIONS, readLimits } from "./limits.ts";
import { decidePermissions, PERMISSION_OPTIONS } from "./permissions.ts";
import { checkPermissionValues } from "./permission_values.ts";
import { quote } from "./quote.ts";
import { logUncaught } from "./rejections.ts";
import {
  areSameRights,
  missingRights,
  NO_RIGHTS,
  type Rights,
  rightsText,
} from "./rights.ts";
import type { Terminal } from "./run.ts";
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
      help: "Port to listen at (default: one that is free).",
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
  await using server = await startServer({
    folder: place.folder,
    port: readPort(args),
    token,
    bundle: await readBundle(),
    admit: (path) => admit(path, args, terminal),
    log: terminal.print,
  }).catch((error) => {
    if (error instanceof Deno.errors.AddrInUse) {
      throw new UsageError(
        `Cannot open: port ${args.values.port} is taken, expected one that is free`,
      );
    }
    throw error;
  });
  const link = `${server.gate.url}${place.route}#token=${token}`;
  terminal.print(link);
  if (!args.flags.has("no-browser")) openBrowser(link, terminal.env);
  using _signals = takeSignals(() => over.resolve());
  await over.promise;
  return 0;
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

function readPort({ values: { port } }: Arguments): number {
  if (port === undefined) return 0;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : NaN;
  if (number >= 0 && number < 65_536) return number;
  throw new UsageError(
    `Cannot open: --port is ${
      quote(port)
    }, expected a whole number up to 65535`,
  );
}

/** How the cells of a notebook run, and who says what they may do. */
async function admit(path: string, args: Arguments, terminal: Terminal) {
  const notebook = await readNotebook(path);
  const desk = new NotebookRights(path, notebook, args, terminal);
  await desk.settle();
  const { check = "warn", languageServer } = readCheckOptions(args, "open");
  const configPath = await findConfig(dirname(path));
  return {
    rights: desk,
    startKernel: (send: KernelOptions["send"]) =>
      Promise.resolve(
        new Kernel({
          notebookUrl: toFileUrl(path),
          check: admitCheck(namedCheck(notebook.metadata) ?? check, {
            fallback: check,
            isTrusted: args.flags.has("allow-all"),
          }),
          languageServer,
          ...readLimits(args, "open"),
          log: terminal.print,
          permissions: desk.permissions,
          ...(configPath === undefined ? {} : { configPath }),
          send,
        }),
      ),
  };
}

/** What one notebook may do. Metadata asks, the user grants. */
class NotebookRights implements RightsDesk {
  readonly #path: string;
  readonly #notebook: Notebook;
  readonly #args: Arguments;
  readonly #terminal: Terminal;
  #asked: Rights = NO_RIGHTS;
  #granted: Rights = NO_RIGHTS;
  #isAnswered = false;

  constructor(
    path: string,
    notebook: Notebook,
    args: Arguments,
    terminal: Terminal,
  ) {
    this.#path = path;
    this.#notebook = notebook;
    this.#args = args;
    this.#terminal = terminal;
  }

  /** Finds out what was typed or granted before. */
  async settle(): Promise<void> {
    const { env } = this.#terminal;
    this.#asked = await askedRights(this.#notebook, dirname(this.#path), env);
    this.#granted = await settleRights(this.#asked, {
      path: this.#path,
      args: this.#args,
      // The page asks, in its own time.
      terminal: { env, print: () => {}, ask: () => Promise.resolve(null) },
    });
  }

  get permissions(): Permissions {
    return decidePermissions(this.#args, {
      folder: dirname(this.#path),
      asked: this.#asked,
      granted: this.#granted,
      denoPath: Deno.execPath(),
    });
  }

  show() {
    const missing = missingRights(this.#asked, this.#args.lists);
    const isOpen = !this.#args.flags.has("allow-all") && !this.#isAnswered &&
      areSameRights(this.#granted, NO_RIGHTS) &&
      !areSameRights(missing, NO_RIGHTS);
    return { has: this.#words(), asks: isOpen ? rightsText(missing) : null };
  }

  async grant(choice: "once" | "always" | "no"): Promise<void> {
    this.#isAnswered = true;
    if (choice === "no") return;
    this.#granted = this.#asked;
    if (choice === "always") {
      const trusted = { path: this.#path, rights: this.#asked };
      await writeTrust(trusted, this.#terminal.env);
    }
  }

  #words(): string {
    const permissions = this.permissions;
    if (permissions.type === "all") {
      return "may do everything that you can do (--allow-all).";
    }
    const { run } = permissions;
    const isWithheld = this.#asked.folder !== null &&
      this.#granted.folder === null;
    const typed = Object.entries(this.#args.lists).flatMap(([name, values]) =>
      !name.startsWith("allow-") || values.length === 0
        ? []
        : [`--${name}${values.includes("*") ? "" : `=${values.join(",")}`}`]
    );
    const parts = [
      `may ${isWithheld ? "not " : ""}read and write this folder`,
      run.length === 0
        ? "may not start programs"
        : `may start ${run.map(quote).join(", ")}`,
      typed.length === 0
        ? "and may reach no network but this machine's own"
        : `and may reach this machine's own network; you also gave them ${
          typed.join(" ")
        }`,
    ];
    return `${parts.join(", ")}.`;
  }
}

async function readBundle() {
  const read = (name: string) =>
    Deno.readTextFile(new URL(`../page/${name}`, import.meta.url));
  const [script, style] = await Promise.all(
    ["bundle/page.js", "page.css"].map(read),
  );
  return { script: script!, style: style! };
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
