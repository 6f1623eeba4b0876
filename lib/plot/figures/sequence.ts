/**
 * The sequence diagram: who sent what to whom, time running down true to scale.
 *
 * A message's slope is its time on the way, the bar at its tip the time until
 * its receiver took it. What is shown is chosen in `sequence_layout.ts`, and
 * drawn in `sequence_draw.ts`.
 * @module
 */
import type { Recording } from "../../base/record/mod.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
} from "../core/card.ts";
import { formatBytes, formatDuration } from "../../base/mod.ts";
import { makeLegend } from "../core/legend.ts";
import { withStyle } from "./recording_blocks.ts";
import { linkEntries, stateEntries } from "./recording_legend.ts";
import { drawSequence } from "./sequence_draw.ts";
import { makeSequence, type Sequence } from "./sequence_layout.ts";
import { tellHidden } from "../core/text.ts";

/**
 * Draws who sent what to whom.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(messageSequenceFigure(EMPTY).svg, /No message was recorded/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image and its text alternative.
 */
export function messageSequenceFigure(recording: Recording): Figure {
  const sequence = makeSequence(recording);
  return makeCard({
    title: `${recording.title}: who sent what`,
    alt: describeSequence(sequence),
    blocks: sequence.messages.length === 0
      ? [withStyle(makeParagraph("No message was recorded.", "body"))]
      : sequenceBlocks(sequence),
  });
}

function sequenceBlocks(sequence: Sequence): readonly Block[] {
  const { messages, spans, hiddenParticipants, hiddenMessages } = sequence;
  const drawn = drawSequence(sequence);
  const hasQueue = messages.some(({ queuedMs }) => queuedMs > 0);
  const notes = [
    tellHidden(hiddenParticipants, "lane"),
    hiddenMessages > 0
      ? `${hiddenMessages} of ${
        messages.length + hiddenMessages
      } arrows are not drawn.`
      : "",
    drawn.hiddenLabels > 0
      ? `${
        drawn.hiddenLabels === 1
          ? "One arrow has"
          : `${drawn.hiddenLabels} arrows have`
      } no words here: there was no room.`
      : "",
  ];
  return [
    withStyle(makeLegend([
      ...stateEntries(new Set(spans.map(({ state }) => state))),
      ...linkEntries(new Set(messages.map(({ kind }) => kind))),
      ...(hasQueue
        ? [{
          mark: QUEUE_SIGN,
          name: "queued",
          meaning: "arrived, not yet taken",
        }]
        : []),
    ])),
    { markup: drawn.markup, heightPx: drawn.heightPx },
    makeParagraph(notes.filter((note) => note !== "").join(" "), "caption"),
  ];
}

function describeSequence(sequence: Sequence): string {
  const { messages, pieces, hiddenMessages } = sequence;
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
  const cuts = pieces.slice(1).map(({ fromMs }, index) =>
    `Cut out: ${
      formatDuration(fromMs - pieces[index]!.toMs)
    } in which nothing happened.`
  );
  return [...lines, ...cuts].join("\n");
}

const MAX_TOLD = 20;

const QUEUE_SIGN = `<rect class="skein-waiting" x="9" width="4" height="14"/>`;
