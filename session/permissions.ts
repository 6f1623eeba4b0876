/**
 * What a session's cells may touch, as flags of `deno run`. Pure.
 * @module
 */

/** What cells may touch. */
export type Permissions =
  | { readonly type: "all" }
  | {
    readonly type: "listed";
    /** Folders and files that may be read, absolute paths. */
    readonly read: readonly string[];
    /** Folders and files that may be written, absolute paths. */
    readonly write: readonly string[];
    /** Hosts that may be talked to, `*` for all. */
    readonly net: readonly string[];
    /** Programs that may be run, `*` for all. */
    readonly run: readonly string[];
    /** Environment variables that may be read, `*` for all. */
    readonly env: readonly string[];
    /** System facts that may be asked for, `*` for all. */
    readonly sys: readonly string[];
  };

/**
 * What a notebook may touch unless the user says otherwise: its own folder
 * and the loopback network, and the programs that its metadata names.
 *
 * @param folder The notebook's folder, an absolute path.
 * @param run Programs that the notebook's metadata names.
 */
export function defaultPermissions(
  folder: string,
  run: readonly string[] = [],
): Permissions {
  return {
    type: "listed",
    read: [folder],
    write: [folder],
    net: LOOPBACK,
    run,
    env: [],
    sys: [],
  };
}

/**
 * Tells whether cells may start any program.
 *
 * @param permissions What they may touch.
 */
export function mayStartPrograms(permissions: Permissions): boolean {
  return permissions.type === "all" || permissions.run.length > 0;
}

/**
 * Spells permissions as flags.
 *
 * @param permissions What cells may touch.
 * @param always What the session itself needs besides.
 * @returns Flags for `deno run`, `--no-prompt` among them.
 */
export function permissionFlags(
  permissions: Permissions,
  always: { readonly read: readonly string[]; readonly net: readonly string[] },
): string[] {
  if (permissions.type === "all") return ["--allow-all"];
  const { read, write, net, run, env, sys } = permissions;
  const flags = [
    flag("read", [...read, ...always.read]),
    flag("write", write),
    flag("net", [...net, ...always.net]),
    flag("run", run),
    flag("env", env),
    flag("sys", sys),
  ].filter((text) => text !== null);
  return ["--no-prompt", ...flags];
}

function flag(name: string, values: readonly string[]): string | null {
  if (values.length === 0) return null;
  if (values.includes("*")) return `--allow-${name}`;
  const bad = values.find((value) => value.includes(","));
  if (bad !== undefined) {
    throw new RangeError(
      `Cannot allow ${name} of ${
        JSON.stringify(bad)
      }: it holds a comma, which Deno takes as the end of the entry`,
    );
  }
  return `--allow-${name}=${[...new Set(values)].join(",")}`;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
