/**
 * Which environment variables reach a process that works for a notebook which
 * is not trusted.
 *
 * A variable may hold a secret, and a package registry's settings or a program
 * could send it away; so only those pass that are needed to find files, show
 * text and reach a registry, and those that the user has named. Pure, but for
 * {@link passEnvironment}: whoever starts a process hands its own environment
 * over unless it says otherwise, so it is asked here what is to be said.
 * @module
 */

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string>>;

/**
 * Picks from this process's own environment.
 *
 * @param granted Names that the user has named; `*` for all.
 */
export function passEnvironment(
  granted: readonly string[] = [],
): Record<string, string> {
  return pickEnvironment(Deno.env.toObject(), granted);
}

/**
 * Picks the variables that pass.
 *
 * @param all All there are.
 * @param granted Names that the user has named; a `*` at the end stands for
 *   any ending, as in Deno's option.
 */
export function pickEnvironment(
  all: Environment,
  granted: readonly string[] = [],
): Record<string, string> {
  // On Windows, names differ in case.
  const wanted = [...PASSED, ...granted].map((name) => name.toUpperCase());
  const isWanted = (name: string) =>
    wanted.some((one) =>
      one === name || one.endsWith("*") && name.startsWith(one.slice(0, -1))
    );
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => isWanted(name.toUpperCase())),
  );
}

/**
 * Finds the folder in which Deno keeps what it has loaded.
 *
 * @param environment Environment variables.
 * @param os The system, as `Deno.build.os` has it.
 * @returns The path; `null` when nothing tells.
 */
export function denoFolder(
  environment: Environment,
  os: typeof Deno.build.os,
): string | null {
  const { DENO_DIR, HOME, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  if (DENO_DIR) return DENO_DIR;
  if (os === "windows") return LOCALAPPDATA ? `${LOCALAPPDATA}\\deno` : null;
  if (os === "darwin") return HOME ? `${HOME}/Library/Caches/deno` : null;
  if (XDG_CACHE_HOME?.startsWith("/")) return `${XDG_CACHE_HOME}/deno`;
  return HOME ? `${HOME}/.cache/deno` : null;
}

const PASSED = [
  // Where things are.
  "HOME",
  "PATH",
  "TMPDIR",
  "TMP",
  "TEMP",
  "XDG_CACHE_HOME",
  "DENO_DIR",
  // How text looks.
  "LANG",
  "LC_*",
  "TZ",
  "TERM",
  "COLORTERM",
  "NO_COLOR",
  "FORCE_COLOR",
  // How registries are reached.
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "NPM_CONFIG_REGISTRY",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  // Without them no program starts on Windows.
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
];
