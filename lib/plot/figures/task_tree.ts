/**
 * The picture of who started whom: a bar a task from its start to its end, what
 * it ran of that itself, and a box around what it started. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import type { Recording } from "../../base/record/mod.ts";
import {
  type Axis,
  type Block,
  bottomHeight,
  CAPTION_END,
  drawBottom,
  drawBox,
  drawBoxes,
  type Figure,
  fitText,
  makeAxis,
  makeFigure,
  makeLegend,
  makeParagraph,
  type Paper,
  tellHidden,
  textLine,
  textWidth,
  titleOf,
  TYPE,
} from "../core/mod.ts";
import {
  describeTree,
  growTree,
  type TreeNode,
} from "../../trace/facts/mod.ts";

export function taskTreeFigure(recording: Recording): Figure {
  const roots = growTree(recording);
  const rows = flatten(roots);
  const lines = rows.slice(0, MAX_ROWS).map(({ node, depth }) =>
    `${"  ".repeat(depth)}${node.id}: ${formatDuration(node.startMs)} to ${
      formatDuration(node.endMs)
    }, ran itself ${formatPercent(node.share)}`
  );
  const hidden = tellHidden(Math.max(0, rows.length - MAX_ROWS), "lane");
  return makeFigure({
    title: titleOf(recording, "who started whom"),
    alt: lines.join("\n") || "Nobody started anything.",
    findings: describeTree(roots),
    captions: hidden === "" ? [] : [hidden],
    draw: (paper) => treeBlocks(rows.slice(0, MAX_ROWS), paper),
  });
}

/** A node in its row, and how many are below it. */
interface Row {
  readonly node: TreeNode;
  readonly depth: number;
  readonly below: number;
}

interface Places {
  readonly axis: Axis;
  readonly paper: Paper;
  readonly leftPx: number;
  readonly rowPx: number;
  /** From the top of a row to its bar: the name's, where it stands above. */
  readonly namePx: number;
}

function treeBlocks(rows: readonly Row[], paper: Paper): readonly Block[] {
  if (rows.length === 0) {
    return [makeParagraph("Nobody started anything.", "body", paper)];
  }
  const widest = Math.max(
    ...rows.map(({ node, depth }) =>
      textWidth(node.id, TYPE.small) + depth * INDENT_PX
    ),
  );
  const isAbove = widest > (paper.right - paper.left) * 0.3;
  const leftPx = paper.left + (isAbove ? 4 : widest + 14);
  const endMs = Math.max(...rows.map(({ node }) => node.endMs));
  const axis = makeAxis({
    domain: [0, endMs > 0 ? endMs : 1],
    kind: "time",
    // At the right stands each one's own share.
  }, [leftPx, paper.right - 44]);
  const namePx = isAbove ? 15 : 0;
  const places = { axis, paper, leftPx, namePx, rowPx: BAR_PX + 12 + namePx };
  const bottom = rows.length * places.rowPx + 4;
  const hasLeak = rows.some(({ node }) => node.leakMs > 0);
  return [
    makeLegend([
      { mark: drawBox([0.5, 2.5, 21, 9], BAR, 2), name: "from start to end" },
      { mark: drawBox([0, 4, 22, 6], "skein-running"), name: "ran itself" },
      { mark: drawBox([0.5, 0.5, 21, 13], FAMILY, 4), name: "what it started" },
      ...(hasLeak
        ? [{
          mark: drawBox([0.5, 3, 21, 8], "skein-blocked"),
          name: "outlives who started it",
        }]
        : []),
    ], paper),
    {
      markup: [
        // Boxes of outer tasks lie below those of inner ones.
        ...rows.map((row, index) => drawFamily(row, index, places)),
        drawBottom(axis, [0, bottom], paper),
        ...rows.map((row, index) => drawRow(row, index, places)),
      ].join(""),
      heightPx: bottom + bottomHeight(axis),
    },
  ];
}

function drawFamily(
  { node, below }: Row,
  index: number,
  { axis, rowPx }: Places,
): string {
  if (below === 0) return "";
  const left = axis.at(node.startMs) - 3;
  return drawBox(
    [
      left,
      index * rowPx + 1,
      axis.at(node.endMs) + 3 - left,
      (below + 1) * rowPx,
    ],
    FAMILY,
    4,
  );
}

function drawRow({ node, depth }: Row, index: number, places: Places): string {
  const { axis, paper, leftPx, rowPx, namePx } = places;
  const { id, startMs, endMs, running, share, leakMs } = node;
  const top = index * rowPx + 5 + namePx;
  const [x1, x2] = [axis.at(startMs), axis.at(endMs)];
  const left = paper.left + depth * INDENT_PX;
  const room = (namePx > 0 ? paper.right : leftPx - 10) - left;
  const name = fitText(id, { sizePx: TYPE.small, widthPx: room });
  const leakLeft = axis.at(endMs - leakMs);
  return [
    textLine(name, [left, namePx > 0 ? top - 4 : top + BAR_PX / 2 + 4], {
      sizePx: TYPE.small,
    }),
    drawBox([x1, top, Math.max(2, x2 - x1), BAR_PX], BAR, 2),
    leakMs > 0
      ? drawBoxes(
        [[leakLeft, top + 1, Math.max(2, x2 - leakLeft), BAR_PX - 2]],
        "skein-blocked",
      )
      : "",
    drawBoxes(
      running.map((span) => [
        axis.at(span.startMs),
        top + 2,
        Math.max(1.2, axis.at(span.endMs) - axis.at(span.startMs)),
        BAR_PX - 4,
      ]),
      "skein-running",
    ),
    textLine(
      formatPercent(share),
      [paper.right, top + BAR_PX / 2 + 4],
      CAPTION_END,
    ),
  ].join("");
}

function flatten(nodes: readonly TreeNode[], depth = 0): readonly Row[] {
  return nodes.flatMap((node) => {
    const below = flatten(node.children, depth + 1);
    return [{ node, depth, below: below.length }, ...below];
  });
}

const BAR = "skein-panel-fill skein-axis";
const FAMILY = "skein-box skein-axis";
const BAR_PX = 14;
const MAX_ROWS = 40;
const INDENT_PX = 14;
