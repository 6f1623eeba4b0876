/**
 * Ends processes of a session, and nobody else's.
 * @module
 */
import type { Census, Mark, ProcessFacts, ProcessId } from "./census.ts";
import { isSame, listKin } from "./kin.ts";

/** Who is to end. */
export interface EndingOptions {
  /** Where processes are looked up. */
  readonly census: Census;
  /** Processes that are to end with all that belongs to them. */
  readonly roots: readonly ProcessId[];
  /** Those that are marked end as well, when there is one. */
  readonly mark?: Mark;
}

/**
 * Ends processes and what belongs to them, until none is left.
 *
 * Some may start others while we look: so it looks again until nobody is there.
 *
 * @param options Who is to end.
 * @returns How many were found at first.
 */
export async function endKin(options: EndingOptions): Promise<number> {
  let found = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const kin = findKin(options);
    if (round === 0) found = kin.length;
    if (kin.length === 0) break;
    for (const process of kin) endOne(options.census, process);
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
  return found;
}

/**
 * Looks for processes and what belongs to them.
 *
 * @param options Who is looked for.
 */
export function findKin(
  { census, roots, mark }: EndingOptions,
): readonly ProcessFacts[] {
  return listKin(census.list(mark), roots);
}

/** Its number may have become another's since it was found: looked up once more. */
function endOne(census: Census, process: ProcessId): void {
  const now = census.find(process.pid);
  if (now === null || !isSame(now, process)) return;
  try {
    Deno.kill(process.pid, "SIGKILL");
  } catch {
    // It has ended already, which is what was wanted.
  }
}

const MAX_ROUNDS = 100;
const ROUND_MS = 5;
