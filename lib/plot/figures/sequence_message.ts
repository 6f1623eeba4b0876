/**
 * One arrow of a sequence diagram, and its words where they collide with none.
 *
 * Pure: places in, SVG text out.
 * @module
 */
import { formatBytes, formatDuration } from "../../base/mod.ts";
import { drawArrow, fitText, textLine, textWidth, TYPE } from "../core/mod.ts";
import type { SequenceMessage } from "./sequence_layout.ts";

/** A place that words take, pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** From where to where, pixels. */
export interface Line {
  readonly fromX: number;
  readonly toX: number;
  readonly fromY: number;
  readonly toY: number;
}

/** Where an arrow goes, and what is in its way. */
export interface Course extends Line {
  /** All arrows: words cross as few as they can. */
  readonly lines: readonly Line[];
  /** All lifelines, from left to right: words stand between two of them. */
  readonly stops: readonly number[];
}

/**
 * Draws an arrow, and its words where no other words stand and fewest arrows pass.
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
  const slope = (toY - fromY) / Math.max(1, Math.abs(toX - fromX));
  const line = drawArrow([fromX, fromY], [toX, toY], {
    line: `skein-link skein-link-${kind}`,
    head: `skein-link-${kind} skein-head`,
    sizePx: 7,
  });
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
  const half = Math.abs(slope) * width / 2;
  // Above the arrow or, last, below it; both ways clear of its slope.
  const places = [-4 - half, 13 + half].flatMap((aside) =>
    placeWords(gaps, width).map((middleX): readonly [number, number] => {
      const part = (middleX - fromX) / (toX - fromX);
      return [middleX, fromY + (toY - fromY) * part + aside];
    })
  ).map(([x, y]) => ({
    at: [x, y] as const,
    box: {
      left: x - width / 2,
      right: x + width / 2,
      top: y - 9,
      bottom: y + 3,
    },
  })).filter(({ box }) => taken.every((other) => !touches(box, other)));
  const crossed = places.map(({ box }) =>
    course.lines.filter((other) => crosses(other, box)).length
  );
  const fewest = Math.min(...crossed);
  const best = places[crossed.indexOf(fewest)];
  if (best === undefined || fewest > MAX_CROSSED) {
    return { line, words: "", hasWords: true };
  }
  taken.push(best.box);
  const words = textLine(text, best.at, {
    sizePx: TYPE.caption,
    anchor: "middle",
    look: "skein-halo skein-thin-halo",
  });
  return { line, words, hasWords: true };
}

function touches(one: Box, other: Box): boolean {
  return one.right >= other.left && one.left <= other.right &&
    one.bottom >= other.top && one.top <= other.bottom;
}

/** Whether a line passes through a box: cut to the box's width, it is at its height. */
function crosses({ fromX, toX, fromY, toY }: Line, box: Box): boolean {
  const left = Math.max(box.left, Math.min(fromX, toX));
  const right = Math.min(box.right, Math.max(fromX, toX));
  if (left > right || fromX === toX) return false;
  const height = (x: number) =>
    fromY + (toY - fromY) * (x - fromX) / (toX - fromX);
  const [one, other] = [height(left), height(right)];
  return Math.max(one, other) >= box.top && Math.min(one, other) <= box.bottom;
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

/** Middles at which words may stand: in each gap its own, then its ends, then between. */
function placeWords(
  gaps: readonly (readonly [left: number, right: number])[],
  widthPx: number,
): readonly number[] {
  return [0.5, 0, 1, 0.25, 0.75].flatMap((part) =>
    gaps.map(([left, right]) =>
      left + widthPx / 2 + (right - left - widthPx) * part
    )
  );
}

// Words on one arrow can be read, those on several can not.
const MAX_CROSSED = 1;
// Half a lifeline with what happens on it, and some air.
const LANE_PX = 8;
