/**
 * What the user grants a notebook beyond the default: typed, remembered, or
 * answered on the terminal.
 *
 * What is remembered stands in the user's data folder, one file a notebook, and
 * holds for the rights it names only: a notebook that asks for others is asked
 * about again.
 * @module
 */
import * as z from "zod/mini";
import { dirname, join } from "../folder/mod.ts";
import { dataFolder } from "./data_folder.ts";
import {
  areSameRights,
  missingRights,
  NO_RIGHTS,
  refusalText,
  type Rights,
  rightsQuestion,
} from "./rights.ts";
import type { Terminal } from "./run.ts";
import type { Arguments } from "./usage.ts";

/** A notebook whose rights the user granted for good. */
export interface Trusted {
  /** Its path, without links. */
  readonly path: string;
  /** What was granted. */
  readonly rights: Rights;
}

/**
 * Finds out what the user grants; asks where there is somebody to answer.
 *
 * @param asked What the notebook asks for.
 * @param options Its path without links, what was typed, and the terminal.
 * @returns What is granted of it, besides what was typed right by right.
 */
export async function settleRights(
  asked: Rights,
  { path, args, terminal }: {
    readonly path: string;
    readonly args: Pick<Arguments, "flags" | "lists">;
    readonly terminal: Pick<Terminal, "print" | "ask" | "env">;
  },
): Promise<Rights> {
  const { flags, lists } = args;
  if (flags.has("allow-all") || flags.has("allow-requested")) return asked;
  const missing = missingRights(asked, lists);
  if (areSameRights(missing, NO_RIGHTS)) return NO_RIGHTS;
  const known = await readTrust(path, terminal.env);
  if (known !== null && areSameRights(known.rights, asked)) return asked;
  const answer = await terminal.ask(rightsQuestion(missing));
  switch (answer?.trim().toLowerCase()) {
    case "a":
    case "always":
      await writeTrust({ path, rights: asked }, terminal.env);
      return asked;
    case "y":
    case "yes":
      return asked;
    default:
      terminal.print(refusalText(missing));
      return NO_RIGHTS;
  }
}

/**
 * Remembers a grant.
 *
 * @param trusted The notebook and its rights.
 * @param env Reads an environment variable.
 * @throws {UsageError} If it can not be written.
 */
export async function writeTrust(
  trusted: Trusted,
  env: Terminal["env"],
): Promise<void> {
  const { writeFile } = await import(
    WRITE_FILE
  ) as typeof import("./write_file.ts");
  const file = await trustFile(trusted.path, env);
  await Deno.mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(trusted, null, 2) + "\n", {
    isNamed: false,
    mode: 0o600,
  });
}

/**
 * Reads what is remembered of a notebook.
 *
 * @param path Its path, without links.
 * @param env Reads an environment variable.
 * @returns What was granted, or `null` if nothing was.
 */
export async function readTrust(
  path: string,
  env: Terminal["env"],
): Promise<Trusted | null> {
  // Without a home nothing was ever remembered.
  if (!hasHome(env)) return null;
  const trusted = await readFile(await trustFile(path, env));
  return trusted?.path === path ? trusted : null;
}

/**
 * Lists what is remembered, by path.
 *
 * @param env Reads an environment variable.
 */
export async function listTrusted(env: Terminal["env"]): Promise<Trusted[]> {
  const folder = trustFolder(env);
  const names = await Array.fromAsync(
    Deno.readDir(folder),
    ({ name }) => name,
  ).catch(() => []);
  const all = await Promise.all(
    names.map((name) => readFile(join(folder, name))),
  );
  return all.filter((one) => one !== null)
    .sort((a, b) => a.path < b.path ? -1 : 1);
}

/**
 * Forgets a grant.
 *
 * @param path The notebook's path, without links.
 * @param env Reads an environment variable.
 * @returns Whether there was one.
 */
export async function removeTrust(
  path: string,
  env: Terminal["env"],
): Promise<boolean> {
  try {
    await Deno.remove(await trustFile(path, env));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

const trustedSchema: z.ZodMiniType<Trusted> = z.object({
  path: z.string(),
  rights: z.object({
    run: z.array(z.string()),
    folder: z.nullable(z.string()),
  }),
});

async function readFile(path: string): Promise<Trusted | null> {
  try {
    return trustedSchema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch {
    // What can not be read grants nothing; the user is asked again.
    return null;
  }
}

/** A path has any length and any character; a file name does not. */
async function trustFile(
  path: string,
  env: Terminal["env"],
): Promise<string> {
  const bytes = new TextEncoder().encode(path);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const name = new Uint8Array(digest).toHex();
  return join(trustFolder(env), `${name}.json`);
}

function trustFolder(env: Terminal["env"]): string {
  return join(dataFolder(env), "trust");
}

function hasHome(env: Terminal["env"]): boolean {
  try {
    dataFolder(env);
    return true;
  } catch {
    // The one thing it throws for.
    return false;
  }
}

/** Most kernels and runs never write one. */
const WRITE_FILE = "./write_file.ts";
