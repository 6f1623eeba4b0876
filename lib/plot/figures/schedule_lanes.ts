/**
 * One schedule step by step: a column a thread, a row a step, memory at the right.
 *
 * Pure: a run in, a block of a card out.
 * @module
 */
import { isFailure, type RaceRun, type RaceStep } from "../../race/result.ts";
import { writeMemory, writeValue } from "../../race/values.ts";
import type { Block } from "../core/card.ts";
import { endMark, fitCode, plainMark, threadLook } from "./schedule_visual.ts";
import {
  fitText,
  roundPx,
  textLine,
  textRuns,
  textWidth,
  wrapText,
} from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** A row of the figure: a step, or how many steps are left out. */
export type LaneRow =
  | { readonly type: "step"; readonly index: number; readonly step: RaceStep }
  | { readonly type: "left out"; readonly count: number };

/**
 * Chooses which steps are drawn: all if they are few, else the first, the last,
 * and those around switches between threads; where the invariant broke, what
 * came after is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(chooseRows({ steps: [], brokenAfter: null }), []);
 * ```
 *
 * @param run The steps.
 * @returns The rows.
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

/**
 * Draws a run step by step.
 *
 * @param run The run.
 * @returns A block as wide as the card.
 */
export function lanesBlock(run: RaceRun): Block {
  const { threads, steps } = run;
  const isNarrow = threads.length > MAX_LANES;
  const lanes = isNarrow ? 1 : threads.length;
  const lanesPx = SPACE.width - 2 * SPACE.edge - NUMBER_PX - MEMORY_PX;
  const lanePx = lanesPx / lanes;
  const leftOf = (thread: number) =>
    SPACE.edge + NUMBER_PX + (isNarrow ? 0 : thread * lanePx);
  const memoryX = SPACE.width - SPACE.edge - MEMORY_PX + 8;
  const parts: string[] = [];
  let y = 0;
  drawHead();
  let last: RaceStep | null = null;
  for (const row of chooseRows(run)) {
    if (row.type === "left out") {
      const words = row.count === 1 ? "1 step" : `${row.count} steps`;
      parts.push(
        textLine(`… ${words} not drawn`, [leftOf(0) + 8, y + 15], {
          sizePx: TYPE.small,
          look: "skein-muted",
        }),
      );
      y += 24;
      continue;
    }
    drawStep(row.index, row.step, last);
    last = row.step;
    y += ROW_PX;
  }
  drawEnd();
  return { markup: parts.join(""), heightPx: y };

  function drawHead(): void {
    const small = { sizePx: TYPE.small } as const;
    for (let thread = 0; thread < lanes; thread++) {
      const left = leftOf(thread);
      const name = isNarrow ? "thread and line" : threads[thread]!;
      const digit = isNarrow ? "" : thread.toString(36);
      const widthPx = lanePx - 34;
      parts.push(textRuns(
        [
          { text: digit, look: "skein-muted" },
          {
            text: fitText(name, { ...small, widthPx, isBold: true }),
            look: "skein-bold",
          },
        ],
        [left + 8, 12],
        small,
      ));
    }
    parts.push(textLine("memory after it", [memoryX, 12], {
      ...small,
      look: "skein-bold",
    }));
    y = 20;
  }

  function drawStep(
    index: number,
    step: RaceStep,
    before: RaceStep | null,
  ): void {
    const left = leftOf(step.thread);
    const isSwitch = before !== null && before.thread !== step.thread;
    if (isSwitch) {
      const right = SPACE.width - SPACE.edge;
      parts.push(
        `<path class="skein-axis skein-end" d="M${SPACE.edge} ${
          y + 0.5
        }H${right}"/>`,
      );
    }
    const number = String(index + 1);
    const width = roundPx(lanePx - 6);
    const room = lanePx - 22;
    const owner = isNarrow ? `${threads[step.thread]}  ` : "";
    const text = fitText(owner + step.text, {
      sizePx: TYPE.small,
      widthPx: room,
      isBold: true,
    });
    const look = threadLook(step.thread);
    parts.push(
      textLine(number, [SPACE.edge + NUMBER_PX - 8, y + 22], {
        sizePx: TYPE.caption,
        anchor: "end",
        look: "skein-muted",
      }),
      `<rect class="skein-lane ${look}" stroke="none" x="${roundPx(left)}" y="${
        y + 3
      }" width="${width}" height="${ROW_PX - 6}" rx="3"/>`,
      `<rect class="${look}" stroke="none" x="${roundPx(left)}" y="${
        y + 3
      }" width="3" height="${ROW_PX - 6}"/>`,
      textLine(text, [left + 10, y + 17], {
        sizePx: TYPE.small,
        look: "skein-bold",
      }),
      textLine(fitCode(step.source, TYPE.caption, room), [left + 10, y + 31], {
        sizePx: TYPE.caption,
        look: "skein-code skein-muted",
      }),
    );
    drawMemory(step, index === 0 ? null : steps[index - 1]!);
  }

  function drawMemory(step: RaceStep, before: RaceStep | null): void {
    // Characters of threads: their names would not fit side by side.
    const locks = Object.entries(step.locks).map(([lock, holder]) =>
      `${lock} by ${threads.indexOf(holder).toString(36)}`
    ).join(", ");
    const cells = Object.entries(step.memory).map(([name, value]) => ({
      text: `${name}: ${writeValue(value)}`,
      // With no step before there is nothing that could have changed.
      isNew: writeValue(value) !== writeValue((before ?? step).memory[name]),
    }));
    const widthPx = MEMORY_PX - 10;
    const sizePx = TYPE.small;
    const whole = cells.map(({ text }) => text).join("  ");
    const isFitting = textWidth(whole, sizePx, true) +
        cells.length * 6 <= widthPx;
    const changed = cells.filter(({ isNew }) => isNew);
    const shown = isFitting
      ? cells
      : changed.length > 0
      ? changed.slice(0, 1)
      : [{ text: writeMemory(step.memory), isNew: false }];
    const runs = shown.map(({ text, isNew }) => ({
      text: isFitting ? text : fitText(text, { sizePx, widthPx, isBold: true }),
      look: isNew ? "skein-bold" : "skein-ink",
    }));
    const lockText = fitText(`held: ${locks}`, {
      sizePx: TYPE.caption,
      widthPx,
    });
    parts.push(textRuns(runs, [memoryX, y + 17], { sizePx }));
    if (locks !== "") {
      parts.push(textLine(lockText, [memoryX, y + 31], {
        sizePx: TYPE.caption,
        look: "skein-muted",
      }));
    }
  }

  function drawEnd(): void {
    const hasFailed = isFailure(run);
    const x = SPACE.edge + NUMBER_PX;
    const isJudged = run.kind !== "ended";
    const place = [x + 7, y + 14] as const;
    parts.push(isJudged ? endMark(hasFailed, place) : plainMark(place));
    const text = hasFailed ? run.reason : isJudged ? "passes" : "ends";
    const sizePx = TYPE.body;
    const widthPx = SPACE.width - SPACE.edge - x - 22;
    const lines = wrapText(text, { sizePx, widthPx, isBold: true });
    lines.forEach((line, index) =>
      parts.push(
        textLine(line, [x + 20, y + 18 + index * LINE_PX], {
          sizePx,
          look: "skein-bold",
        }),
      )
    );
    y += 8 + Math.max(1, lines.length) * LINE_PX;
  }
}

const NUMBER_PX = 30;
const MEMORY_PX = 178;
const ROW_PX = 40;
const LINE_PX = 18;
const MAX_LANES = 3;
const MAX_ROWS = 24;
