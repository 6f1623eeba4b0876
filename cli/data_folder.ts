/**
 * Where files of the user's go that belong to no notebook.
 * @module
 */
import { join } from "../folder/mod.ts";
import { UsageError } from "./usage.ts";

/**
 * Finds the folder for Skein's data of this user.
 *
 * @param env Reads an environment variable.
 * @throws {UsageError} If the environment does not tell where the home is.
 */
export function dataFolder(
  env: (name: string) => string | undefined,
): string {
  const base = env("XDG_DATA_HOME") ?? env("LOCALAPPDATA");
  if (base) return join(base, "skein");
  const home = env("HOME") ?? env("USERPROFILE");
  if (!home) {
    throw new UsageError("Cannot find the data folder: HOME is not set");
  }
  return join(home, ".local", "share", "skein");
}
