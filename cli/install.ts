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
import { CHECK_OPTIONS, readCheckOptions } from "./checks.ts";
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
      help: "Replace another kernel: tslab or deno.",
    },
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
  options: PLACE_OPTIONS,
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
  { print, env }: Terminal,
): Promise<number> {
  const { as, "display-name": displayName } = args.values;
  if (as !== undefined && !Object.hasOwn(STAND_INS, as)) {
    throw new UsageError(
      `Cannot install: --as is ${JSON.stringify(as)}, expected tslab or deno`,
    );
  }
  const { check, languageServer } = readCheckOptions(args, "install");
  readLimits(args, "install");
  const folder = await findFolder(args, { name: as ?? "skein", env });
  const spec = makeKernelSpec({
    denoPath: Deno.execPath(),
    mainPath: fromFileUrl(import.meta.resolve("../main.ts")),
    displayName: displayName ??
      (as === undefined ? "TypeScript (Skein)" : STAND_INS[as]!),
    kernelArgs: [
      ...args.flags.has("restricted") ? [] : ["--allow-all"],
      ...check === undefined ? [] : ["--check", check],
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
  const folder = await findFolder(args, { name: "skein", env });
  const text = await Deno.readTextFile(join(folder, "kernel.json"))
    .catch(() => null);
  if (text === null) {
    throw new UsageError(`Cannot uninstall: there is no kernel in "${folder}"`);
  }
  if (!text.includes('"--connection-file"') || !text.includes("main.ts")) {
    throw new UsageError(
      `Cannot uninstall: the kernel in "${folder}" is not Skein's`,
    );
  }
  await Deno.remove(folder, { recursive: true });
  print(folder);
  return 0;
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

const STAND_INS: Readonly<Record<string, string>> = {
  tslab: "TypeScript",
  deno: "Deno",
};
const LOGOS = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"];
