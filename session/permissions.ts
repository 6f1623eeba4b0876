/**
 * What a session's cells may touch, as flags of `deno run`. Pure.
 * @module
 */

import type { ClosedPaths } from "./links.ts";

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
    /**
     * Hosts that modules may be imported from, `*` for all; packages of npm
     * come from the user's registry, whatever stands here.
     * @default none
     */
    readonly import?: readonly string[];
    /**
     * The folder that came with the notebook, if cells may use it for that
     * reason alone: links in it that lead elsewhere are not followed.
     * @default none
     */
    readonly folder?: string;
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
    import: [],
    folder,
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
  always: {
    readonly read: readonly string[];
    readonly net: readonly string[];
    /** What must not be touched, whatever is allowed. */
    readonly closed: ClosedPaths;
  },
): string[] {
  if (permissions.type === "all") return ["--allow-all"];
  const { read, write, net, run, env, sys } = permissions;
  const imports = permissions.import ?? [];
  const { closed } = always;
  const flags = [
    flag("read", [...read, ...always.read]),
    flag("write", write),
    ...closed.read.map((path) => flag("read", [path], "deny")),
    ...closed.write.map((path) => flag("write", [path], "deny")),
    flag("net", [...net, ...always.net]),
    flag("run", run),
    flag("env", env),
    flag("sys", sys),
    // Without a host, Deno would allow those of its own list.
    flag("import", imports.length === 0 ? [NO_HOST] : imports),
  ].filter((text) => text !== null);
  return ["--no-prompt", ...flags];
}

function flag(
  name: string,
  values: readonly string[],
  verb: "allow" | "deny" = "allow",
): string | null {
  if (values.length === 0) return null;
  if (values.includes("*")) return `--${verb}-${name}`;
  const bad = values.find((value) => value.includes(","));
  if (bad !== undefined) {
    throw new RangeError(
      `Cannot ${verb} ${name} of ${
        JSON.stringify(bad)
      }: it holds a comma, which Deno takes as the end of the entry`,
    );
  }
  return `--${verb}-${name}=${[...new Set(values)].join(",")}`;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
/** RFC 6761: a name that no host will ever have. */
const NO_HOST = "none.invalid";
