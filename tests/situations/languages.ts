/**
 * Situations with Python beside: threads under a GIL, and without one.
 *
 * Where there is no such interpreter, its situations are left out with a printed
 * reason.
 * @module
 */
import { compare } from "../../lib/measure/compare/compare.ts";
import { ANY, FREE, PYTHONS } from "../../lib/run/python/test_python.ts";
import { burn, napInCall, read } from "./read_result.ts";
import type { Situation } from "./situation.ts";

const MODELS = ["sequential", "python-sequential", "python-threads"] as const;
const BURN = `def burn(rounds):
    x = 1
    for i in range(rounds):
        x = (x * 31 + i) % 1000003
    return x
`;
const NAP = `import time
def nap(ms):
    time.sleep(ms / 1000)
    return ms
`;

const withLock = PYTHONS.find((python) => ANY.has(python) && python.gil);
const free = PYTHONS.find(FREE.has);

/** Comparing with Python. */
export const LANGUAGES: readonly Situation[] = [
  ...withLock === undefined ? leaveOut(ANY.words) : [
    {
      name: "Python threads that compute take turns under the GIL",
      run: async () =>
        await read(
          await compare(burn, {
            inputs: [4e5, 4e5],
            python: { code: BURN, python: withLock.executable },
            models: MODELS,
            samples: 4,
          }),
        ),
      must: [/has a GIL, so one thread at a time runs Python code/],
      never: [/free-threaded, so threads run/, /although .* has a GIL/],
    },
    {
      name: "Python threads that sleep keep nobody from running",
      run: async () =>
        await read(
          await compare(napInCall, {
            inputs: [60, 60, 60],
            python: { code: NAP, python: withLock.executable },
            models: MODELS,
            samples: 4,
          }),
        ),
      must: [/a thread that waits keeps nobody from running/],
      never: [/one thread at a time runs Python code/],
    },
  ],
  ...free === undefined ? leaveOut(FREE.words) : [
    {
      name: "Python threads without a GIL compute at once",
      run: async () =>
        await read(
          await compare(burn, {
            inputs: [4e5, 4e5],
            python: { code: BURN, python: free.executable },
            models: MODELS,
            samples: 4,
          }),
        ),
      never: [/has a GIL, so one thread/],
    },
  ],
];

function leaveOut(words: string): readonly Situation[] {
  // deno-lint-ignore no-console -- A situation that is left out says so.
  console.warn(`situations left out: ${words} is not here`);
  return [];
}
