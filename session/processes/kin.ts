/**
 * Which processes are a session's own. Pure.
 *
 * What a session says of its processes is not asked: a cell can make it say
 * anything, such as that process 1 were one of its children.
 * @module
 */
import type { ProcessFacts, ProcessId } from "./census.ts";

/**
 * Tells whether two are the same process, and not two with the same number.
 *
 * @param a One.
 * @param b The other.
 */
export function isSame(a: ProcessId, b: ProcessId): boolean {
  return a.pid === b.pid && a.stamp === b.stamp;
}

/**
 * Decides whether a process that a session names is to be believed its child.
 *
 * @param pid The id that it names.
 * @param found What the system tells of that process, if there is one.
 * @param session Id of the session's process.
 */
export function isChild(
  pid: number,
  found: ProcessFacts | null,
  session: number,
): found is ProcessFacts {
  return Number.isInteger(pid) && pid > 1 && found !== null &&
    found.pid === pid && found.parent === session;
}

/** Who is looked for: see {@link listKin}. */
export interface KinQuestion {
  /** Processes known to belong. */
  readonly roots: readonly ProcessId[];
  /** Tells of any other whether it is marked. */
  readonly isMarked: (process: ProcessFacts) => boolean;
  /** The POSIX session that we are in ourselves, and with us who knows. */
  readonly ownSession: number;
}

/**
 * Lists the processes that belong to some, they themselves included: their
 * descendants, those that are marked, and who is in a POSIX session of one of
 * them. What has ended is left out.
 *
 * A group whose leader has gone may be one that a stranger has led; but nobody
 * joins a POSIX session from outside, and while one member lives, its number is
 * given to no other.
 *
 * @param all All processes.
 * @param question Who is looked for.
 */
export function listKin(
  all: readonly ProcessFacts[],
  { roots, isMarked, ownSession }: KinQuestion,
): readonly ProcessFacts[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const sessions = Map.groupBy(all, ({ session }) => session);
  const kin = new Set<ProcessFacts>();
  const takeIn = (first: ProcessFacts) => {
    const open = [first];
    for (let facts; (facts = open.pop()) !== undefined;) {
      if (kin.has(facts)) continue;
      kin.add(facts);
      for (const child of children.get(facts.pid) ?? []) open.push(child);
      if (facts.session === ownSession) continue;
      for (const member of sessions.get(facts.session) ?? []) open.push(member);
      // Once is enough: they are all in the list now.
      sessions.delete(facts.session);
    }
  };
  for (const facts of all) {
    if (roots.some((root) => isSame(root, facts))) takeIn(facts);
  }
  for (const facts of all) {
    if (!kin.has(facts) && isMarked(facts)) takeIn(facts);
  }
  return [...kin].filter(({ isEnded }) => !isEnded);
}
