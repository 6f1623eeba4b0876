/**
 * Sends what the console prints to the cell that printed it.
 *
 * Deno's own formatting is kept: a second console of the same class prints
 * through us, and its methods take the place of the first one's, so that code
 * which holds the console object, or one of its inspectors, goes on working.
 * @module
 */

import type { WriteStream } from "./frames.ts";

interface ConsoleInternals {
  readonly Console: new (
    print: (text: string, level: number) => void,
  ) => Record<string, unknown>;
}

/**
 * Replaces the methods of the global console.
 *
 * @param write Where text goes.
 */
export function installConsole(write: WriteStream): void {
  const { Console } = internals();
  const printer = new Console((text, level) =>
    write(level >= WARNING_LEVEL ? "stderr" : "stdout", text)
  );
  const target = console as unknown as Record<string, unknown>;
  for (const [name, method] of Object.entries(printer)) {
    if (typeof method === "function") target[name] = method;
  }
}

/** Deno shows its console class to its own tests only; there is no other way to it. */
function internals(): ConsoleInternals {
  const key = (Deno as unknown as { internal: symbol }).internal;
  return (Deno as unknown as Record<symbol, ConsoleInternals>)[key]!;
}

const WARNING_LEVEL = 2;
