/**
 * Words in figures: how wide they are, how they fit, how they are written.
 *
 * No font can be measured where figures are made, so widths are estimates that
 * lean to the wide side: labels then never collide, whatever font a reader has.
 * Pure.
 * @module
 */

export interface TextOptions {
  readonly sizePx: number;
  /** Left edge, middle or right edge at the given place. @default "start" */
  readonly anchor?: "start" | "middle" | "end";
  /** Class names from `visual.ts`. @default "" */
  readonly look?: string;
}

export interface TextRoom {
  readonly sizePx: number;
  readonly widthPx: number;
  readonly isBold?: boolean;
}

/** Part of a line that has its own look. */
export interface TextRun {
  readonly text: string;
  readonly look?: string;
  readonly sizePx?: number;
}

/**
 * Estimates how wide a text is.
 *
 * Units: pixels.
 */
export function textWidth(
  text: string,
  sizePx: number,
  isBold = false,
): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * sizePx * (isBold ? 1.12 : 1);
}

/** Shortens a text in its middle so that it fits: both ends of a name tell. */
export function fitText(
  text: string,
  room: TextRoom,
): string {
  const characters = [...text];
  for (let kept = characters.length; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const short = kept === characters.length
      ? text
      : `${characters.slice(0, head).join("").trimEnd()}…${
        characters.slice(characters.length - (kept - head)).join("").trimStart()
      }`;
    if (textWidth(short, room.sizePx, room.isBold) <= room.widthPx) {
      return short;
    }
  }
  return characters.length > 1 ? "…" : text;
}

/**
 * Breaks a text into lines at its line ends and spaces, but for the space between
 * a number and its unit.
 */
export function wrapText(
  text: string,
  room: TextRoom,
): readonly string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of splitWords(paragraph)) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      const width = textWidth(longer, room.sizePx, room.isBold);
      if (lines.length > 0 && width <= room.widthPx) {
        lines[lines.length - 1] = longer;
      } else {
        lines.push(fitText(word, room));
      }
    }
    return lines;
  });
}

function splitWords(paragraph: string): readonly string[] {
  return paragraph.match(/\S*\d (?:%|[µmn]?s\b|[kKMG]i?B\b)\S*|\S+/g) ?? [];
}

/** Writes a line of text as an SVG element, its words escaped. */
export function textLine(
  text: string,
  place: readonly [x: number, y: number],
  options: TextOptions,
): string {
  return writeElement(escapeText(text), place, options);
}

/**
 * Writes a line of text whose parts have different looks.
 *
 * The parts follow one another in whatever font a reader has, with nothing
 * placed by an estimated width.
 */
export function textRuns(
  runs: readonly TextRun[],
  place: readonly [x: number, y: number],
  options: TextOptions,
): string {
  const spans = runs.filter(({ text }) => text !== "").map((run, index) => {
    const attributes = [
      index === 0 ? "" : ` dx="6"`,
      run.look === undefined ? "" : ` class="${run.look}"`,
      run.sizePx === undefined ? "" : ` font-size="${run.sizePx}"`,
    ];
    return `<tspan${attributes.join("")}>${escapeText(run.text)}</tspan>`;
  });
  return writeElement(spans.join(""), place, options);
}

function writeElement(
  content: string,
  place: readonly [x: number, y: number],
  options: TextOptions,
): string {
  const { sizePx, anchor = "start", look = "" } = options;
  const attributes = [
    `x="${roundPx(place[0])}" y="${roundPx(place[1])}" font-size="${sizePx}"`,
    anchor === "start" ? "" : ` text-anchor="${anchor}"`,
    look === "" ? "" : ` class="${look}"`,
  ];
  return `<text ${attributes.join("")}>${content}</text>`;
}

/** Escapes words for SVG, and drops what XML does not allow. */
export function escapeText(text: string): string {
  return text
    // One forbidden character would make a browser refuse the whole image.
    .replace(
      /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu,
      "",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Rounds a distance to what can be seen. */
export function roundPx(px: number): number {
  return Math.round(px * 100) / 100;
}

/** Titles a figure of a run; one without a title of its own is named by what it shows. */
export function titleOf(
  { title }: { readonly title: string },
  what: string,
  separator = ": ",
): string {
  if (title === "" || title === UNTITLED) {
    return `${what[0]!.toUpperCase()}${what.slice(1)}`;
  }
  return separator === "" ? title : `${title}${separator}${what}`;
}

/** What `trace()` calls a run of a function without a name. */
const UNTITLED = "trace";

/** Says how many there was no room for. */
export function tellHidden(count: number, noun: string): string {
  if (count === 0) return "";
  return count === 1
    ? `One more ${noun} is not drawn.`
    : `${count} more ${noun}s are not drawn.`;
}

function emsOf(character: string): number {
  let ems = EMS.get(character);
  if (ems === undefined) {
    ems = character.codePointAt(0)! < 0x2000 ? 0.62 : 1.05;
    EMS.set(character, ems);
  }
  return ems;
}

/** Widths of characters in parts of the type size; of others by their script. */
const EMS = new Map(
  ([
    ["ijl.,:;'|!·", 0.32],
    [" frtI()[]-÷", 0.42],
    ["mwMW%@—…", 0.98],
    ["ABCDEFGHJKLNOPQRSTUVXYZ", 0.72],
  ] as const).flatMap(([characters, ems]) =>
    [...characters].map((one) => [one, ems] as [string, number])
  ),
);
