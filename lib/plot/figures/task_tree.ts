/**
 * The task tree: who started whom, how long each lived, how much it ran itself.
 *
 * A task's box reaches from its start to its end and around all that it
 * started: who outlives who started it sticks out. The tree itself is made in
 * `task_tree_facts.ts`. Pure but for being shown.
 * @module
 */
import type { Recording } from "../../base/record/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
} from "../core/card.ts";
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { makeLegend } from "../core/legend.ts";
import {
  AXIS_PX,
  drawBoxes,
  makeAxis,
  type TimeAxis,
} from "./recording_axis.ts";
import { findingBlocks, withStyle } from "./recording_blocks.ts";
import {
  fitText,
  roundPx,
  tellHidden,
  textLine,
  textWidth,
} from "../core/text.ts";
import {
  describeTree,
  growTree,
  type TreeNode,
} from "../../trace/task_tree_facts.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/**
 * Draws who started whom.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(taskTreeFigure(EMPTY).svg, /Nobody started anything/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image and its text alternative.
 */
export function taskTreeFigure(recording: Recording): Figure {
  const roots = growTree(recording);
  const findings = describeTree(roots);
  const lines = flatten(roots).slice(0, MAX_ROWS).map(({ node, depth }) =>
    `${"  ".repeat(depth)}${node.id}: ${formatDuration(node.startMs)} to ${
      formatDuration(node.endMs)
    }, ran itself ${formatPercent(node.share)}`
  );
  return makeCard({
    title: `${recording.title}: who started whom`,
    alt: [...lines, ...findings].join("\n") || "Nobody started anything.",
    blocks: [...treeBlocks(roots), ...findingBlocks({ missing: [] }, findings)],
  });
}

interface Row {
  readonly node: TreeNode;
  readonly depth: number;
  /** How many rows its descendants take. */
  readonly below: number;
}

function treeBlocks(roots: readonly TreeNode[]): readonly Block[] {
  const all = flatten(roots);
  if (all.length === 0) {
    return [withStyle(makeParagraph("Nobody started anything.", "body"))];
  }
  const rows = all.slice(0, MAX_ROWS);
  const gutter = rows.reduce(
    (widest, { node, depth }) =>
      Math.max(widest, textWidth(node.id, TYPE.small) + depth * INDENT_PX),
    80,
  );
  const leftPx = SPACE.edge + Math.min(MAX_GUTTER_PX, gutter + 14);
  const endMs = rows.reduce((end, { node }) => Math.max(end, node.endMs), 0);
  const axis = makeAxis(leftPx, endMs > 0 ? endMs : 1, RIGHT_PX);
  const bottom = rows.length * ROW_PX + 4;
  // Boxes of outer tasks lie below those of inner ones.
  const boxes = rows.map((row, index) =>
    drawFamily(row, index, axis, rows.length)
  );
  const bars = rows.map((row, index) => drawRow(row, index, axis));
  const hidden = all.length - rows.length;
  const hasLeak = rows.some(({ node }) => node.leakMs > 0);
  const entries = [
    { mark: BAR_SIGN, name: "alive", meaning: "from start to end" },
    { mark: RUN_SIGN, name: "running", meaning: "itself, and its share" },
    { mark: BOX_SIGN, name: "box", meaning: "around what it started" },
    ...(hasLeak
      ? [{ mark: LEAK_SIGN, name: "outlives", meaning: "who started it" }]
      : []),
  ];
  return [
    withStyle(makeLegend(entries)),
    {
      markup: [...boxes, axis.draw(0, bottom), ...bars].join(""),
      heightPx: bottom + AXIS_PX,
    },
    makeParagraph(tellHidden(hidden, "lane"), "caption"),
  ];
}

function drawFamily(
  row: Row,
  index: number,
  axis: TimeAxis,
  count: number,
): string {
  const { node, below } = row;
  if (below === 0) return "";
  const last = Math.min(count - 1, index + below);
  const left = axis.x(node.startMs) - 3;
  const width = axis.x(node.endMs) + 3 - left;
  return `<rect class="skein-box skein-axis" x="${roundPx(left)}" y="${
    index * ROW_PX + 1
  }" width="${roundPx(width)}" height="${
    (last - index + 1) * ROW_PX - 2 + (last === count - 1 ? 2 : 0)
  }" rx="4"/>`;
}

function drawRow({ node, depth }: Row, index: number, axis: TimeAxis): string {
  const { id, startMs, endMs, running, share, leakMs } = node;
  const top = index * ROW_PX + 5;
  const height = ROW_PX - 12;
  const [x1, x2] = [axis.x(startMs), axis.x(endMs)];
  const indent = depth * INDENT_PX;
  const name = fitText(id, {
    sizePx: TYPE.small,
    widthPx: axis.leftPx - 12 - SPACE.edge - indent,
  });
  const leakLeft = axis.x(endMs - leakMs);
  const leak = leakMs > 0
    ? drawBoxes(
      [[leakLeft, top + 1, Math.max(2, x2 - leakLeft), height - 2]],
      "skein-blocked",
    )
    : "";
  const runs = running.map((span) =>
    [
      axis.x(span.startMs),
      top + 2,
      Math.max(1.2, axis.x(span.endMs) - axis.x(span.startMs)),
      height - 4,
    ] as const
  );
  return [
    textLine(name, [SPACE.edge + indent, top + height / 2 + 4], {
      sizePx: TYPE.small,
    }),
    `<rect class="skein-panel-fill skein-axis" x="${
      roundPx(x1)
    }" y="${top}" width="${
      roundPx(Math.max(2, x2 - x1))
    }" height="${height}" rx="2"/>`,
    leak,
    drawBoxes(runs, "skein-running"),
    textLine(
      formatPercent(share),
      [SPACE.width - SPACE.edge, top + height / 2 + 4],
      { sizePx: TYPE.caption, anchor: "end", look: "skein-muted" },
    ),
  ].join("");
}

function flatten(nodes: readonly TreeNode[], depth = 0): readonly Row[] {
  return nodes.flatMap((node) => {
    const below = flatten(node.children, depth + 1);
    return [{ node, depth, below: below.length }, ...below];
  });
}

// At the right stands each one's own share.
const RIGHT_PX = SPACE.width - SPACE.edge - 44;
const ROW_PX = 26;
const MAX_ROWS = 40;
const INDENT_PX = 14;
const MAX_GUTTER_PX = 200;

const BAR_SIGN =
  `<rect class="skein-panel-fill skein-axis" x=".5" y="2.5" width="21" height="9" rx="2"/>`;
const RUN_SIGN = `<rect class="skein-running" y="4" width="22" height="6"/>`;
const BOX_SIGN =
  `<rect class="skein-box skein-axis" x=".5" y=".5" width="21" height="13" rx="4"/>`;
const LEAK_SIGN =
  `<rect class="skein-blocked" x=".5" y="3" width="21" height="8"/>`;
