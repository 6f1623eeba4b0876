/**
 * The picture of a race: the tree of its schedules, and the shortest that fails,
 * step by step; and the picture of one schedule. Pure.
 * @module
 */
import {
  describeRun as describeReplay,
  type RaceResult,
  type RaceRun,
  type RaceTree,
} from "../../race/mod.ts";
import {
  type Block,
  drawBox,
  type Figure,
  makeFigure,
  makeLegend,
  makeParagraph,
  makeRule,
  type Paper,
  textLine,
  TYPE,
} from "../core/mod.ts";
import { STEP } from "../live/bundled.ts";
import { lanesBlock } from "./schedule_lanes.ts";
import { endMark, mixedMark, plainMark, threadLook } from "./schedule_marks.ts";
import { writeSteps } from "./schedule_steps.ts";
import { joinRuns, treeBlock } from "./schedule_tree.ts";

export function raceFigure(result: RaceResult): Figure {
  const { title, findings, missing, shortest, passing, tree } = result;
  const run = shortest ?? passing[0] ?? null;
  const failing = shortest !== null && shortest.steps.length > 0
    ? shortest
    : null;
  return makeFigure({
    title,
    alt: findings[0] ?? "",
    findings,
    captions: missing,
    draw: (paper) => [
      ...tree === null ? [] : [
        legendBlock(result, paper),
        treeBlock(result, paper),
        makeParagraph(describeLeftOut(tree), "caption", paper),
      ],
      ...failing === null ? [] : [
        ...(tree === null ? [] : [makeRule(paper)]),
        makeParagraph(
          `${tree === null ? "A" : "The shortest"} schedule that fails: ${
            shorten(failing.schedule)
          }`,
          "heading",
          paper,
        ),
        lanesBlock(failing, paper),
      ],
    ],
    ...stepsOf(run),
  });
}

export function runFigure(run: RaceRun): Figure {
  return makeFigure({
    title: run.title,
    alt: describeReplay(run),
    captions: [
      run.ranOn === "workers"
        ? "Each thread ran in a Worker; the others slept meanwhile."
        : "All threads ran on one thread, in turns.",
    ],
    draw: (paper) => [
      makeParagraph(`Schedule ${shorten(run.schedule)}`, "heading", paper),
      lanesBlock(run, paper),
    ],
    ...stepsOf(run),
  });
}

/** The table to step through, and the program that does it. */
function stepsOf(run: RaceRun | null) {
  if (run === null || run.steps.length === 0) return {};
  return { more: writeSteps(run), live: () => STEP.replaceAll("</", "<\\/") };
}

function legendBlock(
  { threads, tree, isChecked, failingSchedules }: RaceResult,
  paper: Paper,
): Block {
  return makeLegend([
    ...threads.slice(0, MAX_NAMED).map((name, thread) => ({
      mark: drawBox([1, 0, 20, 14], `skein-turn ${threadLook(thread)}`, 4) +
        drawBox([2.2, 1.2, 17.6, 11.6], "skein-panel-fill", 3) +
        textLine(thread.toString(36), [11, 11], {
          sizePx: TYPE.caption,
          anchor: "middle",
        }),
      name,
      meaning: thread === 0 ? "has its turn" : "",
    })),
    isChecked
      ? { mark: endMark(false, [11, 7]), name: "passes" }
      : { mark: plainMark([11, 7]), name: "ends" },
    ...isChecked || failingSchedules > 0
      ? [{ mark: endMark(true, [11, 7]), name: "fails" }]
      : [],
    ...tree !== null && some(tree, isHiding)
      ? [{ mark: mixedMark([11, 7]), name: "some fail" }]
      : [],
  ], paper);
}

function describeLeftOut(tree: RaceTree): string {
  const counted = some(
    tree,
    ({ turns }) => joinRuns(turns).some(({ text }) => text.includes("×")),
  );
  return [
    some(tree, isHiding)
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
const MAX_SCHEDULE = 32;
