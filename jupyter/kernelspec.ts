/**
 * Kernelspecs: how front ends find and start us.
 *
 * Source: jupyter_client, "Kernel specs"; jupyter_core, "Data files".
 * @module
 */
import { join } from "../folder/mod.ts";

/** How the kernel is to be started. */
export interface KernelSpecOptions {
  /** Path of the Deno to run. */
  readonly denoPath: string;
  /** Path or URL of `main.ts`. */
  readonly mainPath: string;
  /** What front ends show. */
  readonly displayName: string;
  /** The language of its cells. @default "typescript" */
  readonly language?: string;
  /** Arguments after the verb, such as `--allow-all`. */
  readonly kernelArgs: readonly string[];
}

/**
 * Makes the content of `kernel.json`.
 *
 * @param options How the kernel is to be started.
 */
export function makeKernelSpec(
  options: KernelSpecOptions,
): Record<string, unknown> {
  const { denoPath, mainPath, displayName, kernelArgs } = options;
  const { language = "typescript" } = options;
  return {
    argv: [
      denoPath,
      "run",
      "--allow-all",
      mainPath,
      "kernel",
      "--connection-file",
      "{connection_file}",
      ...kernelArgs,
    ],
    display_name: displayName,
    language,
    // A signal would end the process; a message ends the cell.
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: { debugger: false },
  };
}

/** Where kernelspecs are installed. */
export type InstallPlace =
  | { readonly type: "user" }
  | { readonly type: "prefix"; readonly prefix: string };

/** What decides where files of a user go. */
export interface Surroundings {
  /** The operating system, as `Deno.build.os` names it. */
  readonly os: string;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
}

/**
 * Finds Jupyter's data folder of the user.
 *
 * @param surroundings System and environment.
 * @throws {RangeError} If the environment does not tell where the user's home is.
 */
export function userDataFolder({ os, env }: Surroundings): string {
  const explicit = env("JUPYTER_DATA_DIR");
  if (explicit) return explicit;
  const home = env("HOME") ?? env("USERPROFILE");
  if (!home) {
    throw new RangeError(
      "Cannot find Jupyter's folder: neither HOME nor JUPYTER_DATA_DIR is set",
    );
  }
  if (os === "darwin") return join(home, "Library", "Jupyter");
  if (os === "windows") {
    return join(env("APPDATA") ?? join(home, "AppData", "Roaming"), "jupyter");
  }
  return join(env("XDG_DATA_HOME") || join(home, ".local", "share"), "jupyter");
}

/**
 * Finds the folder that holds kernelspecs.
 *
 * @param place Where to install.
 * @param surroundings System and environment.
 */
export function kernelsFolder(
  place: InstallPlace,
  surroundings: Surroundings,
): string {
  return place.type === "user"
    ? join(userDataFolder(surroundings), "kernels")
    : join(place.prefix, "share", "jupyter", "kernels");
}

/**
 * Checks the name of a kernel, which is the name of its folder.
 *
 * @param name The name.
 * @returns The name, in lower case.
 * @throws {RangeError} If Jupyter would not take it.
 */
export function checkKernelName(name: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) {
    throw new RangeError(
      `Cannot install kernel ${
        JSON.stringify(name)
      }: expected letters, digits, ".", "_" and "-"`,
    );
  }
  return name.toLowerCase();
}
