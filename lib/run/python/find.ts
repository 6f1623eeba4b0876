/**
 * Finds Python interpreters on this machine.
 *
 * Asks each what it is once, and remembers. What is asked is in
 * `interpreter.ts`. Nothing prompts: what is not permitted is not found, and
 * the reason says so.
 * @module
 */

import { system } from "../../platform/mod.ts";
import {
  isSupported,
  listCommands,
  parseProbe,
  PROBE,
  type PythonInterpreter,
} from "./interpreter.ts";

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
