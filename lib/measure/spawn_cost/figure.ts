/**
 * The start-up ladder: what it costs to start a promise, a Worker, a process.
 *
 * One row a kind on a logarithmic axis: a track from the moment that asking has
 * returned to the first result, every sample of the latter, and what a round
 * trip costs once it is there. Pure.
 * @module
 */

import {
  type Displayable,
  formatDuration,
  formatTick,
} from "../../base/mod.ts";
import type { SpawnCost, SpawnCosts, SpawnKind, SpawnStage } from "./result.ts";
import type { Block, Figure } from "../../plot/core/card.ts";
import { makeLegend } from "../../plot/core/legend.ts";
import {
  makeResultCard,
  type ResultParts,
  showResult,
} from "../../plot/core/result_card.ts";
import { type Frame, logTicks, makeFrame } from "../../plot/core/chart.ts";
import { drawMark } from "../../plot/core/chart_marks.ts";
import { roundPx, textLine } from "../../plot/core/text.ts";
import { SPACE, TYPE, type Words } from "../../plot/core/visual.ts";

/**
 * Shows what starting things costs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { SPAWN_COSTS } from "../../plot/gallery/spawn_cost_gallery_data.ts";
 * const bundle = await showSpawnCosts(SPAWN_COSTS)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /\| web Worker/);
 * ```
 *
 * @param costs What was measured.
 * @returns A value shown as one image, or as a text table.
 */
export function showSpawnCosts(costs: SpawnCosts): Displayable {
  return showResult(costs, () => makeParts(costs));
}

/**
 * Draws what starting things costs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SPAWN_COSTS } from "../../plot/gallery/spawn_cost_gallery_data.ts";
 * assert.match(spawnCostFigure(SPAWN_COSTS).svg, /^<svg /);
 * ```
 *
 * @param costs What was measured.
 * @returns The image and its text alternative.
 */
export function spawnCostFigure(costs: SpawnCosts): Figure {
  return makeResultCard(costs, makeParts(costs));
}

function makeParts(costs: SpawnCosts): ResultParts {
  return {
    blocks: [
      drawLadder(costs),
      makeLegend([
        {
          mark: drawSamples([5, 11, 17], 7, WORKER),
          name: "first result, each start",
          meaning: "",
        },
        { mark: drawMedian(11, 7), name: "its median", meaning: "" },
        {
          mark: drawStage("firstMessage", [11, 7], WORKER),
          name: "first word",
          meaning: "",
        },
        {
          mark: drawStage("constructor", [11, 7], WORKER),
          name: "asking returned",
          meaning: "",
        },
        {
          mark: drawStage("roundTrip", [11, 7], WORKER),
          name: "round trip, once there",
          meaning: "",
        },
      ]),
    ],
    table: [
      ["started", ...STAGES.map(([, heading]) => heading)],
      ...costs.costs.map(({ kind, stages }) => [
        NAMES[kind].name,
        ...STAGES.map(([stage]) => {
          const summary = stages[stage];
          return summary === null ? "–" : formatDuration(summary.medianMs);
        }),
      ]),
    ],
  };
}

function drawLadder({ costs }: SpawnCosts): Block {
  const times = costs.flatMap(({ samples }) =>
    samples.flatMap((sample) =>
      STAGES.flatMap(([stage]) => sample[stage] ?? [])
    )
  ).filter((ms) => ms > 0);
  const domain = [
    Math.min(0.001, ...times) / 1.4,
    Math.max(1, ...times) * 1.4,
  ] as const;
  const frame = makeFrame({
    x: {
      type: "log",
      domain,
      ticks: logTicks(domain, (ms) => formatTick(ms)),
      title: "since asking for it",
    },
    y: {
      type: "linear",
      domain: [costs.length * ROW_PX, 0],
      ticks: [],
      title: "",
    },
    heightPx: costs.length * ROW_PX,
    leftPx: NAMES_PX,
    rightPx: ANSWER_PX,
    topPx: -TITLE_PX,
  });
  const rows = costs.map((cost, index) =>
    drawRow(cost, frame.top + (index + 0.5) * ROW_PX, frame)
  );
  return { markup: frame.markup + rows.join(""), heightPx: frame.heightPx };
}

function drawRow(cost: SpawnCost, middle: number, frame: Frame): string {
  const { kind, samples, stages } = cost;
  const { x, right } = frame;
  const look = LOOKS[kind];
  const { name, meaning } = NAMES[kind];
  const results = samples.flatMap(({ firstResult }) => firstResult ?? []);
  const result = stages.firstResult;
  const first = stages.constructor;
  const at = (stage: SpawnStage) => {
    const summary = stages[stage];
    return summary === null
      ? ""
      : drawStage(stage, [x(summary.medianMs), middle], look);
  };
  const small = { sizePx: TYPE.caption, look: "skein-muted" } as const;
  return [
    `<g class="${look}" style="stroke:none">${
      drawMark([SPACE.edge + 5, middle - 5], { shape: SHAPES[kind], look })
    }</g>`,
    textLine(name, [SPACE.edge + 16, middle - 1], {
      sizePx: TYPE.body,
      look: "skein-bold",
    }),
    textLine(meaning, [SPACE.edge + 16, middle + 13], small),
    first !== null && result !== null
      ? `<path class="${look}" d="M${roundPx(x(first.medianMs))} ${
        roundPx(middle)
      }H${roundPx(x(result.medianMs))}" style="fill:none;stroke-width:1.5px"/>`
      : "",
    drawSamples(results.map(x), middle, look),
    at("constructor"),
    at("firstMessage"),
    kind === "promise" ? "" : at("roundTrip"),
    result === null ? "" : drawMedian(x(result.medianMs), middle),
    result === null
      ? ""
      : textLine(formatDuration(result.medianMs), [right + 16, middle - 1], {
        sizePx: TYPE.heading,
        look: "skein-bold",
      }),
    stages.roundTrip === null || kind === "promise" ? "" : textLine(
      `then ${formatDuration(stages.roundTrip.medianMs)}`,
      [right + 16, middle + 13],
      small,
    ),
  ].join("");
}

function drawSamples(
  places: readonly number[],
  middle: number,
  look: string,
): string {
  // Spread by the golden ratio: even, and the same every time.
  return places.map((x, index) => {
    const y = middle + ((index * 0.618034 + 0.5) % 1 - 0.5) * SPREAD_PX;
    return `<circle class="skein-sample ${look}" cx="${roundPx(x)}" cy="${
      roundPx(y)
    }" r="2.6"/>`;
  }).join("");
}

function drawMedian(x: number, middle: number): string {
  return `<path class="skein-median" d="M${roundPx(x)} ${
    roundPx(middle - MEDIAN_PX)
  }v${2 * MEDIAN_PX}"/>`;
}

function drawStage(
  stage: SpawnStage,
  [x, y]: readonly [number, number],
  look: string,
): string {
  switch (stage) {
    case "constructor":
      return `<path class="${look}" d="M${roundPx(x)} ${
        roundPx(y - 6)
      }v12" style="fill:none;stroke-width:2px"/>`;
    case "firstMessage":
      return drawMark([x, y], {
        shape: "circle",
        look,
        radiusPx: 4,
        isHollow: true,
      });
    case "roundTrip":
      return drawMark([x, y], {
        shape: "diamond",
        look,
        radiusPx: 4.5,
        isHollow: true,
      });
    case "firstResult":
      return "";
    default:
      return stage satisfies never;
  }
}

const STAGES: readonly (readonly [SpawnStage, string])[] = [
  ["firstResult", "first result"],
  ["firstMessage", "first word"],
  ["constructor", "asking returned"],
  ["roundTrip", "round trip, once there"],
];

const WORKER = "skein-workers";

const LOOKS: Readonly<Record<SpawnKind, string>> = {
  "promise": "skein-async",
  "web worker": WORKER,
  "node worker": WORKER,
  "true": "skein-processes",
  "python3": "skein-processes",
  "deno": "skein-processes",
};

const SHAPES = {
  "promise": "triangle",
  "web worker": "circle",
  "node worker": "circle",
  "true": "square",
  "python3": "square",
  "deno": "square",
} as const;

const NAMES: Readonly<Record<SpawnKind, Words>> = {
  "promise": { name: "promise", meaning: "on this thread" },
  "web worker": { name: "web Worker", meaning: "a thread" },
  "node worker": { name: "node Worker", meaning: "a thread" },
  "true": { name: "process, true", meaning: "does nothing" },
  "python3": { name: "process, python3", meaning: "an interpreter" },
  "deno": { name: "process, deno", meaning: "an interpreter" },
};

const ROW_PX = 44;
const NAMES_PX = 146;
const ANSWER_PX = 96;
const TITLE_PX = 16;
const SPREAD_PX = 16;
const MEDIAN_PX = 13;
