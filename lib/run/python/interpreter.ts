/**
 * What is known of a Python interpreter, and the program that finds it out.
 *
 * Pure: names, texts and parsing. Who runs the program is `find.ts`.
 * @module
 */

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
