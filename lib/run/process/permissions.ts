/**
 * Which permissions a subprocess gets: those of this process, never more.
 *
 * Asks `Deno.permissions`, which never prompts.
 * @module
 */

import { findCopyStarter, system } from "../../platform/mod.ts";

/** Tells why no subprocess of Deno can be started, and what to do; `null` if one can. */
export async function explainNoProcesses(): Promise<string | null> {
  if (findCopyStarter() !== null) return await explainNoLoopback();
  const command = system().execPath();
  const { state } = await system().permissions.query({ name: "run", command });
  return state === "granted"
    ? null
    : `Processes were left out: running "${command}" is not permitted, ` +
      `allow it with \`skein run --allow-run=${command}\``;
}

/** The line to a copy of a notebook's session is a loopback socket. */
async function explainNoLoopback(): Promise<string | null> {
  const [host] = LOOPBACK;
  return await isGranted({ name: "net", host: host! })
    ? null
    : `Processes were left out: the loopback network is not permitted, ` +
      `allow it with \`skein run --allow-net=${host}\``;
}

/**
 * Lists the flags that give a child the permissions of this process.
 *
 * Only what is granted without exception is passed on, as exceptions cannot be
 * read. Of a network that is granted in part, that is the loopback address.
 */
export async function listPermissionFlags(): Promise<string[]> {
  const flags: string[] = [];
  for (const name of NAMES) {
    if (await isGranted({ name })) flags.push(`--allow-${name}`);
  }
  if (!flags.includes("--allow-net")) {
    const hosts: string[] = [];
    for (const host of LOOPBACK) {
      if (await isGranted({ name: "net", host })) hosts.push(host);
    }
    if (hosts.length > 0) flags.push(`--allow-net=${hosts.join(",")}`);
  }
  // Without a flag a child may import from the usual hosts, as we may unless denied.
  const imports = await system().permissions.query({ name: "import" });
  if (imports.state === "denied") flags.push("--deny-import");
  return flags;
}

async function isGranted(
  descriptor: Deno.PermissionDescriptor,
): Promise<boolean> {
  const { state, partial } = await system().permissions.query(descriptor);
  return state === "granted" && !partial;
}

const NAMES = [
  "read",
  "write",
  "net",
  "env",
  "sys",
  "run",
  "ffi",
  "import",
] as const;
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
