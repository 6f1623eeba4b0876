/**
 * What of this machine and its user may stand in a notebook.
 * @module
 */
import { userInfo } from "node:os";
import { dirname, resolve } from "node:path";
import type { RedactNames } from "../export/mod.ts";
import type { OptionUsage } from "./usage.ts";

/** The option that asks for it. */
export const REDACT_OPTION: OptionUsage = {
  kind: "flag",
  help: "Replace machine paths, user and host names.",
};

/**
 * Finds what `--redact` replaces.
 *
 * @param notebook The notebook's path.
 * @param env Reads an environment variable.
 */
export async function namesToRedact(
  notebook: string,
  env: (name: string) => string | undefined,
): Promise<RedactNames> {
  const folder = dirname(resolve(notebook));
  const real = await Deno.realPath(folder).catch(() => folder);
  const present = (names: readonly (string | undefined)[]) =>
    [
      ...new Set(
        names.filter((name) => name !== undefined && name !== ""),
      ),
    ] as string[];
  return {
    folders: present([folder, real]),
    homes: present([env("HOME"), env("USERPROFILE")]),
    others: present([
      ...["TMPDIR", "TEMP", "TMP", "DENO_DIR", "XDG_CACHE_HOME"].map(env),
      Deno.cwd(),
    ]),
    users: present([
      ...["USER", "LOGNAME", "USERNAME"].map(env),
      nameOfUser(),
    ]),
    hosts: present([Deno.hostname(), env("HOSTNAME"), env("COMPUTERNAME")]),
  };
}

/** A user without an entry in the system's list has no name there. */
function nameOfUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
