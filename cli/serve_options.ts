/**
 * Where and for whom `skein serve` listens, from the command line. Pure, but for
 * the token that it makes.
 * @module
 */
import { quote } from "./quote.ts";
import type { Terminal } from "./run.ts";
import { type Arguments, type OptionUsage, UsageError } from "./usage.ts";

/** The options. */
export const SERVE_OPTIONS: Readonly<Record<string, OptionUsage>> = {
  port: {
    kind: "value",
    value: "NUMBER",
    help: "Port to listen at (default: one that is free).",
  },
  host: {
    kind: "value",
    value: "ADDRESS",
    help: "Address to listen at (default: 127.0.0.1, this machine only).",
  },
  "allow-host": {
    kind: "values",
    value: "NAME",
    help: "Answer for this host name as well, such as a proxy's.",
  },
  "base-url": {
    kind: "value",
    value: "PATH",
    help: "Path in front of all addresses (default: /).",
  },
  token: {
    kind: "value",
    value: "TEXT",
    help: "What clients have to know (default: SKEIN_TOKEN, else a new one).",
  },
  lab: {
    kind: "flag",
    help: "Serve the JupyterLab and Notebook 7 that are installed.",
  },
  "lab-prefix": {
    kind: "value",
    value: "FOLDER",
    help: "Python environment with JupyterLab (default: it is looked for).",
  },
  hub: {
    kind: "flag",
    help: "Be the server of one user of JupyterHub, which starts this.",
  },
  "idle-minutes": {
    kind: "value",
    value: "MINUTES",
    help: "End kernels that were idle for so long (default: never).",
  },
};

/** What was typed, checked. */
export interface ServeOptions {
  readonly port: number;
  readonly hostname: string;
  readonly hosts: readonly string[];
  readonly basePath: string;
  readonly token: string;
  readonly idleMs: number | null;
}

/**
 * Reads the options.
 *
 * @throws {UsageError} If one is not what is expected.
 */
export function readServeOptions(
  { values, lists }: Pick<Arguments, "values" | "lists">,
  env: Terminal["env"],
): ServeOptions {
  const token = values.token ?? env("SKEIN_TOKEN");
  if (token !== undefined && !/^[\w.~-]{16,256}$/.test(token)) {
    throw new UsageError(
      "Cannot serve: the token is too short or has other characters, expected 16 to 256 letters, digits, _, -, . or ~",
    );
  }
  return {
    port: readPort(values.port, "serve"),
    hostname: values.host ?? "127.0.0.1",
    hosts: (lists["allow-host"] ?? []).flatMap((list) => list.split(",")),
    basePath: readBasePath(values["base-url"] ?? "/"),
    token: token ?? crypto.getRandomValues(new Uint8Array(32)).toHex(),
    idleMs: readIdleMs(values["idle-minutes"]),
  };
}

/**
 * Reads a port.
 *
 * @throws {UsageError} If it is none.
 */
export function readPort(port: string | undefined, verb: string): number {
  if (port === undefined) return 0;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : NaN;
  if (number >= 0 && number < 65_536) return number;
  throw new UsageError(
    `Cannot ${verb}: --port is ${
      quote(port)
    }, expected a whole number up to 65535`,
  );
}

function readBasePath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.some((part) => !/^[\w.~@%+-]+$/.test(part) || /^\.+$/.test(part))) {
    throw new UsageError(
      `Cannot serve: --base-url is ${
        quote(path)
      }, expected a path such as /notebooks/`,
    );
  }
  return parts.length === 0 ? "/" : `/${parts.join("/")}/`;
}

function readIdleMs(text: string | undefined): number | null {
  if (text === undefined) return null;
  const minutes = Number(text);
  if (minutes > 0 && minutes < 1e6) return minutes * 60_000;
  throw new UsageError(
    `Cannot serve: --idle-minutes is ${quote(text)}, expected a number above 0`,
  );
}
