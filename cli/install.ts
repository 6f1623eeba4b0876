/**
 * `skein install` and `skein uninstall`: tell Jupyter that we are here.
 * @module
 */
import { join } from "node:path";
import {
  checkKernelName,
  type InstallPlace,
  kernelsFolder,
  makeKernelSpec,
} from "../jupyter/mod.ts";
import { fromFileUrl } from "../session/mod.ts";
import { LIMIT_OPTIONS, limitArguments, readLimits } from "./limits.ts";
import { LOGOS } from "./packed_files.ts";
import { CHECK_OPTIONS, readCheckOptions } from "./checks.ts";
import { isFile } from "./files.ts";
import { readStandIn, STAND_INS } from "./stand_ins.ts";
import { writeFile } from "./write_file.ts";
import { askProgram } from "./programs.ts";
import type { Terminal } from "./run.ts";
import {
  type Arguments,
  type OptionUsage,
  type Usage,
  UsageError,
} from "./usage.ts";

const PLACE_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  user: { kind: "flag", help: "For this user (default)." },
  prefix: {
    kind: "value",
    value: "DIR",
    help: "Use DIR/share/jupyter, for example of a virtual environment.",
  },
  "sys-prefix": {
    kind: "flag",
    help: "Use the environment of python3 (the active virtual environment).",
  },
  name: {
    kind: "value",
    value: "NAME",
    help: "Kernel name. Default: skein.",
  },
};

/** What `skein install` takes. */
export const INSTALL_USAGE: Usage = {
  verb: "install",
  operand: null,
  help:
    "Add the kernel to Jupyter. Its cells may do anything, as in other kernels.\nWith --restricted they may use the notebook's folder and the loopback network.",
  options: {
    ...PLACE_OPTIONS,
    "display-name": {
      kind: "value",
      value: "TEXT",
      help: "Name shown in front ends. Default: TypeScript (Skein).",
    },
    as: {
      kind: "value",
      value: "KERNEL",
      help: "Take another kernel's place: tslab, jslab or deno.",
    },
    force: {
      kind: "flag",
      help: "Replace a kernel of that name that is not Skein's (kept aside).",
    },
    remove: { kind: "flag", help: "Undo an installation." },
    restricted: { kind: "flag", help: "Limit what cells may do." },
    ...CHECK_OPTIONS,
    ...LIMIT_OPTIONS,
  },
};

/** What `skein uninstall` takes. */
export const UNINSTALL_USAGE: Usage = {
  verb: "uninstall",
  operand: null,
  help: "Remove the kernel from Jupyter.",
  options: {
    ...PLACE_OPTIONS,
    as: {
      kind: "value",
      value: "KERNEL",
      help: "The one that took the place of tslab, jslab or deno.",
    },
  },
};

/**
 * Writes the kernelspec.
 *
 * @param args What was typed.
 * @param terminal Where to say where it is.
 * @returns The exit code.
 * @throws {UsageError} If something typed is wrong, or it can not be written.
 */
export async function install(
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { "display-name": displayName } = args.values;
  const as = readStandIn(args, "install");
  if (args.flags.has("remove")) return await uninstall(args, terminal);
  const { print, env } = terminal;
  const standIn = as === undefined ? undefined : STAND_INS[as]!;
  const { check, languageServer } = readCheckOptions(args, "install");
  const mode = check ?? standIn?.check;
  readLimits(args, "install");
  const folder = await findFolder(args, { name: as ?? "skein", env });
  if (await isForeign(folder)) {
    if (!args.flags.has("force")) {
      throw new UsageError(
        `Cannot install: the kernel in "${folder}" is not Skein's, use --force to put it aside`,
      );
    }
    // Of several that were there, the last one is kept; mostly there was none.
    const aside = asideOf(folder);
    await Deno.remove(aside, { recursive: true }).catch(() => {});
    await Deno.rename(folder, aside);
  }
  const spec = makeKernelSpec({
    denoPath: Deno.execPath(),
    mainPath: fromFileUrl(import.meta.resolve("../main.ts")),
    displayName: displayName ?? standIn?.displayName ?? "TypeScript (Skein)",
    ...(standIn === undefined ? {} : { language: standIn.language }),
    kernelArgs: [
      ...as === undefined ? [] : ["--as", as],
      ...args.flags.has("restricted") ? [] : ["--allow-all"],
      ...mode === undefined ? [] : ["--check", mode],
      ...languageServer ? [] : ["--no-language-server"],
      ...limitArguments(args),
    ],
  });
  await writeFile(
    join(folder, "kernel.json"),
    JSON.stringify(spec, null, 2) + "\n",
  );
  for (const logo of LOGOS) {
    const from = new URL(import.meta.resolve(`../jupyter/logos/${logo}`));
    await Deno.copyFile(from, join(folder, logo));
  }
  print(folder);
  return 0;
}

/**
 * Removes the kernelspec.
 *
 * @param args What was typed.
 * @param terminal Where to say what was removed.
 * @returns The exit code.
 * @throws {UsageError} If there is none, or it is not ours.
 */
export async function uninstall(
  args: Arguments,
  { print, env }: Terminal,
): Promise<number> {
  const name = readStandIn(args, "uninstall") ?? "skein";
  const folder = await findFolder(args, { name, env });
  const isThere = await isFile(join(folder, "kernel.json"));
  if (!isThere) {
    throw new UsageError(`Cannot uninstall: there is no kernel in "${folder}"`);
  }
  if (await isForeign(folder)) {
    throw new UsageError(
      `Cannot uninstall: the kernel in "${folder}" is not Skein's`,
    );
  }
  await Deno.remove(folder, { recursive: true });
  const aside = asideOf(folder);
  if (await isFile(join(aside, "kernel.json"))) {
    await Deno.rename(aside, folder);
  }
  print(folder);
  return 0;
}

/** Whether there is a kernel in a folder that is not ours. */
async function isForeign(folder: string): Promise<boolean> {
  const text = await Deno.readTextFile(join(folder, "kernel.json"))
    .catch(() => null);
  return text !== null &&
    !(text.includes('"--connection-file"') && text.includes("main.ts"));
}

/** Where a kernel is kept whose place is taken; Jupyter lists it by that name. */
function asideOf(folder: string): string {
  return `${folder}-before-skein`;
}

async function findFolder(
  args: Arguments,
  { name, env }: { readonly name: string } & Pick<Terminal, "env">,
): Promise<string> {
  try {
    const place = await findPlace(args);
    const surroundings = { os: Deno.build.os, env };
    const folder = kernelsFolder(place, surroundings);
    return join(folder, checkKernelName(args.values.name ?? name));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function findPlace({ values, flags }: Arguments): Promise<InstallPlace> {
  const typed = ["user", "prefix", "sys-prefix"].filter((name) =>
    flags.has(name) || values[name] !== undefined
  );
  if (typed.length > 1) {
    throw new UsageError(
      `Cannot install: found ${
        typed.map((name) => `--${name}`).join(" and ")
      }, expected one of them`,
    );
  }
  if (values.prefix !== undefined) {
    return { type: "prefix", prefix: values.prefix };
  }
  if (!flags.has("sys-prefix")) return { type: "user" };
  const args = ["-c", "import sys; print(sys.prefix)"];
  const prefix = await askProgram("python3", args);
  if (prefix === null) {
    throw new UsageError(
      "Cannot install: --sys-prefix needs python3, which does not run; use --prefix DIR",
    );
  }
  return { type: "prefix", prefix };
}
