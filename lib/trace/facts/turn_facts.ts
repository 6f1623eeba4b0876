/**
 * What turns of the event loop show, in words.
 *
 * Pure: turns in, sentences out.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import type { LoopRun, LoopTurn } from "../../base/record/mod.ts";

/** Whether something is a microtask: it runs before the loop has its next turn. */
export function isMicrotask({ kind }: LoopRun): boolean {
  return kind === "promise" || kind === "microtask" || kind === "nextTick";
}

/** From the begin of a turn's first run to the end of its last. Units: milliseconds. */
export function lengthOfTurn({ runs }: LoopTurn): number {
  return (runs.at(-1)?.endMs ?? 0) - (runs[0]?.startMs ?? 0);
}

export function describeTurns(turns: readonly LoopTurn[]): readonly string[] {
  const runs = turns.flatMap(({ runs }) => runs);
  if (runs.length === 0) return ["Nothing of this run was seen to run."];
  const micro = runs.filter(isMicrotask).length;
  const longest = turns.reduce((long, turn) =>
    lengthOfTurn(turn) > lengthOfTurn(long) ? turn : long
  );
  const fullest = turns.reduce((full, turn) =>
    countMicro(turn) > countMicro(full) ? turn : full
  );
  const most = countMicro(fullest);
  return [
    `The event loop had ${count(turns.length, "turn")}, in which ` +
    `${count(runs.length - micro, "callback")} and ${
      count(micro, "microtask")
    } ran.`,
    `The longest was turn ${turns.indexOf(longest) + 1}, with ${
      formatDuration(lengthOfTurn(longest))
    }: nothing else had the thread meanwhile.`,
    ...most < 2 ? [] : [
      `In turn ${turns.indexOf(fullest) + 1}, ${most} microtasks ran before ` +
      `the loop had its next turn.`,
    ],
    "Not seen by themselves: callbacks of ports, events and streams; they are " +
    "part of what calls them.",
  ];
}

/** Says each turn in a line, for readers without the picture. */
export function listTurns(turns: readonly LoopTurn[]): readonly string[] {
  return turns.map(({ cause, runs }, i) =>
    `Turn ${i + 1} (${cause}): ${runs.map(describeRun).join("; ")}.`
  );
}

function describeRun({ kind, label, site, startMs, endMs }: LoopRun): string {
  const place = site === undefined ? "" : ` at ${site}`;
  return `${kind} ${label}${place}, ${formatDuration(endMs - startMs)}`;
}

function countMicro({ runs }: LoopTurn): number {
  return runs.filter(isMicrotask).length;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
