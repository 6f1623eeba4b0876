/**
 * The marks of schedules: threads, ends, and the line of code that a step is of.
 * Pure.
 * @module
 */
import type { RaceStep } from "../../race/mod.ts";
import { roundPx, type TextRun, THREADS } from "../core/mod.ts";

/** The class of a thread's colour; its character tells it apart from others too. */
export function threadLook(thread: number): string {
  return `skein-thread-${thread % THREADS.length}`;
}

/** A tick, or a cross. */
export function endMark(
  hasFailed: boolean,
  place: readonly [x: number, y: number],
): string {
  const [x, y] = place.map(roundPx) as [number, number];
  return hasFailed
    ? `<path class="skein-mark skein-fail" d="M${x - 4} ${
      y - 4
    }l8 8m0 -8l-8 8"/>`
    : `<path class="skein-mark skein-pass" d="M${
      x - 4.5
    } ${y}l3.2 3.6l5.8 -7.6"/>`;
}

/** The end of a schedule of which nothing says what must hold. */
export function plainMark([x, y]: readonly [x: number, y: number]): string {
  return `<circle class="skein-mark skein-branch" cx="${roundPx(x)}" cy="${
    roundPx(y)
  }" r="3.6"/>`;
}

/** Several schedules of which some fail. */
export function mixedMark(place: readonly [x: number, y: number]): string {
  const [x, y] = place.map(roundPx) as [number, number];
  return `<path class="skein-mark skein-mixed skein-fail" d="M${
    x - 4.5
  } ${y}h0M${x} ${y}h0M${x + 4.5} ${y}h0"/>`;
}

/** The line of a step as it fits; of a function in one line, the step's own place. */
export function codeRuns(
  { source, line, column }: Pick<RaceStep, "source" | "line" | "column">,
  sizePx: number,
  widthPx: number,
): readonly TextRun[] {
  const room = Math.max(4, Math.floor(widthPx / (sizePx * CODE_EM)));
  const look = "skein-code skein-muted";
  const cut = (text: string, most: number) =>
    text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
  // Only the first line begins where columns are counted from.
  if (line !== 1 || source.length <= room) {
    return [{ text: cut(source, room), look }];
  }
  const own = /^[^;{}]*/.exec(source.slice(column - 1))![0].trim();
  const before = source.slice(0, column - 1);
  const lead = before === "" ? "" : "…";
  return [{
    text: cut(`${lead}${own === "" ? before : own}`, room),
    look: "skein-code",
  }];
}

const CODE_EM = 0.62;
