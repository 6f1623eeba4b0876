/**
 * For tests: the interpreters of this machine, and tests that say why they are skipped.
 *
 * Looks into the folder of pyenv too, whose versions have no name on the path.
 * @module
 */
import { findPython, pythons } from "./interpreter.ts";
import { isSupported, type PythonInterpreter } from "./interpreter.ts";

/** What a test needs of an interpreter. */
export interface PythonNeed {
  /** In words, for the reason why a test is skipped. */
  readonly words: string;
  /** Whether an interpreter has it. */
  readonly has: (python: PythonInterpreter) => boolean;
}

/** Any interpreter that runs cells. */
export const ANY: PythonNeed = {
  words: "CPython 3.9 or newer",
  has: () => true,
};

/** One whose interpreters have a lock each. */
export const APART: PythonNeed = {
  words: "CPython 3.12 or newer",
  has: ({ subinterpreters }) => subinterpreters !== null,
};

/** One that has none. */
export const TOGETHER: PythonNeed = {
  words: "CPython 3.9 to 3.11",
  has: ({ subinterpreters }) => subinterpreters === null,
};

/** One without a global lock. */
export const FREE: PythonNeed = {
  words: "a free-threaded build, such as python3.14t",
  has: ({ gil }) => !gil,
};

/** All interpreters here that run cells, newest last. */
export const PYTHONS: readonly PythonInterpreter[] = await listPythons();

/**
 * Makes a test for the first interpreter that has what it needs.
 *
 * @param name Name of the test; says so where none is here.
 * @param need What it needs.
 * @param run The test, given the interpreter's path.
 */
export function testPython(
  name: string,
  need: PythonNeed,
  run: (python: string, known: PythonInterpreter) => Promise<void>,
): void {
  const found = PYTHONS.find(need.has);
  Deno.test({
    name: found ? name : `${name} (skipped: ${need.words} is not here)`,
    ignore: found === undefined,
    fn: () => run(found!.executable, found!),
  });
}

async function listPythons(): Promise<readonly PythonInterpreter[]> {
  const found = new Map<string, PythonInterpreter>();
  for (const python of await pythons()) found.set(python.executable, python);
  for (const path of listPyenv()) {
    const asked = await findPython(path);
    if (asked.type === "found") {
      found.set(asked.python.executable, asked.python);
    }
  }
  return [...found.values()].filter(({ version, implementation }) =>
    isSupported(version) && implementation === "CPython"
  );
}

function listPyenv(): readonly string[] {
  const root = Deno.env.get("PYENV_ROOT") ?? `${Deno.env.get("HOME")}/.pyenv`;
  try {
    return [...Deno.readDirSync(`${root}/versions`)].map(({ name }) =>
      `${root}/versions/${name}/bin/python3`
    ).toSorted();
  } catch {
    // Most machines have no pyenv.
    return [];
  }
}
