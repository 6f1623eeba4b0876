/**
 * Asks the search what real threads can do: which ways to end have a schedule,
 * and which fail.
 * @module
 */
import { explore } from "../explore.ts";
import type { RaceProgram } from "../program.ts";
import type { RaceResult } from "../result.ts";

/** Explores a program for a while; the reason in words if it can not be. */
export async function search<S extends object>(
  program: RaceProgram<S>,
  { maxMs, signal }: {
    readonly maxMs: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<RaceResult | string> {
  try {
    return await explore(program, {
      maxMs,
      workers: false,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    // The program runs on real threads all the same: only its schedules are unknown.
    signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

/** The sentence for what is missing then. */
export function describeUnsearched(reason: string): string {
  return `Schedules are missing: ${reason}`;
}
