/**
 * Python interpreters on this machine: what is known of one, the program that
 * finds it out, and who is asked.
 *
 * Each is asked once, and remembered. Nothing prompts: what is not permitted is
 * not found, and the reason says so.
 * @module
 */
import { system } from "../../platform/mod.ts";

/** A Python interpreter on this machine, as plain values. */
export interface PythonInterpreter {
  /** How it is started, such as `["python3"]` or `["py", "-3"]`. */
  readonly command: readonly string[];
  /** The file that runs, as Python tells it. */
  readonly executable: string;
  /** Its version, such as `3.13.1`. */
  readonly version: string;
  /** What kind of Python it is, such as `CPython`. */
  readonly implementation: string;
  /** Whether a global interpreter lock is on: one thread at a time runs Python code. */
  readonly gil: boolean;
  /** Whether it was built to run without that lock; its name then ends in `t`. */
  readonly freeThreaded: boolean;
  /** The module that makes interpreters with a lock of their own; `null` if there is none. */
  readonly subinterpreters:
    | "concurrent.interpreters"
    | "_interpreters"
    | "_xxsubinterpreters"
    | null;
  /** Folder for files that are soon gone. */
  readonly temporaryFolder: string;
}

/** The program that tells of an interpreter; runs on Python 2 as well, to say so. */
export const PROBE: string = `
import json, platform, sys, sysconfig, tempfile
def has(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True
names = ["concurrent.interpreters", "_interpreters", "_xxsubinterpreters"]
# Before 3.12 they share one lock.
names = [name for name in names if sys.version_info >= (3, 12) and has(name)]
print(json.dumps({
    "executable": sys.executable,
    "version": platform.python_version(),
    "implementation": platform.python_implementation(),
    "gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
    "freeThreaded": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "subinterpreters": (names + [None])[0],
    "temporaryFolder": tempfile.gettempdir(),
}))
`;

/** Lists how Python may be called here, the usual names first. */
export function listCommands(os: string): readonly (readonly string[])[] {
  const versioned = VERSIONS.map((version) => [`python${version}`]);
  const usual = os === "windows"
    ? [["python3"], ["python"], ["py", "-3"]]
    : [["python3"], ["python"]];
  return [...usual, ...versioned];
}

export function parseProbe(
  command: readonly string[],
  text: string,
): PythonInterpreter | null {
  try {
    const told = JSON.parse(text) as Omit<PythonInterpreter, "command">;
    return typeof told.version === "string" ? { command, ...told } : null;
  } catch {
    // Whatever has the name of Python here, it is none.
    return null;
  }
}

/** Tells whether a version is one that cells can run on. */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || major === 3 && minor >= 9;
}

/** Says in a few words what an interpreter is. */
export function describePython(
  python: Pick<
    PythonInterpreter,
    "version" | "implementation" | "gil" | "freeThreaded"
  >,
): string {
  const { version, implementation, gil, freeThreaded } = python;
  const lock = gil
    ? freeThreaded ? "free-threaded, but its GIL is on" : "with a GIL"
    : "free-threaded, no GIL";
  return `${implementation} ${version}, ${lock}`;
}

/** An interpreter, or why there is none. */
export type Found =
  | { readonly type: "found"; readonly python: PythonInterpreter }
  | { readonly type: "missing"; readonly reason: string };

/** Lists the interpreters of this machine; see `pythons()` of `mod.ts`. */
export async function pythons(): Promise<readonly PythonInterpreter[]> {
  const asked = await Promise.all(listCommands(system().build.os).map(ask));
  const byFile = new Map<string, PythonInterpreter>();
  for (const found of asked) {
    if (found.type === "missing") continue;
    const { executable, version, freeThreaded } = found.python;
    const folder = executable.replace(/[^/\\]*$/, "");
    const key = `${folder} ${version} ${freeThreaded}`;
    if (!byFile.has(key)) byFile.set(key, found.python);
  }
  return [...byFile.values()];
}

/** Finds the interpreter to run code with. */
export async function findPython(name?: string): Promise<Found> {
  const missing: Missing[] = [];
  const commands = name === undefined
    ? listCommands(system().build.os)
    : [[name]];
  // One after another: most machines have the first.
  for (const command of commands) {
    const asked = await ask(command);
    if (asked.type === "found") {
      const { version, implementation } = asked.python;
      const isWanted = name !== undefined || implementation === "CPython";
      if (isSupported(version) && isWanted) return asked;
      missing.push({ command, why: `${implementation} ${version}` });
    } else missing.push({ command, why: asked.reason });
  }
  return { type: "missing", reason: explain(missing) };
}

interface Missing {
  readonly command: readonly string[];
  readonly why: string;
}

function explain(missing: readonly Missing[]): string {
  const groups = [...Map.groupBy(missing, ({ why }) => why)].map(
    ([why, found]) =>
      `${found.map(({ command }) => command.join(" ")).join(", ")}: ${why}`,
  );
  return `Cannot find Python: ${groups.join("; ")}; ` +
    `expected CPython 3.9 or newer`;
}

/** Asks once; what was not found may be installed meanwhile, so is asked again. */
function ask(command: readonly string[]): Promise<Found> {
  const key = command.join(" ");
  const known = KNOWN.get(key);
  if (known) return known;
  const asked = probe(command);
  KNOWN.set(key, asked);
  asked.then((found) => {
    if (found.type === "missing") KNOWN.delete(key);
  });
  return asked;
}

async function probe(command: readonly string[]): Promise<Found> {
  const [program = "", ...args] = command;
  const missing = (reason: string): Found => ({ type: "missing", reason });
  if (!await mayRun(program)) {
    return missing(
      "not permitted, allow one with `skein run --allow-run=python3`",
    );
  }
  try {
    const { code, stdout } = await new (system().Command)(program, {
      args: [...args, "-c", PROBE],
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.timeout(PROBE_MS),
    }).output();
    const python = parseProbe(command, new TextDecoder().decode(stdout));
    if (python === null) {
      return missing(`it tells no version, and ends with code ${code}`);
    }
    return { type: "found", python: await shorten(python) };
  } catch (error) {
    if (error instanceof system().errors.NotFound) return missing("not there");
    return missing(`it cannot be started (${String(error)})`);
  }
}

/** Names of a version manager are scripts, which take longer than Python to start. */
async function shorten(python: PythonInterpreter): Promise<PythonInterpreter> {
  const isKnown = python.executable !== "" && await mayRun(python.executable);
  return isKnown ? { ...python, command: [python.executable] } : python;
}

async function mayRun(command: string): Promise<boolean> {
  const { state } = await system().permissions.query({ name: "run", command });
  return state === "granted";
}

const KNOWN = new Map<string, Promise<Found>>();
// A cold disk may take a second; longer is no interpreter.
const PROBE_MS = 10_000;
const VERSIONS = [
  "3.14t",
  "3.14",
  "3.13t",
  "3.13",
  "3.12",
  "3.11",
  "3.10",
  "3.9",
];
