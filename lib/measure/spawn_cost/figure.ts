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
  type Axis,
  type Block,
  describeStamp,
  drawLine,
  drawMark,
  drawSamples,
  type Figure,
  type Look,
  makeFigure,
  makeLegend,
  makeRows,
  type Paper,
  roundPx,
  ROUNDS,
  type Row,
  TYPE,
  warningOf,
} from "../../plot/core/mod.ts";
import type { SpawnCost, SpawnCosts, SpawnKind, SpawnStage } from "./result.ts";

/** Draws what starting things costs. */
export function spawnCostFigure(found: SpawnCosts): Figure {
  const { title, findings, stamp, costs } = found;
  return makeFigure({
    title,
    findings,
    warning: warningOf(stamp),
    captions: [describeStamp(stamp, ROUNDS)],
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
      drawLadder(found, paper),
      makeLegend([
        {
          mark: drawSamples([5, 11, 17], [2, 12], KINDS["web worker"].look),
          name: "first result, each start",
        },
        { mark: drawMedian(11, [0, 14]), name: "its median" },
        {
          mark: drawMark([11, 7], FIRST_MESSAGE),
          name: "first message",
        },
        { mark: drawReturned(11, [1, 13]), name: "constructor returned" },
      ], paper),
    ],
  });
}

function drawLadder({ costs }: SpawnCosts, paper: Paper): Block {
  const times = costs.flatMap(({ samples }) =>
    samples.flatMap(({ constructor, firstMessage, firstResult }) => [
      constructor ?? 0,
      firstMessage ?? 0,
      firstResult ?? 0,
    ])
  ).filter((ms) => ms > 0);
  return makeRows(paper, {
    isLog: true,
    domain: [Math.min(0.001, ...times) / 1.4, Math.max(1, ...times) * 1.4],
    kind: "time",
    title: "time since the start was asked for, logarithmic",
  }, costs.map(makeRow));
}

function makeRow({ kind, samples, stages }: SpawnCost): Row {
  const { name, meaning, look } = KINDS[kind];
  const result = stages.firstResult;
  const muted = { look: "skein-muted", sizePx: TYPE.small };
  return {
    name,
    meaning,
    look,
    answer: [
      {
        text: result === null ? "no result" : formatDuration(result.medianMs),
        look: "skein-bold",
      },
      ...(stages.roundTrip === null || kind === "promise" ? [] : [{
        text: `then ${formatDuration(stages.roundTrip.medianMs)} a round trip`,
        ...muted,
      }]),
    ],
    heightPx: 26,
    draw: ({ at }: Axis, top: number, bottom: number) => {
      const middle = (top + bottom) / 2;
      const returned = stages.constructor;
      const message = stages.firstMessage;
      return [
        returned === null || result === null ? "" : drawLine(
          [[at(returned.medianMs), middle], [at(result.medianMs), middle]],
          look.look,
          { widthPx: 1.5 },
        ),
        drawSamples(
          samples.flatMap(({ firstResult }) => firstResult ?? []).map(at),
          [top + 4, bottom - 4],
          { ...look, radiusPx: 2.6 },
        ),
        returned === null
          ? ""
          : drawReturned(at(returned.medianMs), [top + 6, bottom - 6]),
        message === null ? "" : drawMark([at(message.medianMs), middle], {
          ...FIRST_MESSAGE,
          look: look.look,
        }),
        result === null ? "" : drawMedian(at(result.medianMs), [top, bottom]),
      ].join("");
    },
  };
}

function drawMedian(x: number, [top, bottom]: readonly [number, number]) {
  return `<path class="skein-median" d="M${roundPx(x)} ${top}V${bottom}"/>`;
}

function drawReturned(x: number, [top, bottom]: readonly [number, number]) {
  return `<path class="skein-axis" style="stroke-width:2px" d="M${
    roundPx(x)
  } ${top}V${bottom}"/>`;
}

const STAGES: readonly (readonly [SpawnStage, string])[] = [
  ["firstResult", "first result"],
  ["firstMessage", "first message"],
  ["constructor", "constructor returned"],
  ["roundTrip", "round trip, once started"],
];

const FIRST_MESSAGE: Look = {
  shape: "circle",
  look: "skein-workers",
  radiusPx: 4,
  isHollow: true,
};

const THREAD: Look = { shape: "circle", look: "skein-workers" };
const PROCESS: Look = { shape: "square", look: "skein-processes" };

const KINDS: Readonly<
  Record<SpawnKind, { name: string; meaning: string; look: Look }>
> = {
  "promise": {
    name: "promise",
    meaning: "on this thread",
    look: { shape: "triangle", look: "skein-async" },
  },
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
