/**
 * What a notebook asks for, from its metadata and from where it is.
 * @module
 */
import type { Notebook } from "../nbformat/mod.ts";
import { isBroad, namedPrograms, type Rights } from "./rights.ts";
import type { Terminal } from "./run.ts";
import { UsageError } from "./usage.ts";

/**
 * Finds out what a notebook asks for beyond the default.
 *
 * @param notebook The notebook.
 * @param folder Where it is, an absolute path.
 * @param env Reads an environment variable.
 * @throws {UsageError} If its metadata ask in a way that can not be granted.
 */
export async function askedRights(
  notebook: Pick<Notebook, "metadata">,
  folder: string,
  env: Terminal["env"],
): Promise<Rights> {
  const [real, ...places] = await Promise.all(
    [folder, ...broadPlaces(env)].map((path) =>
      Deno.realPath(path).catch(() => path)
    ),
  );
  try {
    return {
      run: namedPrograms(notebook),
      folder: isBroad(real!, places) ? folder : null,
    };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Folders whose files belong to everything that the user does. */
function broadPlaces(env: Terminal["env"]): string[] {
  const named = ["HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"].map(env)
    .filter((path) => path !== undefined && path !== "") as string[];
  return Deno.build.os === "windows"
    ? named
    : [...named, "/tmp", "/var/tmp", "/dev/shm"];
}
