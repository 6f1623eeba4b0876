/**
 * The picture of a race: which schedules fail, and how one of them comes to it.
 *
 * `schedule_tree.ts` draws the tree, `schedule_lanes.ts` one schedule, and
 * `schedule_page.ts` makes it a page that can be stepped through.
 * @module
 */
import { type Displayable, makeDisplayable } from "../../base/mod.ts";
import { describeRun as describeReplay } from "../../race/run_words.ts";
import type { RaceResult, RaceRun, RaceTree } from "../../race/result.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../core/card.ts";
import { makeLegend } from "../core/legend.ts";
import { lanesBlock } from "./schedule_lanes.ts";
import { makeSteppable } from "./schedule_page.ts";
import { joinRuns, treeBlock } from "./schedule_tree.ts";
import {
  endMark,
  mixedMark,
  plainMark,
  threadLook,
  withScheduleStyle,
} from "./schedule_visual.ts";
import { textLine } from "../core/text.ts";
import { TYPE } from "../core/visual.ts";

/**
 * Shows what exploring found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { exploreLostUpdate } from "../gallery/schedule_gallery_data.ts";
 * const bundle = await showRace(await exploreLostUpdate())[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /4 of 6 schedules fail/);
 * ```
 *
 * @param result What was found.
 * @returns A value shown as a figure, with a schedule to step through, or in words.
 */
export function showRace(result: RaceResult): Displayable {
  return makeDisplayable(() => {
    const { svg, alt } = raceFigure(result);
    const run = result.shortest ?? result.passing[0] ?? null;
    const plain = { "image/svg+xml": svg, "text/plain": alt };
    if (run === null || run.steps.length === 0) return plain;
    // The table that can be stepped through stands for the steps of the image.
    const answer = raceFigure(result, { steps: false });
    return { "text/html": makeSteppable(answer, run), ...plain };
  });
}

/**
 * Shows one schedule.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { exploreLostUpdate } from "../gallery/schedule_gallery_data.ts";
 * const { shortest } = await exploreLostUpdate();
 * const bundle = await showRun(shortest!)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /2. b reads x: 0/);
 * ```
 *
 * @param run What happened.
 * @returns A value shown as a figure, to step through, or in words.
 */
export function showRun(run: RaceRun): Displayable {
  return makeDisplayable(() => {
    const { svg, alt } = runFigure(run);
    const plain = { "image/svg+xml": svg, "text/plain": alt };
    if (run.steps.length === 0) return plain;
    return { "text/html": makeSteppable(null, run), ...plain };
  });
}

/** How what was found is drawn. */
export interface RaceFigureOptions {
  /** Whether the shortest schedule that fails is drawn step by step. @default true */
  readonly steps?: boolean;
}

/**
 * Draws what exploring found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exploreLostUpdate } from "../gallery/schedule_gallery_data.ts";
 * assert.match(raceFigure(await exploreLostUpdate()).alt, /The shortest that fails is 0110/);
 * ```
 *
 * @param result What was found.
 * @param options Whether steps are drawn.
 * @returns The image and its text alternative.
 */
export function raceFigure(
  result: RaceResult,
  options: RaceFigureOptions = {},
): Figure {
  const { title, findings, missing, shortest, tree } = result;
  const [answer = "", ...others] = findings;
  const words = [...others, ...missing].join("\n");
  return makeCard({
    title,
    alt: [...findings, ...missing].join("\n"),
    blocks: [
      withScheduleStyle(makeParagraph(answer, "heading")),
      ...tree === null ? [] : [
        legendBlock(result),
        treeBlock(result),
        makeParagraph(describeLeftOut(result), "caption"),
      ],
      ...shortest === null || shortest.steps.length === 0 ||
          options.steps === false
        ? []
        : [
          makeSpace(12, true),
          makeParagraph(
            `${tree === null ? "A" : "The shortest"} schedule that fails: ${
              shorten(shortest.schedule)
            }`,
            "heading",
          ),
          lanesBlock(shortest),
        ],
      makeSpace(10, true),
      makeParagraph("What the schedules say", "heading"),
      makeParagraph(words, "body"),
    ],
  });
}

/**
 * Draws one schedule.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exploreLostUpdate } from "../gallery/schedule_gallery_data.ts";
 * const { shortest } = await exploreLostUpdate();
 * assert.match(runFigure(shortest!).svg, /^<svg /);
 * ```
 *
 * @param run What happened.
 * @returns The image and its text alternative.
 */
export function runFigure(run: RaceRun): Figure {
  const where = run.ranOn === "workers"
    ? "Each thread ran in a Worker; the others slept meanwhile."
    : "All threads ran on one thread, in turns.";
  return makeCard({
    title: run.title,
    alt: describeReplay(run),
    blocks: [
      withScheduleStyle(
        makeParagraph(`Schedule ${shorten(run.schedule)}`, "heading"),
      ),
      lanesBlock(run),
      makeParagraph(where, "caption"),
    ],
  });
}

function legendBlock(
  { threads, tree, isChecked, failingSchedules }: RaceResult,
): Block {
  return makeLegend([
    ...threads.slice(0, MAX_NAMED).map((name, thread) => ({
      mark:
        `<rect class="skein-turn ${
          threadLook(thread)
        }" x="1" width="20" height="14" rx="4"/>` +
        `<rect class="skein-panel-fill" x="2.2" y="1.2" width="17.6" height="11.6" rx="3"/>` +
        textLine(thread.toString(36), [11, 11], {
          sizePx: TYPE.caption,
          anchor: "middle",
        }),
      name,
      meaning: thread === 0 ? "has its turn" : "",
    })),
    isChecked
      ? { mark: endMark(false, [11, 7]), name: "passes", meaning: "" }
      : { mark: plainMark([11, 7]), name: "ends", meaning: "" },
    ...isChecked || failingSchedules > 0
      ? [{ mark: endMark(true, [11, 7]), name: "fails", meaning: "" }]
      : [],
    ...tree !== null && some(tree, isHiding)
      ? [{ mark: mixedMark([11, 7]), name: "some fail", meaning: "" }]
      : [],
  ]);
}

function describeLeftOut({ tree }: RaceResult): string {
  const counted = tree !== null &&
    some(
      tree,
      ({ turns }) => joinRuns(turns).some(({ text }) => text.includes("×")),
    );
  return [
    tree !== null && some(tree, isHiding)
      ? "A row with a number of schedules stands for branches that are not drawn."
      : "Each row is one schedule, from left to right.",
    ...counted ? ["0×3 stands for three turns of thread 0."] : [],
  ].join(" ");
}

function isHiding({ branches, end }: RaceTree): boolean {
  return branches.length === 0 && end === null;
}

function some(tree: RaceTree, holds: (tree: RaceTree) => boolean): boolean {
  return holds(tree) || tree.branches.some((branch) => some(branch, holds));
}

function shorten(schedule: string): string {
  return schedule.length > MAX_SCHEDULE
    ? `${schedule.slice(0, MAX_SCHEDULE)}…`
    : schedule;
}

const MAX_NAMED = 6;
const MAX_SCHEDULE = 48;
