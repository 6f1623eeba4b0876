/**
 * Who waited for what when a run was ended by its time limit or by an abort.
 *
 * Pure: what was known at that moment in, entries and words out.
 * @module
 */
import type { Context, NamedWait } from "../own_lanes.ts";
import type { LockSnapshot, Stuck } from "../../base/record/mod.ts";

/**
 * Lists who waited.
 *
 * A task that waits for its own tasks is not listed, as those are; the main
 * thread is, if no task is.
 */
export function listStuck(
  locks: readonly LockSnapshot[],
  contexts: readonly Context[],
  waits: readonly NamedWait[],
  jobs: ReadonlyMap<string, string> = new Map(),
): readonly Stuck[] {
  const atLocks = locks.filter(({ waiters }) => waiters.length > 0)
    .map(({ lock, waiters, ...rest }): Stuck => {
      const more = describeLock({ waiters, ...rest });
      return { lanes: waiters, at: lock, ...(more === "" ? {} : { more }) };
    });
  const listed = new Set(atLocks.flatMap(({ lanes }) => lanes));
  const open = contexts.filter(({ endMs }) => endMs === Infinity);
  const parents = new Set(
    open.map(({ lane, parent }) =>
      parent?.lane === lane ? undefined : parent?.lane
    ),
  );
  const lanes = new Set(
    open.map(({ lane }) => lane)
      .filter((lane) => !parents.has(lane) && !listed.has(lane)),
  );
  const [root] = contexts;
  // What it waits for is told already.
  if (root !== undefined && listed.size > 0) lanes.delete(root.lane);
  const named = Map.groupBy(
    lanes,
    (lane) =>
      waits.findLast(({ context, endMs }) =>
        context.lane === lane && endMs === Infinity
      )?.reason,
  );
  return [
    ...atLocks,
    ...[...jobs].filter(([lane]) => !listed.has(lane))
      .map(([lane, job]): Stuck => ({ lanes: [lane], job })),
    ...[...named].map(([reason, lanes]): Stuck =>
      reason === undefined ? { lanes } : { lanes, at: reason }
    ),
  ];
}

export function listOpen(contexts: readonly Context[]): string[] {
  return contexts.filter(({ endMs, lane, parent }) =>
    endMs === Infinity && parent !== null && parent.lane !== lane
  ).map(({ lane }) => lane);
}

/** Says who waited, as a part of a sentence. */
export function describeStuck(stuck: readonly Stuck[]): string {
  return stuck.map(({ lanes, at, job, more }) => {
    const who = lanes.length > MAX_NAMED
      ? `${lanes.slice(0, MAX_NAMED - 1).join(", ")} and ${
        lanes.length - MAX_NAMED + 1
      } others`
      : new Intl.ListFormat("en-GB").format(lanes);
    if (job !== undefined) return `${who} has not finished ${job}`;
    const s = lanes.length === 1 ? "s" : "";
    if (at === undefined) {
      return `${who} await${s} a promise that has not settled`;
    }
    const word = /^(lock|barrier|condition|channel) /.test(at) ? "at" : "for";
    return `${who} wait${s} ${word} ${at}${
      more === undefined ? "" : ` (${more})`
    }`;
  }).join("; ");
}

function describeLock(
  { kind, capacity, holders, waiters }: Omit<LockSnapshot, "lock">,
): string {
  if (kind === "Barrier") return `${waiters.length} of ${capacity} are there`;
  if (kind === "Condition") return "nobody notifies it";
  if (kind === "Channel") return "";
  return holders.length === 0 ? "" : `held by ${holders.join(", ")}`;
}

const MAX_NAMED = 4;
