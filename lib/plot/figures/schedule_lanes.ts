/**
 * One schedule step by step: a column a thread, a row a step, memory at the right.
 *
 * Pure: a run in, a block of a card out.
 * @module
 */
import {
  isFailure,
  type RaceRun,
  type RaceStep,
  writeMemory,
  writeValue,
} from "../../race/mod.ts";
import {
  type Block,
  CAPTION,
  CAPTION_END,
  drawBox,
  fitText,
  type Paper,
  textLine,
  textRuns,
  textWidth,
  TYPE,
  wrapText,
} from "../core/mod.ts";
import { codeRuns, endMark, plainMark, threadLook } from "./schedule_marks.ts";

/** A row of the figure: a step, or how many steps are left out. */
export type LaneRow =
  | { readonly type: "step"; readonly index: number; readonly step: RaceStep }
  | { readonly type: "left out"; readonly count: number };

/**
 * Chooses which steps are drawn: all if they are few, else the first, the last,
 * and those around switches between threads; where the invariant broke, what
 * came after is left out.
 */
export function chooseRows(
  { steps, brokenAfter }: Pick<RaceRun, "steps" | "brokenAfter">,
): readonly LaneRow[] {
  const told = steps.slice(0, brokenAfter ?? steps.length);
  const kept = keepSteps(told);
  const rows: LaneRow[] = [];
  let next = 0;
  for (const [index, step] of told.entries()) {
    if (!kept.has(index)) continue;
    if (index > next) rows.push({ type: "left out", count: index - next });
    rows.push({ type: "step", index, step });
    next = index + 1;
  }
  if (steps.length > next) {
    rows.push({ type: "left out", count: steps.length - next });
  }
  return rows;
}

function keepSteps(steps: readonly RaceStep[]): ReadonlySet<number> {
  const all = steps.map((_, index) => index);
  if (steps.length <= MAX_ROWS) return new Set(all);
  const ends = (first: number, last: number) => [
    ...all.slice(0, first),
    ...all.slice(all.length - last),
  ];
  const switches = all.filter((index) =>
    index > 0 && steps[index]!.thread !== steps[index - 1]!.thread
  );
  const telling = new Set([
    ...ends(3, 4),
    ...switches.flatMap((at) => [at - 2, at - 1, at, at + 1]),
  ]);
  return telling.size <= MAX_ROWS ? telling : new Set(ends(8, MAX_ROWS - 8));
}

export function lanesBlock(run: RaceRun, paper: Paper): Block {
  const grid = layOutLanes(run, paper);
  const parts = [drawHead(run, grid)];
  let y = HEAD_PX;
  let last: RaceStep | null = null;
  for (const row of chooseRows(run)) {
    if (row.type === "left out") {
      const words = row.count === 1 ? "1 step" : `${row.count} steps`;
      parts.push(textLine(`… ${words} not drawn`, [grid.left + 8, y + 15], {
        sizePx: TYPE.small,
        look: "skein-muted",
      }));
      y += 24;
      continue;
    }
    if (last !== null && last.thread !== row.step.thread) {
      parts.push(
        `<path class="skein-axis skein-end" d="M${paper.left} ${
          y + 0.5
        }H${paper.right}"/>`,
      );
    }
    parts.push(drawStep(run, row, grid, y));
    last = row.step;
    y += grid.rowPx;
  }
  const end = drawEnd(run, paper, y);
  return { markup: parts.join("") + end.markup, heightPx: y + end.heightPx };
}

/** Where columns are, pixels. */
interface LaneGrid {
  readonly paper: Paper;
  readonly left: number;
  readonly lanePx: number;
  /** Whether all threads share one column, as they are many. */
  readonly isOne: boolean;
  /** Where memory stands, and how wide; below the step on narrow paper. */
  readonly memoryX: number;
  readonly memoryPx: number;
  readonly rowPx: number;
}

function layOutLanes({ threads }: RaceRun, paper: Paper): LaneGrid {
  const { isNarrow } = paper;
  const left = paper.left + (isNarrow ? 22 : 30);
  const memoryPx = isNarrow ? paper.right - left - 8 : 178;
  const lanesPx = paper.right - left - (isNarrow ? 0 : memoryPx);
  const isOne = threads.length > (isNarrow ? 2 : 3);
  return {
    paper,
    left,
    lanePx: isOne ? lanesPx : lanesPx / threads.length,
    isOne,
    memoryX: isNarrow ? left + 4 : paper.right - memoryPx + 8,
    memoryPx: memoryPx - 10,
    rowPx: isNarrow ? 60 : 40,
  };
}

function drawHead({ threads }: RaceRun, grid: LaneGrid): string {
  const { left, lanePx, isOne, memoryX, paper } = grid;
  const sizePx = TYPE.small;
  const names = isOne ? ["thread and step"] : threads;
  const room = { sizePx, widthPx: lanePx - 34, isBold: true };
  return names.map((name, thread) =>
    textRuns(
      [
        { text: isOne ? "" : thread.toString(36), look: "skein-muted" },
        { text: fitText(name, room), look: "skein-bold" },
      ],
      [left + thread * lanePx + 8, 12],
      { sizePx },
    )
  ).join("") +
    (paper.isNarrow ? "" : textLine("memory after it", [memoryX, 12], {
      sizePx,
      look: "skein-bold",
    }));
}

function drawStep(
  run: RaceRun,
  { index, step }: { readonly index: number; readonly step: RaceStep },
  grid: LaneGrid,
  y: number,
): string {
  const { left, lanePx, isOne, paper } = grid;
  const look = `${threadLook(step.thread)}" stroke="none`;
  const owner = isOne ? `${run.threads[step.thread]}  ` : "";
  const sizePx = TYPE.small;
  // No other step is in its row: where words need more, they take it.
  const neededPx = textWidth(owner + step.text, sizePx, true) + 24;
  const mostPx = paper.isNarrow ? paper.right - left : lanePx;
  const widthPx = Math.min(mostPx, Math.max(lanePx, neededPx));
  const at = Math.min(
    left + (isOne ? 0 : step.thread * lanePx),
    left + mostPx - widthPx + (paper.isNarrow ? 0 : step.thread * lanePx),
  );
  const room = widthPx - 20;
  return [
    textLine(String(index + 1), [left - 8, y + 22], CAPTION_END),
    drawBox([at, y + 3, widthPx - 6, 34], `skein-lane ${look}`, 3),
    drawBox([at, y + 3, 3, 34], look),
    textLine(
      fitText(owner + step.text, { sizePx, widthPx: room, isBold: true }),
      [at + 10, y + 17],
      { sizePx, look: "skein-bold" },
    ),
    textRuns(codeRuns(step, TYPE.caption, room), [at + 10, y + 31], {
      sizePx: TYPE.caption,
    }),
    drawMemory(run, index, grid, paper.isNarrow ? y + 36 : y),
  ].join("");
}

/** All of memory if it fits, else what has changed; below it who holds which lock. */
function drawMemory(
  { steps, threads }: RaceRun,
  index: number,
  { memoryX, memoryPx: widthPx, paper }: LaneGrid,
  y: number,
): string {
  const step = steps[index]!;
  // With no step before there is nothing that could have changed.
  const before = steps[index - 1] ?? step;
  const sizePx = TYPE.small;
  const cells = Object.entries(step.memory).map(([name, value]) => ({
    text: `${name}: ${writeValue(value)}`,
    isNew: writeValue(value) !== writeValue(before.memory[name]),
  }));
  // Characters of threads: their names would not fit side by side.
  const held = Object.entries(step.locks).map(([lock, holder]) =>
    `${lock} by ${threads.indexOf(holder).toString(36)}`
  ).join(", ");
  const locks = held === "" ? "" : `held: ${held}`;
  const whole = cells.map(({ text }) => text).join("  ");
  const wholePx = textWidth(whole, sizePx, true) + cells.length * 6;
  const isFitting = wholePx <= widthPx;
  const changed = cells.filter(({ isNew }) => isNew);
  const shown = isFitting
    ? cells
    : changed.length > 0
    ? changed.slice(0, 1)
    : [{ text: writeMemory(step.memory), isNew: false }];
  const room = { sizePx, widthPx, isBold: true };
  const runs = shown.map(({ text, isNew }) => ({
    text: isFitting ? text : fitText(text, room),
    look: isNew ? "skein-bold" : "skein-ink",
  }));
  if (paper.isNarrow) {
    const room = { sizePx: TYPE.caption, widthPx: widthPx - wholePx };
    const held = room.widthPx > 50 ? fitText(locks, room) : "";
    return textRuns([...runs, { text: held, ...CAPTION }], [memoryX, y + 15], {
      sizePx,
    });
  }
  const lockText = fitText(locks, { sizePx: TYPE.caption, widthPx });
  return textRuns(runs, [memoryX, y + 17], { sizePx }) +
    (locks === "" ? "" : textLine(lockText, [memoryX, y + 31], CAPTION));
}

function drawEnd(run: RaceRun, { left, right }: Paper, y: number): Block {
  const hasFailed = isFailure(run);
  const isJudged = run.kind !== "ended";
  const place = [left + 9, y + 14] as const;
  const text = hasFailed ? run.reason : isJudged ? "passes" : "ends";
  const sizePx = TYPE.body;
  const room = { sizePx, widthPx: right - left - 24, isBold: true };
  const lines = wrapText(text, room);
  return {
    markup: (isJudged ? endMark(hasFailed, place) : plainMark(place)) +
      lines.map((line, index) =>
        textLine(line, [left + 24, y + 18 + index * LINE_PX], {
          sizePx,
          look: "skein-bold",
        })
      ).join(""),
    heightPx: 8 + Math.max(1, lines.length) * LINE_PX,
  };
}

const HEAD_PX = 20;
const LINE_PX = 18;
const MAX_ROWS = 24;
