/**
 * Names of lines: at their right ends where there is room, else in the legend.
 *
 * Pure.
 * @module
 */
import { type Frame, spreadLabels } from "./frame.ts";
import type { LegendEntry } from "./legend.ts";
import { drawMark, type Look } from "./marks.ts";
import { CAPTION, type Paper, TYPE } from "./paper.ts";
import { textLine, textWidth } from "./text.ts";

/** A line that has a name. */
export interface Series {
  readonly look: Look;
  readonly name: string;
  /** What there is to say of it, in short. */
  readonly note?: string;
  readonly value: number;
}

/** Room that names take at the right, pixels. */
export function seriesRoom(series: readonly Series[], paper: Paper): number {
  if (paper.isNarrow) return 0;
  const widths = series.map(({ name, note = "" }) =>
    Math.max(
      textWidth(name, TYPE.small, true),
      textWidth(note, TYPE.caption),
    )
  );
  return Math.ceil(MARK_PX + Math.max(0, ...widths));
}

/** Names at the right ends of lines; nothing where they are in the legend. */
export function labelSeries(
  series: readonly Series[],
  { y, right, top, bottom }: Frame,
  paper: Paper,
): string {
  if (paper.isNarrow) return "";
  const hasNotes = series.some(({ note }) => note !== undefined);
  const places = spreadLabels(series.map(({ value }) => y(value)), {
    gapPx: hasNotes ? 36 : 18,
    top: top + 8,
    bottom: bottom - (hasNotes ? 18 : 6),
  });
  return series.map(({ look, name, note = "" }, index) => {
    const place = places[index]!;
    return drawMark([right + 12, place], look) +
      textLine(name, [right + MARK_PX, place + 4], {
        sizePx: TYPE.small,
        look: "skein-bold",
      }) +
      (note === ""
        ? ""
        : textLine(note, [right + MARK_PX, place + 18], CAPTION));
  }).join("");
}

/** The same in the legend, where there was no room. */
export function seriesEntries(
  series: readonly Series[],
  paper: Paper,
): readonly LegendEntry[] {
  if (!paper.isNarrow) return [];
  return series.map(({ look, name, note = "" }) => ({
    mark: drawMark([11, 7], look),
    name,
    meaning: note,
  }));
}

const MARK_PX = 24;
