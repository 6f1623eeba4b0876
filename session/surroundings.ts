/**
 * What a session process finds around it: its configuration, its environment,
 * and where its cells may keep things.
 *
 * A trusted session finds what plain Deno would. Any other gets a configuration
 * of ours in a private folder, so that nothing in the notebook's folder says
 * where packages come from, which of their scripts run, or where Deno writes.
 * @module
 */
import {
  type CompilerOptions,
  denoFolder,
  type Environment,
  fromFileUrl,
  join,
  passEnvironment,
  PrivateFolder,
  readConfig,
  scopeCells,
  toFileUrl,
  writeConfig,
} from "../folder/mod.ts";
import { type ClosedPaths, closedPaths } from "./links.ts";
import type { Permissions } from "./permissions.ts";

/** What a session process is started with. */
export interface Surroundings {
  /** Flags of `deno run` about configuration. */
  readonly args: readonly string[];
  /** Its environment variables; `null` for those of this process. */
  readonly environment: Environment | null;
  /** What cells must never touch, whatever they may touch besides. */
  readonly closed: ClosedPaths;
  /** Removes what was made for the session, and what its cells have kept. */
  readonly dispose: () => Promise<void>;
}

/**
 * Makes the surroundings of a session.
 *
 * @param options The notebook, its configuration, and what its cells may touch.
 * @throws {TypeError} If the configuration can not be used.
 * @throws {RangeError} If cells can not be kept from following links.
 */
export function makeSurroundings(
  { notebookUrl, configPath, compilerOptions, permissions }: {
    readonly notebookUrl: string;
    readonly configPath?: string | undefined;
    readonly compilerOptions?: CompilerOptions | undefined;
    readonly permissions: Permissions;
  },
): Surroundings {
  const isTrusted = permissions.type === "all";
  const folderPath = fromFileUrl(new URL(".", notebookUrl).href);
  if (isTrusted && configPath !== undefined) {
    return {
      args: [
        `--config=${configPath}`,
        "--no-lock",
        "--unstable-sloppy-imports",
        "--unstable-detect-cjs",
      ],
      environment: null,
      closed: NOTHING,
      async dispose() {},
    };
  }
  const picked = readConfig(configPath, folderPath, compilerOptions);
  const config = scopeCells(picked, {
    notebookUrl,
    hostUrl: new URL("./host/", import.meta.url).href,
  });
  const links = closedPaths(permissions);
  const environment = isTrusted ? null : passEnvironment(permissions.env);
  const folder = new PrivateFolder("session");
  const path = folder.write("deno.json", writeConfig(config));
  return {
    args: [
      `--config=${path}`,
      "--no-lock",
      // Else Deno says in the first cell that they are old.
      ...config.compilerOptions.experimentalDecorators ? ["--quiet"] : [],
    ],
    environment,
    closed: {
      read: [folder.parent, ...links.read],
      write: [folder.parent, ...links.write],
    },
    async dispose() {
      folder[Symbol.dispose]();
      await removeStorage(path, environment ?? passEnvironment());
    },
  };
}

/**
 * Removes what cells have kept in `localStorage` and `caches`: Deno keeps it by
 * the address of the configuration, which no other session has.
 */
async function removeStorage(
  configPath: string,
  environment: Environment,
): Promise<void> {
  const root = denoFolder(environment, Deno.build.os);
  if (root === null) return;
  const key = new TextEncoder().encode(toFileUrl(configPath));
  const digest = await crypto.subtle.digest("SHA-256", key);
  const name = new Uint8Array(digest).toHex();
  for (const folder of ["location_data", join("location_data", "web_cache")]) {
    try {
      await Deno.remove(join(root, folder, name), { recursive: true });
    } catch {
      // Most cells keep nothing.
    }
  }
}

const NOTHING: ClosedPaths = { read: [], write: [] };
/** Folders of the program itself that cells may read. */
export const READABLE: readonly string[] = ["./host/", "../mod.ts", "../lib/"]
  .map((path) => fromFileUrl(import.meta.resolve(path)));
