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

/**
 * Lists the processes that belong to some, they themselves included: their
 * descendants, those that are marked and the descendants of these, and who is
 * in a group that one of them leads. What has ended is left out.
 *
 * A group whose leader has gone proves nothing: its number may be another's now.
 *
 * @param all All processes.
 * @param roots Those known to belong.
 */
export function listKin(
  all: readonly ProcessFacts[],
  roots: readonly ProcessId[],
): readonly ProcessFacts[] {
  const related = new Map<number, ProcessFacts[]>();
  const relate = (to: number, facts: ProcessFacts) => {
    const others = related.get(to);
    if (others === undefined) related.set(to, [facts]);
    else others.push(facts);
  };
  for (const facts of all) {
    relate(facts.parent, facts);
    if (facts.group !== facts.pid) relate(facts.group, facts);
  }
  const kin = new Set<ProcessFacts>();
  const open = all.filter((facts) =>
    facts.isMarked || roots.some((root) => isSame(root, facts))
  );
  for (let facts; (facts = open.pop()) !== undefined;) {
    if (kin.has(facts)) continue;
    kin.add(facts);
    open.push(...related.get(facts.pid) ?? []);
  }
  return [...kin].filter(({ isEnded }) => !isEnded);
}
