/**
 * One arrow of a sequence diagram, and its words where they collide with none.
 *
 * Pure: places in, SVG text out.
 * @module
 */
import { formatDuration, formatShort } from "../time/duration.ts";
import type { SequenceMessage } from "./sequence_layout.ts";
import { fitText, roundPx, textLine, textWidth } from "./text.ts";
import { TYPE } from "./visual.ts";

/** A place that words take, pixels. */
export interface Box {
  /** Left edge. */
  readonly left: number;
  /** Right edge. */
  readonly right: number;
  /** Upper edge. */
  readonly top: number;
  /** Lower edge. */
  readonly bottom: number;
}

/** Where an arrow goes, pixels. */
export interface Course {
  /** Lifeline it leaves. */
  readonly fromX: number;
  /** Lifeline it reaches. */
  readonly toX: number;
  /** When it left. */
  readonly fromY: number;
  /** When it arrived. */
  readonly toY: number;
  /** All lifelines, from left to right: words stand between two of them. */
  readonly stops: readonly number[];
}

/**
 * Draws an arrow, and its words at the first of some places where nothing stands.
 *
 * @param message What passed.
 * @param course Where it goes.
 * @param taken Places of words so far; a new one is added.
 * @returns The arrow and its words, empty if there was no room.
 */
export function drawMessage(
  message: SequenceMessage,
  course: Course,
  taken: Box[],
): {
  readonly line: string;
  readonly words: string;
  readonly hasWords: boolean;
} {
  const { kind, label, bytes, startMs, endMs } = message;
  const side = course.fromX < course.toX ? 1 : -1;
  const [fromX, toX] = [course.fromX + side * 6, course.toX - side * 6];
  const { fromY, toY } = course;
  const length = Math.hypot(toX - fromX, toY - fromY);
  const [ux, uy] = [(toX - fromX) / length, (toY - fromY) / length];
  const [backX, backY] = [toX - ux * 7, toY - uy * 7];
  const path = `M${roundPx(fromX)} ${roundPx(fromY)}L${roundPx(backX)} ${
    roundPx(backY)
  }`;
  const line =
    `<path class="skein-link skein-link-${kind}" fill="none" d="${path}"/>` +
    `<path class="skein-head skein-link-${kind}" d="M${roundPx(toX)} ${
      roundPx(toY)
    }L${roundPx(backX - uy * 3)} ${roundPx(backY + ux * 3)}L${
      roundPx(backX + uy * 3)
    } ${roundPx(backY - ux * 3)}Z"/>`;

  const size = bytes === undefined ? [] : [formatBytes(bytes)];
  const name = label === undefined ? [] : [label];
  const transit = [formatDuration(endMs - startMs)];
  const gaps = findGaps(course);
  const room = Math.max(...gaps.map(([left, right]) => right - left)) - 2;
  const type = { sizePx: TYPE.caption, widthPx: room };
  const text = [[...name, ...size, ...transit], [...name, ...size], name, size]
    .map((parts) => parts.join(" · "))
    .find((words) => words !== "" && textWidth(words, TYPE.caption) <= room) ??
    (room > 40 ? fitText(label ?? "", type) : "");
  if (text === "") return { line, words: "", hasWords: label !== undefined };
  const width = textWidth(text, TYPE.caption);
  for (const middleX of placeWords(gaps, width)) {
    const part = (middleX - fromX) / (toX - fromX);
    const y = fromY + (toY - fromY) * part - 4;
    const slope = Math.abs(uy / ux) * width / 2;
    const box = {
      left: middleX - width / 2,
      right: middleX + width / 2,
      top: y - slope - 9,
      bottom: y - slope + 3,
    };
    const isFree = taken.every((other) =>
      box.right < other.left || box.left > other.right ||
      box.bottom < other.top || box.top > other.bottom
    );
    if (!isFree) continue;
    taken.push(box);
    const words = textLine(text, [middleX, y - slope], {
      sizePx: TYPE.caption,
      anchor: "middle",
      look: "skein-halo skein-thin-halo",
    });
    return { line, words, hasWords: true };
  }
  return { line, words: "", hasWords: true };
}

/** Room between neighbouring lifelines on an arrow's way; the nearest to its sender first. */
function findGaps(
  { fromX, toX, stops }: Course,
): readonly (readonly [left: number, right: number])[] {
  const [left, right] = [Math.min(fromX, toX), Math.max(fromX, toX)];
  const passed = stops.filter((x) => x >= left && x <= right);
  const gaps = passed.slice(1).map((x, index) =>
    [passed[index]! + LANE_PX, x - LANE_PX] as const
  );
  return fromX < toX ? gaps : gaps.toReversed();
}

/** Middles at which words may stand: in each gap its own, then left and right of that. */
function placeWords(
  gaps: readonly (readonly [left: number, right: number])[],
  widthPx: number,
): readonly number[] {
  return [0.5, 0, 1].flatMap((part) =>
    gaps.map(([left, right]) =>
      left + widthPx / 2 + (right - left - widthPx) * part
    )
  );
}

/**
 * Writes a size with its unit.
 *
 * Units: bytes; multiples of 1024.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(formatBytes(1536), "1.5 KiB");
 * ```
 *
 * @param bytes The size.
 * @returns Such as `64 B` or `1.43 MiB`.
 */
export function formatBytes(bytes: number): string {
  const power = bytes < 1024
    ? 0
    : bytes < 1024 ** 2
    ? 1
    : bytes < 1024 ** 3
    ? 2
    : 3;
  return `${formatShort(bytes / 1024 ** power)} ${
    ["B", "KiB", "MiB", "GiB"][power]
  }`;
}

// Half a lifeline with what happens on it, and some air.
const LANE_PX = 8;
