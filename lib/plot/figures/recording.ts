/**
 * The picture of a recording: its timeline, who waits for whom if they wait for
 * ever, and what the shape means. Pure.
 * @module
 */
import { formatDuration, formatShort } from "../../base/mod.ts";
import type { LaneKind, Recording } from "../../base/record/mod.ts";
import {
  describeTraceStamp,
  type Figure,
  makeFigure,
  titleOf,
} from "../core/mod.ts";
import { applyRules, factsOfRecording, inWords } from "../../explain/mod.ts";
import { completeLanes, orderLanes } from "../../trace/facts/mod.ts";
import { describeSpans } from "./scene_words.ts";
import { sceneBlocks, type SceneSource, zoomScript } from "./scene.ts";
import { deadlockBlocks } from "./wait_for.ts";

export function recordingFigure(recording: Recording): Figure {
  const source = recordingSource(recording);
  return makeFigure({
    title: titleOfRun(recording),
    alt: describeRecording(recording),
    findings: findInRecording(recording),
    captions: [
      ...captionsOf(recording),
      describeTraceStamp(recording.stamp),
    ],
    draw: (paper) => [
      ...sceneBlocks(source, paper),
      ...deadlockBlocks(recording, paper),
    ],
    live: (paper) => zoomScript(source, paper),
  });
}

/** Draws a recording's timeline alone. */
export function traceTimelineFigure(recording: Recording): Figure {
  const source = recordingSource(recording);
  return makeFigure({
    title: titleOfRun(recording),
    alt: describeRecording(recording),
    captions: captionsOf(recording),
    draw: (paper) => sceneBlocks(source, paper),
    live: (paper) => zoomScript(source, paper),
  });
}

/** The run's own title, or what the figure shows. */
function titleOfRun(recording: Recording): string {
  return titleOf(recording, "what ran, and when", "");
}

/** What the shape of a recording is called, in sentences. */
export function findInRecording(recording: Recording): readonly string[] {
  return applyRules(factsOfRecording(recording)).map(inWords);
}

function lanesOf(recording: Recording) {
  return orderLanes(completeLanes(recording.lanes, recording));
}

/** A recording as a timeline: one group a kind of lane. */
export function recordingSource(recording: Recording): SceneSource {
  const groups: string[] = [];
  const lanes = lanesOf(recording).map(([{ id, kind }, depth]) => {
    // A task stands below the thread that it runs on, in that thread's group.
    const heading = HEADINGS[kind];
    if (depth === 0 && groups.at(-1) !== heading) groups.push(heading);
    return { id, name: id, group: groups.length - 1, depth };
  });
  return {
    ...recording,
    groups: groups.map((name) => ({
      name: groups.length > 1 ? name : "",
      note: "",
      look: "",
      endMs: null,
    })),
    lanes,
  };
}

/** Small print: what the system counted, what is worth knowing, what is missing. */
function captionsOf(
  { threads = [], notes = [], missing }: Recording,
): readonly string[] {
  const told = threads.filter(({ runnableMs }) => runnableMs > 0)
    .toSorted((a, b) => b.runnableMs - a.runnableMs)
    // Of many threads those that waited longest for a core tell most.
    .slice(0, MAX_THREADS)
    .map(({ lane, runningMs, runnableMs }) =>
      `${nameThread(lane)} ${formatDuration(runningMs)} on a core, ${
        formatDuration(runnableMs)
      } ready for one`
    );
  const sentences = (texts: readonly string[]) =>
    texts.map((text) => text.replace(/\.?$/, ".")).join(" ");
  return [
    told.length > 0 ? `Counted by the system: ${told.join("; ")}.` : "",
    sentences(notes),
    missing.length > 0 ? `Not recorded: ${sentences(missing)}` : "",
  ].filter((text) => text !== "");
}

/** A recording in words, line by line: each lane, arrows, counters, moments. */
export function describeRecording(recording: Recording): string {
  const { spans, links, counters, marks, durationMs } = recording;
  if (spans.length + links.length + counters.length + marks.length === 0) {
    return "Nothing was recorded.";
  }
  const spansOf = Map.groupBy(spans, ({ lane }) => lane);
  const lanes = lanesOf(recording);
  const lines = lanes.slice(0, MAX_TOLD).map(([{ id }]) =>
    `${id}: ${describeSpans(spansOf.get(id) ?? [])}`
  );
  const rest = lanes.length - lines.length;
  if (rest > 0) lines.push(`and ${rest} more lanes`);
  const kinds = [...Map.groupBy(links, ({ kind }) => kind)];
  if (links.length > 0) {
    const counts = kinds.map(([kind, { length }]) => `${length} ${kind}`);
    lines.push(`Arrows: ${counts.join(", ")}.`);
  }
  for (const { name, unit, samples } of counters) {
    if (samples.length === 0) continue;
    const values = samples.map(([, value]) => value);
    const low = values.reduce((least, value) => Math.min(least, value));
    const high = values.reduce((most, value) => Math.max(most, value));
    lines.push(
      `Counter ${name}: ${formatShort(low)} to ${formatShort(high)} ${unit}.`,
    );
  }
  for (const { atMs, label, lane } of marks.slice(0, MAX_TOLD)) {
    const where = lane === undefined ? "" : ` (${lane})`;
    lines.push(`At ${formatDuration(atMs)}: ${label}${where}.`);
  }
  for (const thread of (recording.threads ?? []).slice(0, MAX_TOLD)) {
    lines.push(
      `Counted by the system: ${nameThread(thread.lane)} on a core ${
        formatDuration(thread.runningMs)
      }, ready for one ${formatDuration(thread.runnableMs)}.`,
    );
  }
  return [`Recorded ${formatDuration(durationMs)}.`, ...lines].join("\n");
}

function nameThread(lane: string): string {
  return THREADS[lane] ?? lane;
}

const HEADINGS: Readonly<Record<LaneKind, string>> = {
  core: "cores",
  main: "main thread and its tasks",
  worker: "workers",
  process: "processes",
  task: "tasks",
  lock: "locks",
  queue: "queues",
};
// They compile code and collect garbage; they do input and output.
const THREADS: Readonly<Record<string, string>> = {
  "V8 DefaultWorke": "V8's helpers",
  "tokio-runtime-w": "Deno's helpers",
};
const MAX_TOLD = 14;
const MAX_THREADS = 6;
