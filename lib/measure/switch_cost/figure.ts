/**
 * The picture of handing over: one row a kind on a logarithmic axis, every
 * sample of it, and the median. Pure.
 * @module
 */
import {
  type Displayable,
  formatDuration,
  formatTick,
} from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import type { Block } from "../../plot/core/card.ts";
import { logTicks, makeFrame } from "../../plot/core/chart.ts";
import { drawMark } from "../../plot/core/chart_marks.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import { showResult } from "../../plot/core/result_card.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE } from "../../plot/core/visual.ts";
import { SWITCH_NAMES } from "./findings.ts";
import type { SwitchCosts, SwitchKind } from "./result.ts";

/** Shows what handing over costs, as one image or a text table. */
export function showSwitchCosts(costs: SwitchCosts): Displayable {
  const interval = nameInterval(costs.stamp.samples);
  return showResult(costs, () => ({
    blocks: [
      drawCosts(costs),
      makeLegend([
        {
          mark: drawMark([11, 7], { shape: "circle", look: LOOKS.thread }),
          name: "each round",
          meaning: "",
        },
        {
          mark: drawMark([11, 7], { shape: "diamond", look: "skein-ink" }),
          name: `median, ${interval}`,
          meaning: "",
        },
      ]),
    ],
    table: [
      ["between", "one hand-over", interval],
      ...costs.costs.map(({ kind, summary }) => [
        SWITCH_NAMES[kind],
        formatDuration(summary.medianMs),
        `${formatDuration(summary.lowMs)} to ${formatDuration(summary.highMs)}`,
      ]),
    ],
  }));
}

function drawCosts({ costs }: SwitchCosts): Block {
  const times = costs.flatMap(({ samplesMs }) => samplesMs);
  const domain = [Math.min(...times) / 2, Math.max(...times) * 2] as const;
  const frame = makeFrame({
    x: {
      type: "log",
      domain,
      ticks: logTicks(domain, (ms) => formatTick(ms)),
      title: "time of one hand-over",
    },
    y: { type: "linear", domain: [costs.length, 0], ticks: [], title: "" },
    heightPx: costs.length * ROW_PX,
    leftPx: 150,
    rightPx: 84,
    topPx: 0,
  });
  const { x, y, right } = frame;
  const rows = costs.map(({ kind, samplesMs, summary }, row) => {
    const middle = y(row + 0.5);
    return [
      textLine(SWITCH_NAMES[kind], [SPACE.edge, middle + 4], {
        sizePx: TYPE.body,
        look: "skein-bold",
      }),
      ...samplesMs.map((ms) =>
        drawMark([x(ms), middle], { shape: "circle", look: LOOKS[kind] })
      ),
      `<path class="skein-axis" d="M${roundPx(x(summary.lowMs))} ${middle}H${
        roundPx(x(summary.highMs))
      }" style="fill:none;stroke-width:1.5px"/>`,
      drawMark([x(summary.medianMs), middle], {
        shape: "diamond",
        look: "skein-ink",
      }),
      textLine(formatDuration(summary.medianMs), [right + 14, middle + 5], {
        sizePx: TYPE.heading,
        look: "skein-bold",
      }),
    ].join("");
  });
  return { markup: frame.markup + rows.join(""), heightPx: frame.heightPx };
}

const LOOKS: Readonly<Record<SwitchKind, string>> = {
  await: "skein-async",
  thread: "skein-workers",
  process: "skein-processes",
};
const ROW_PX = 44;
