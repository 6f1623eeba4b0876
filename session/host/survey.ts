/**
 * What lives in this process that nobody announced: timers, and who is at which
 * lock of the helper library.
 *
 * Asked a few times a second while somebody looks, and never by a cell.
 * @module
 */
import type { SessionEvent } from "../../protocol/session.ts";
import { append, bare, isArray, TheString } from "./intrinsics.ts";
import { listTimers } from "./timers.ts";

type Survey = Extract<SessionEvent, { type: "survey" }>;
type Lock = Survey["locks"][number];

let listLocks: (() => readonly Lock[]) | null = null;

/** Takes what tells of the library's locks; its first lock brings it. */
export function takeLocks(list: () => readonly Lock[]): void {
  listLocks = list;
}

/** Looks around. */
export function survey(surveyId: number): Survey {
  const timers = listTimers();
  return { type: "survey", surveyId, timers, locks: readLocks() };
}

/** Only those that somebody is at. What a cell has broken is left out. */
function readLocks(): Lock[] {
  const locks: Lock[] = [];
  try {
    const all = listLocks?.();
    if (!isArray(all)) return locks;
    for (let i = 0; i < all.length && locks.length < MAX_LOCKS; i++) {
      const { lock, holders, waiters } = all[i] as Lock;
      if (holders.length + waiters.length === 0) continue;
      append(
        locks,
        bare({
          lock: TheString(lock),
          holders: names(holders),
          waiters: names(waiters),
        }),
      );
    }
  } catch {
    // It is the cell's library that does not answer, and the cell's loss.
  }
  return locks;
}

function names(list: readonly string[]): string[] {
  const read: string[] = [];
  for (let i = 0; i < list.length && i < MAX_NAMES; i++) {
    append(read, TheString(list[i]));
  }
  return read;
}

const MAX_LOCKS = 50;
const MAX_NAMES = 20;
