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
    killKin(options.census, kin);
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
  const ownSession = census.find(Deno.pid)?.session ?? 0;
  const isMarked = (process: ProcessFacts) =>
    mark !== undefined && census.hasMark(process, mark);
  return listKin(census.list(), { roots, isMarked, ownSession });
}

/**
 * Ends processes that were found to be kin, by whole groups: one that starts
 * others all the time has no time to.
 *
 * A number may have become another's since: each is looked up once more.
 *
 * @param census Where they are looked up.
 * @param kin The processes.
 */
export function killKin(
  census: Census,
  kin: readonly ProcessFacts[],
): void {
  const ownSession = census.find(Deno.pid)?.session;
  const done = new Set<number>();
  for (const process of kin) {
    if (done.has(process.group)) continue;
    const now = census.find(process.pid);
    if (now === null || !isSame(now, process)) continue;
    const isOurGroup = now.session !== ownSession;
    if (isOurGroup) done.add(now.group);
    try {
      Deno.kill(isOurGroup ? -now.group : now.pid, "SIGKILL");
    } catch {
      // It has ended already, which is what was wanted.
    }
  }
}

const MAX_ROUNDS = 100;
const ROUND_MS = 5;
