/**
 * The blocks of a recording's card: legend, timeline, notes, findings, stamp.
 *
 * Pure: a recording in, blocks out. How the timeline is drawn is in
 * `recording_draw.ts`.
 * @module
 */
import type { Recording } from "../../base/record/mod.ts";
import { type Block, makeParagraph, makeSpace } from "../core/card.ts";
import { formatDuration } from "../../base/mod.ts";
import { makeLegend } from "../core/legend.ts";
import { type Drawn, drawScene } from "./recording_draw.ts";
import { linkEntries, stateEntries } from "./recording_legend.ts";
import { makeScene, type Scene } from "./recording_scene.ts";
import { recordingStyle } from "./recording_visual.ts";
import { nameThread } from "./recording_words.ts";
import { tellHidden, wrapText } from "../core/text.ts";
import { aliveStyleSheet, SPACE, TYPE } from "../core/visual.ts";

/** A timeline's blocks, and what they were made of. */
export interface TimelineParts {
  /** Legend, lanes and notes. */
  readonly blocks: readonly Block[];
  /** What was drawn; null if nothing was recorded. */
  readonly scene: Scene | null;
  /** How high the drawing is, pixels. */
  readonly heightPx: number;
}

/**
 * Draws a recording's timeline as blocks of a card.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(recordingBlocks(EMPTY).blocks[0]!.markup, /Nothing was recorded/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The blocks; the first carries the style sheet that all need.
 * @throws {RangeError} If a span's times are not finite, or it ends before it starts.
 */
export function recordingBlocks(recording: Recording): TimelineParts {
  const scene = makeScene(recording);
  if (scene.lanes.length + scene.counters.length + scene.marks.length === 0) {
    const note = makeParagraph("Nothing was recorded.", "body");
    return { blocks: [withStyle(note)], scene: null, heightPx: 0 };
  }
  const shown = scene.lanes.map(() => true);
  const drawn = drawScene(scene, { fromMs: 0, toMs: scene.endMs, shown });
  const legend = makeLegend([
    ...stateEntries(new Set(scene.spans.map(({ state }) => state))),
    ...linkEntries(new Set(scene.links.map(({ kind }) => kind))),
  ]);
  const stage = `<g class="skein-stage">${drawn.markup}</g>`;
  const notes = noteDrawn(scene, drawn);
  const blocks = [
    // Without a span there may be no legend, and a block of no height is left out.
    withStyle({
      markup: (scene.spans.some(({ state }) =>
          state === "alive"
        )
        ? `<style>${aliveStyleSheet()}</style>`
        : "") + legend.markup,
      heightPx: Math.max(1, legend.heightPx),
    }),
    { markup: stage, heightPx: drawn.heightPx },
    makeParagraph(notes.join(" "), "caption"),
  ];
  return { blocks, scene, heightPx: drawn.heightPx };
}

/** Says what the drawing leaves out, so that nobody takes it for everything. */
function noteDrawn(scene: Scene, drawn: Drawn): readonly string[] {
  const { mergedSpans, mergedMarks, links, hiddenLinks, hiddenLabels } = drawn;
  return [
    mergedSpans > 0
      ? `${mergedSpans} spans too short to see are drawn as ${mergedMarks} small stacks: the height of a colour is its share of the time.`
      : "",
    hiddenLinks > 0
      ? `${hiddenLinks} of ${links} arrows are not drawn, the ribbon counts them all.`
      : "",
    tellHidden(scene.hiddenLanes, "lane"),
    tellHidden(scene.hiddenCounters, "counter"),
    hiddenLabels > 0
      ? `${hiddenLabels} marked moments have no words here.`
      : "",
    scene.spans.some(({ sampled }) => sampled)
      ? "Pale spans come from sampling: their ends are known to a sampling step only."
      : "",
  ].filter((note) => note !== "");
}

/**
 * Puts the style sheet of recordings into a card's first block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(withStyle({ markup: "<g/>", heightPx: 1 }).markup, /^<style>/);
 * ```
 *
 * @param block The block.
 * @returns The same block, styled.
 */
export function withStyle(block: Block): Block {
  return { ...block, markup: recordingStyle() + block.markup };
}

/**
 * Makes blocks of what a recording's shape means, and of what is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.deepEqual(findingBlocks(EMPTY, []), []);
 * ```
 *
 * @param recording What was recorded.
 * @param findings Sentences; a deadlock's are set off in red and bold.
 * @returns Blocks; none if there is nothing to say.
 */
export function findingBlocks(
  recording: Pick<Recording, "missing" | "notes" | "threads">,
  findings: readonly string[],
): readonly Block[] {
  const missing = recording.missing.map(endSentence);
  const notes = (recording.notes ?? []).map(endSentence);
  const threads = (recording.threads ?? [])
    .filter(({ runnableMs }) => runnableMs > 0)
    .toSorted((a, b) => b.runnableMs - a.runnableMs)
    .slice(0, MAX_THREADS)
    .map(({ lane, runningMs, runnableMs }) =>
      `${nameThread(lane)} ${formatDuration(runningMs)} on a core, ${
        formatDuration(runnableMs)
      } ready for one`
    );
  return [
    ...(findings.length > 0
      ? [
        makeSpace(14, true),
        makeParagraph("What the recording says", "heading"),
      ]
      : []),
    ...findings.map((text) =>
      /^Deadlock/.test(text) ? makeAlarm(text) : makeParagraph(text, "body")
    ),
    ...(threads.length > 0
      ? [
        makeParagraph(
          `Counted by the system: ${threads.join("; ")}.`,
          "caption",
        ),
      ]
      : []),
    ...(notes.length > 0 ? [makeParagraph(notes.join(" "), "caption")] : []),
    ...(missing.length > 0
      ? [
        makeSpace(6, true),
        makeParagraph(`Not recorded: ${missing.join(" ")}`, "caption"),
      ]
      : []),
  ];
}

function endSentence(text: string): string {
  return text.replace(/\.?$/, ".");
}

/**
 * Makes a paragraph that warns: red, bold, with a sign before it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(makeAlarm("Deadlock").markup, /skein-alarm/);
 * ```
 *
 * @param text The words.
 * @returns A block.
 */
export function makeAlarm(text: string): Block {
  const { edge, width } = SPACE;
  const isBold = true;
  const lines = wrapText(text, {
    sizePx: TYPE.body,
    widthPx: width - 2 * edge - 24,
    isBold,
  });
  const words = makeParagraph(lines.join("\n"), "body");
  const bold = words.markup
    .replaceAll(`<text x="${edge}"`, `<text x="${edge + 24}"`)
    .replaceAll(
      `font-size="${TYPE.body}"`,
      `font-size="${TYPE.body}" class="skein-bold skein-alarm"`,
    );
  const sign = `M${edge + 5} 0h6l5 5v6l-5 5h-6l-5 -5v-6z`;
  return {
    markup: `<path class="skein-alarm" d="${sign}"/>${bold}`,
    heightPx: Math.max(16, words.heightPx),
  };
}

// Of many threads those that waited longest for a core tell most.
const MAX_THREADS = 6;
