/**
 * The start-up ladder: what it costs to start a promise, a Worker, a process.
 *
 * One row a kind on a logarithmic axis: a track from the moment that the
 * constructor has returned to the first result, and every sample of the latter.
 * What a round trip costs afterwards stands in words: it is no time since the
 * start. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import {
  drawLine,
  drawMark,
  drawSamples,
  type Figure,
  type Look,
  makeLegend,
  makeRows,
  roundPx,
  type Row,
} from "../../plot/core/mod.ts";
import { KEYS, logAxis, measuredFigure, MUTED } from "../figures.ts";
import type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnStage,
} from "./spawn_cost.ts";

export function spawnCostFigure(found: SpawnCosts): Figure {
  const { costs } = found;
  const times = costs.flatMap(({ samples }) =>
    samples.flatMap(({ constructor, firstMessage, firstResult }) => [
      constructor ?? 0,
      firstMessage ?? 0,
      firstResult ?? 0,
    ])
  );
  const axis = logAxis([...times, 0.001, 1], 1.4, {
    kind: "time",
    title: "time since the start was asked for, logarithmic",
  });
  return measuredFigure(found, {
    table: [
      ["started", ...STAGES.map(([, heading]) => heading)],
      ...costs.map(({ kind, stages }) => [
        KINDS[kind].name,
        ...STAGES.map(([stage]) => {
          const summary = stages[stage];
          return summary === null ? "–" : formatDuration(summary.medianMs);
        }),
      ]),
    ],
    draw: (paper) => [
      makeRows(paper, axis, costs.map(makeRow)),
      makeLegend([
        KEYS.samples(THREAD, "first result, each start"),
        { mark: drawTick(MEDIAN, 11, [0, 14]), name: "its median" },
        KEYS.mark(FIRST_MESSAGE, "first message"),
        { mark: drawTick(RETURNED, 11, [1, 13]), name: "constructor returned" },
      ], paper),
    ],
  });
}

function makeRow({ kind, samples, stages }: SpawnCost): Row {
  const { name, meaning, look } = KINDS[kind];
  const { firstResult, constructor: returned, firstMessage, roundTrip } =
    stages;
  const result = firstResult?.medianMs;
  return {
    name,
    meaning,
    look,
    heightPx: 26,
    answer: [
      {
        text: result === undefined ? "no result" : formatDuration(result),
        look: "skein-bold",
      },
      ...(roundTrip === null || kind === "promise" ? [] : [{
        text: `then ${formatDuration(roundTrip.medianMs)} a round trip`,
        ...MUTED,
      }]),
    ],
    draw: ({ at }, top, bottom) => {
      const middle = (top + bottom) / 2;
      const results = samples.flatMap(({ firstResult }) => firstResult ?? []);
      const track = [returned?.medianMs ?? [], result ?? []].flat();
      return [
        drawLine(track.map((ms) => [at(ms), middle]), look.look, {
          widthPx: 1.5,
        }),
        drawSamples(results.map(at), [top + 4, bottom - 4], {
          ...look,
          radiusPx: 2.6,
        }),
        returned && drawTick(RETURNED, at(returned.medianMs), [
          top + 6,
          bottom - 6,
        ]),
        firstMessage && drawMark([at(firstMessage.medianMs), middle], {
          ...FIRST_MESSAGE,
          look: look.look,
        }),
        result && drawTick(MEDIAN, at(result), [top, bottom]),
      ].join("");
    },
  };
}

function drawTick(look: string, x: number, [top, bottom]: [number, number]) {
  return `<path class="${look}" d="M${roundPx(x)} ${top}V${bottom}"/>`;
}

const MEDIAN = "skein-median";
const RETURNED = `skein-axis" style="stroke-width:2px`;
const STAGES: readonly (readonly [SpawnStage, string])[] = [
  ["firstResult", "first result"],
  ["firstMessage", "first message"],
  ["constructor", "constructor returned"],
  ["roundTrip", "round trip, once started"],
];
const THREAD: Look = { shape: "circle", look: "skein-workers" };
const PROCESS: Look = { shape: "square", look: "skein-processes" };
const TASK: Look = { shape: "triangle", look: "skein-async" };
const FIRST_MESSAGE: Look = { ...THREAD, radiusPx: 4, isHollow: true };
const KINDS: Readonly<
  Record<SpawnKind, { name: string; meaning: string; look: Look }>
> = {
  "promise": { name: "promise", meaning: "on this thread", look: TASK },
  "web worker": { name: "web Worker", meaning: "a thread", look: THREAD },
  "node worker": { name: "node Worker", meaning: "a thread", look: THREAD },
  "true": { name: "process, true", meaning: "does nothing", look: PROCESS },
  "python3": {
    name: "process, python3",
    meaning: "an interpreter",
    look: PROCESS,
  },
  "deno": { name: "process, deno", meaning: "a runtime", look: PROCESS },
};
