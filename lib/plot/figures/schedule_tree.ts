/**
 * The tree of schedules: from left to right turn by turn, one row an end.
 *
 * Pure: a tree in, a block of a card out. What is left out of the tree is
 * decided in `lib/race/tree.ts`; here it becomes a row with numbers.
 * @module
 */
import { formatCount, formatPercent } from "../../base/mod.ts";
import {
  type Block,
  fitText,
  type Paper,
  roundPx,
  textLine,
  textRuns,
  textWidth,
  TYPE,
} from "../core/mod.ts";
import {
  isFailure,
  nameKind,
  type RaceResult,
  type RaceTree,
  writeMemory,
} from "../../race/mod.ts";
import { endMark, mixedMark, plainMark, threadLook } from "./schedule_marks.ts";

export function treeBlock(
  { tree, shortest, isChecked }: Pick<
    RaceResult,
    "tree" | "shortest" | "isChecked"
  >,
  paper: Paper,
): Block {
  if (tree === null) return { markup: "", heightPx: 0 };
  const found = shortest?.schedule ?? null;
  const { sprout, unit, widthPx } = fitTree(
    tree,
    (paper.right - paper.left) * (paper.isNarrow ? 0.52 : 0.57),
  );
  const labelX = paper.left + widthPx + 16;
  const lines: string[] = [];
  const marks: string[] = [];
  draw(sprout, paper.left, "");
  return {
    markup: [...lines, ...marks].join(""),
    heightPx: sprout.rows * ROW_PX,
  };

  function draw(at: Placed, left: number, before: string): void {
    const y = at.y;
    const schedule = before + at.tree.turns;
    let x = left;
    for (const run of at.runs) {
      const width = unit - 2;
      marks.push(
        `<rect class="skein-turn ${threadLook(run.thread)}" x="${
          roundPx(x)
        }" y="${y - 8}" width="${roundPx(width)}" height="16" rx="4"/>`,
        `<rect class="skein-panel-fill" x="${roundPx(x + 1)}" y="${
          y - 7
        }" width="${roundPx(width - 2)}" height="14" rx="3"/>`,
        textLine(shortenRun(run.text, width), [x + width / 2, y + 4], {
          sizePx: TYPE.caption,
          anchor: "middle",
        }),
      );
      x += unit;
    }
    const right = x - (at.runs.length > 0 ? 2 : 0);
    for (const branch of at.branches) {
      const isFound = found?.startsWith(schedule + branch.tree.turns) ?? false;
      const middle = roundPx(right + GAP_PX / 2);
      const path = `<path class="${
        isFound ? "skein-branch-found" : "skein-branch"
      }" d="M${roundPx(right)} ${y}H${middle}V${branch.y}H${
        roundPx(right + GAP_PX)
      }"/>`;
      // Last, so that it lies above the others.
      if (isFound) marks.unshift(path);
      else lines.push(path);
      draw(branch, right + GAP_PX, schedule);
    }
    if (at.branches.length === 0) drawEnd(at, right, schedule);
  }

  function drawEnd({ tree, y }: Placed, right: number, schedule: string): void {
    if (labelX - right > 6) {
      lines.push(
        `<path class="skein-grid" d="M${roundPx(right + 3)} ${y}H${
          roundPx(labelX - 4)
        }"/>`,
      );
    }
    const hasFailed = tree.end === null
      ? tree.failing > 0
      : isFailure(tree.end);
    const isMixed = tree.end === null && tree.failing > 0 &&
      tree.failing < tree.schedules;
    marks.push(
      isMixed
        ? mixedMark([labelX + 5, y])
        : !hasFailed && !isChecked
        ? plainMark([labelX + 5, y])
        : endMark(hasFailed, [labelX + 5, y]),
    );
    const isFound = found !== null && found.startsWith(schedule);
    const textX = labelX + 18;
    const room = { sizePx: TYPE.small, widthPx: paper.right - textX };
    const fits = (text: string) =>
      textWidth(text, room.sizePx) + (isFound ? NOTE_PX : 0) <= room.widthPx;
    // The most that there is room for; the path to the shortest is coloured too.
    const words = describeEnd(tree, isChecked);
    const text = words.find(fits) ?? fitText(words.at(-1)!, room);
    const note = isFound && fits(text) ? "shortest" : "";
    marks.push(textRuns(
      [{ text, look: hasFailed ? "skein-ink" : "skein-muted" }, {
        text: note,
        look: "skein-fail-text",
      }],
      [textX, y + 4],
      { sizePx: TYPE.small },
    ));
  }
}

/** Turns as their box has room for, its first character at least. */
function shortenRun(text: string, widthPx: number): string {
  const first = [...text][0] ?? "";
  return [text, `${first}…`].find((one) =>
    textWidth(one, TYPE.caption) <= widthPx
  ) ?? first;
}

/** How a branch ends, from the most that can be said to the least. */
function describeEnd(
  { end, schedules, failing }: RaceTree,
  isChecked: boolean,
): readonly string[] {
  const count = formatCount(schedules);
  if (end === null) {
    if (failing > 0 && failing < schedules) {
      const share = formatPercent(failing / schedules);
      return [`${formatCount(failing)} of ${count} fail`, `${share} fail`];
    }
    if (failing === 0 && !isChecked) return [`${count} schedules`, count];
    const share = failing === 0 ? "all pass" : "all fail";
    return [`${count} schedules, ${share}`, `${count} ${share}`, share];
  }
  const values = writeMemory(end.final);
  const name = isFailure(end) && end.kind !== "check" ? nameKind(end.kind) : "";
  const parts = [name, values].filter((part) => part !== "");
  const times = schedules === 1 ? "" : ` (${count})`;
  const whole = parts.join(", ") || "done";
  return [`${whole}${times}`, whole, parts[0] ?? "done"];
}

/** Turns of the same thread after one another, as one box. */
export interface Run {
  readonly thread: number;
  /** Its character, and how many turns they are. */
  readonly text: string;
}

interface Placed {
  readonly tree: RaceTree;
  readonly y: number;
  readonly rows: number;
  readonly runs: readonly Run[];
  readonly branches: readonly Placed[];
}

/** Shortens long stretches until the tree is narrow enough, then the boxes. */
function fitTree(
  tree: RaceTree,
  roomPx: number,
): {
  readonly sprout: Placed;
  readonly unit: number;
  readonly widthPx: number;
} {
  for (let maxRuns = MAX_RUNS;; maxRuns--) {
    const sprout = layOut(tree, { row: 0 }, maxRuns);
    const paths = listPaths(sprout);
    const unit = Math.min(
      TURN_PX,
      ...paths.map(({ boxes, gaps }) =>
        (roomPx - gaps * GAP_PX) / Math.max(1, boxes)
      ),
    );
    if (unit < MIN_TURN_PX && maxRuns > 1) continue;
    const widths = paths.map(({ boxes, gaps }) => boxes * unit + gaps * GAP_PX);
    return { sprout, unit, widthPx: Math.max(...widths) };
  }
}

interface Path {
  readonly boxes: number;
  readonly gaps: number;
}

function listPaths({ runs, branches }: Placed): readonly Path[] {
  if (branches.length === 0) return [{ boxes: runs.length, gaps: 0 }];
  return branches.flatMap(listPaths).map(({ boxes, gaps }) => ({
    boxes: boxes + runs.length,
    gaps: gaps + 1,
  }));
}

function layOut(
  tree: RaceTree,
  place: { row: number },
  maxRuns: number,
): Placed {
  const runs = joinRuns(tree.turns, maxRuns);
  if (tree.branches.length === 0) {
    const y = place.row++ * ROW_PX + ROW_PX / 2;
    return { tree, y, rows: 1, runs, branches: [] };
  }
  const branches = tree.branches.map((branch) =>
    layOut(branch, place, maxRuns)
  );
  const y = roundPx((branches[0]!.y + branches.at(-1)!.y) / 2);
  const rows = branches.reduce((sum, branch) => sum + branch.rows, 0);
  return { tree, y, rows, runs, branches };
}

/**
 * Joins turns: short stretches stay turn by turn; of long ones, turns of one
 * thread are counted.
 */
export function joinRuns(
  turns: string,
  maxRuns: number = MAX_RUNS,
): readonly Run[] {
  const thread = (character: string) => Number.parseInt(character, 36);
  if (turns.length <= Math.min(4, maxRuns)) {
    return [...turns].map((one) => ({ thread: thread(one), text: one }));
  }
  const runs = (turns.match(/(.)\1*/g) ?? []).map((run): Run => ({
    thread: thread(run[0]!),
    text: run.length === 1 ? run : `${run[0]}×${run.length}`,
  }));
  if (runs.length <= maxRuns) return runs;
  const last = { thread: runs.at(-1)!.thread, text: "…" };
  // The first turn says which branch it is.
  return maxRuns === 1
    ? [{ ...runs[0]!, text: `${runs[0]!.text[0]}…` }]
    : [...runs.slice(0, maxRuns - 1), last];
}

const ROW_PX = 21;
/** The word "shortest" and the gap before it. */
const NOTE_PX = 62;
const TURN_PX = 30;
const MIN_TURN_PX = 21;
const GAP_PX = 16;
const MAX_RUNS = 6;
