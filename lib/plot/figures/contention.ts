/**
 * The picture of contention: for each lock who held it, who was blocked, and how
 * many at once. It is a timeline whose groups are locks. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import type { Recording } from "../../base/record/mod.ts";
import {
  type Figure,
  makeFigure,
  makeParagraph,
  titleOf,
} from "../core/mod.ts";
import { describeContention } from "../../explain/mod.ts";
import { type LockFacts, measureLocks } from "../../trace/facts/mod.ts";
import { sceneBlocks, type SceneSource, zoomScript } from "./scene.ts";

export function lockContentionFigure(recording: Recording): Figure {
  const locks = measureLocks(recording).filter(({ holds, waits }) =>
    holds.length + waits.length > 0
  );
  const drawn = locks.slice(0, MAX_LOCKS);
  const hidden = locks.length - drawn.length;
  const source = contentionSource(drawn, recording);
  const words = locks.map((facts) =>
    `${facts.lock}: ${describeLock(facts, recording).join("; ")}.`
  );
  return makeFigure({
    title: titleOf(recording, "who held a lock and who waited"),
    alt: words.join("\n") || "No lock was used.",
    findings: describeContention(locks),
    captions: hidden > 0
      ? [`${hidden} more locks, less waited for, are not drawn.`]
      : [],
    draw: (paper) =>
      locks.length === 0
        ? [makeParagraph("No lock was used.", "body", paper)]
        : sceneBlocks(source, paper),
    live: (paper) => zoomScript(source, paper),
  });
}

function contentionSource(
  locks: readonly LockFacts[],
  recording: Recording,
): SceneSource {
  const idOf = (lock: string, thread: string) => `${lock} ${thread}`;
  return {
    groups: locks.map((facts) => ({
      name: facts.lock,
      note: describeLock(facts, recording).join(" · "),
      look: "skein-held",
      endMs: null,
    })),
    lanes: locks.flatMap((facts, group) =>
      threadsOf(facts).map((name) => ({
        id: idOf(facts.lock, name),
        name,
        group,
        depth: 0,
      }))
    ),
    spans: locks.flatMap(({ lock, holds, waits }) => [
      ...waits.map(({ lane, startMs, endMs }) => ({
        lane: idOf(lock, lane),
        state: "blocked" as const,
        startMs,
        endMs,
      })),
      ...holds.map(({ label = UNKNOWN, startMs, endMs }) => ({
        lane: idOf(lock, label),
        state: "held" as const,
        startMs,
        endMs,
      })),
    ]),
    links: [],
    counters: locks.filter(({ most }) => most > 0).map((
      { lock, waiters },
    ) => ({ name: `waiting for ${lock}`, unit: "at once", samples: waiters })),
    marks: [],
    durationMs: recording.durationMs,
  };
}

/** In the order in which they came. */
function threadsOf({ holds, waits }: LockFacts): readonly string[] {
  const seen = [
    ...holds.map(({ startMs, label }) => ({ startMs, name: label ?? UNKNOWN })),
    ...waits.map(({ startMs, lane }) => ({ startMs, name: lane })),
  ].toSorted((a, b) => a.startMs - b.startMs);
  return [...new Set(seen.map(({ name }) => name))];
}

function describeLock(
  { heldMs, waitedMs, holds, most }: LockFacts,
  { durationMs }: Recording,
): readonly string[] {
  const share = durationMs > 0
    ? `, ${formatPercent(heldMs / durationMs)} of the time`
    : "";
  return [
    `held ${holds.length}× for ${formatDuration(heldMs)}${share}`,
    most === 0
      ? "nobody waited"
      : `waited ${formatDuration(waitedMs)}, up to ${most} at once`,
  ];
}

const UNKNOWN = "unknown holder";
const MAX_LOCKS = 8;
