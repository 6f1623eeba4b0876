/**
 * The picture of messages: a column each for who sends and receives, a line each
 * for what leaves, arrows from when it left to when it arrived. Pure.
 * @module
 */
import { formatBytes, formatDuration } from "../../base/mod.ts";
import type { Recording } from "../../base/record/mod.ts";
import {
  type Block,
  drawBox,
  type Figure,
  linkEntry,
  makeFigure,
  makeLegend,
  makeParagraph,
  type Paper,
  stateEntry,
  tellHidden,
  titleOf,
  WIDE,
} from "../core/mod.ts";
import { drawSequence } from "./sequence_draw.ts";
import { makeSequence, type Sequence } from "./sequence_layout.ts";

export function messageSequenceFigure(recording: Recording): Figure {
  const isEmpty = sequenceOn(recording, WIDE).messages.length === 0;
  return makeFigure({
    title: titleOf(recording, "who sent what"),
    alt: describeSequence(sequenceOn(recording, WIDE)),
    draw: (paper) =>
      isEmpty
        ? [makeParagraph("No message was recorded.", "body", paper)]
        : sequenceBlocks(sequenceOn(recording, paper), paper),
  });
}

/** As many columns as can be told apart. */
function sequenceOn(recording: Recording, { isNarrow }: Paper): Sequence {
  return makeSequence(recording, isNarrow ? 4 : 8);
}

function sequenceBlocks(sequence: Sequence, paper: Paper): readonly Block[] {
  const { messages, spans, hiddenParticipants, hiddenMessages } = sequence;
  const notes = [
    "At the left: when each message left. Distances are not to scale.",
    tellHidden(hiddenParticipants, "lane"),
    hiddenMessages > 0
      ? `${hiddenMessages} of ${
        messages.length + hiddenMessages
      } arrows are not drawn.`
      : "",
  ];
  const states = new Set(spans.map(({ state }) => state));
  const kinds = new Set(messages.map(({ kind }) => kind));
  return [
    makeLegend([
      ...[...states].map(stateEntry),
      ...[...kinds].map(linkEntry),
      ...(messages.some(({ queuedMs }) => queuedMs > 0)
        ? [{
          mark: drawBox([9, 0, 4, 14], "skein-waiting-ink"),
          name: "queued",
          meaning: "arrived, not yet taken",
        }]
        : []),
    ], paper),
    drawSequence(sequence, paper),
    makeParagraph(
      notes.filter((note) => note !== "").join(" "),
      "caption",
      paper,
    ),
  ];
}

function describeSequence(sequence: Sequence): string {
  const { messages, hiddenMessages } = sequence;
  if (messages.length === 0) return "No message was recorded.";
  const lines = messages.slice(0, MAX_TOLD).map((message) => {
    const { kind, from, to, startMs, endMs, label, bytes, queuedMs } = message;
    const what = [
      label ?? kind,
      ...(bytes === undefined ? [] : [formatBytes(bytes)]),
      `left at ${formatDuration(startMs)}`,
      `${formatDuration(endMs - startMs)} on the way`,
      ...(queuedMs > 0 ? [`queued ${formatDuration(queuedMs)}`] : []),
    ];
    return `${from} to ${to}: ${what.join(", ")}`;
  });
  const rest = messages.length + hiddenMessages - lines.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  return lines.join("\n");
}

const MAX_TOLD = 20;
