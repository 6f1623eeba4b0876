/**
 * What the notebooks of a served folder may do, and how their cells run: of
 * `skein open` and `skein serve`.
 * @module
 */
import { dirname } from "node:path";
import { admitCheck, Kernel, type KernelOptions } from "../kernel/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import type { Admit, RightsDesk } from "../server/mod.ts";
import { type Permissions, toFileUrl } from "../session/mod.ts";
import { askedRights } from "./asked.ts";
import { namedCheck, readCheckOptions } from "./checks.ts";
import { findConfig, isFile, readNotebook } from "./files.ts";
import { settleRights, writeTrust } from "./grants.ts";
import { readLimits } from "./limits.ts";
import { decidePermissions } from "./permissions.ts";
import { quote } from "./quote.ts";
import {
  areSameRights,
  missingRights,
  NO_RIGHTS,
  type Rights,
  rightsText,
} from "./rights.ts";
import { cellOptions, standInFor } from "./stand_ins.ts";
import type { Terminal } from "./run.ts";
import type { Arguments } from "./usage.ts";

/** How the cells of a notebook run, and who says what they may do. One that is not there yet asks for nothing. */
export async function admit(
  path: string,
  { verb, args, terminal }: {
    /** For errors. */
    readonly verb: string;
    readonly args: Arguments;
    readonly terminal: Terminal;
  },
): ReturnType<Admit> {
  const notebook = await isFile(path)
    ? await readNotebook(path)
    : { metadata: {} };
  const desk = new NotebookRights(path, notebook, args, terminal);
  await desk.settle();
  const { check = "warn", languageServer } = readCheckOptions(args, verb);
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
          ...readLimits(args, verb),
          log: terminal.print,
          permissions: desk.permissions,
          ...(configPath === undefined ? {} : { configPath }),
          ...cellOptions(dirname(path), standInFor(notebook.metadata)),
          send,
        }),
      ),
  };
}

/** What one notebook may do. Metadata asks, the user grants. */
class NotebookRights implements RightsDesk {
  readonly #path: string;
  readonly #notebook: Pick<Notebook, "metadata">;
  readonly #args: Arguments;
  readonly #terminal: Terminal;
  #asked: Rights = NO_RIGHTS;
  #granted: Rights = NO_RIGHTS;
  #isAnswered = false;

  constructor(
    path: string,
    notebook: Pick<Notebook, "metadata">,
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
