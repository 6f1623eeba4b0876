/**
 * SGR, the terminal sequences that set colour and weight: `ESC [ 1 ; 31 m`.
 *
 * Pure: codes to styles. `terminal.ts` finds the sequences, `ansi.ts` writes HTML.
 * @module
 */

/** A colour: one of the terminal's 16 by number, or any other as CSS. */
export type TerminalColor = number | string;

/** How a piece of terminal text looks. */
export interface TextStyle {
  /** Colour of the text, unless it is the default one. */
  readonly foreground?: TerminalColor | undefined;
  /** Colour behind the text, unless it is the default one. */
  readonly background?: TerminalColor | undefined;
  /** What else was switched on. */
  readonly effects: ReadonlySet<TextEffect>;
}

/** What a terminal can do to text besides colouring it. */
export type TextEffect =
  | "bold"
  | "dim"
  | "italic"
  | "underline"
  | "inverse"
  | "strike";

/** How text looks before any sequence. */
export const PLAIN: TextStyle = { effects: new Set() };

/**
 * Applies the parameters of one SGR sequence.
 *
 * Source: ECMA-48, "SGR"; ITU-T T.416 for 38 and 48.
 *
 * @example Bold red
 * ```ts
 * import assert from "node:assert/strict";
 * const style = applySgr(PLAIN, "1;31");
 * assert.equal(style.foreground, 1);
 * assert.ok(style.effects.has("bold"));
 * ```
 *
 * @param style How text looked before.
 * @param parameters What stands between `ESC [` and `m`.
 * @returns How text looks after it.
 */
export function applySgr(style: TextStyle, parameters: string): TextStyle {
  const codes = parameters.split(";").flatMap(readCodes);
  let next = style;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { color, length } = readColor(codes.slice(at + 1));
      next = code === 38
        ? { ...next, foreground: color }
        : { ...next, background: color };
      at += length;
    } else {
      next = applyCode(next, code);
    }
  }
  return next;
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return PLAIN;
  const switched = SWITCHES[code];
  if (switched !== undefined) {
    const effects = new Set(style.effects);
    for (const effect of switched.off) effects.delete(effect);
    for (const effect of switched.on) effects.add(effect);
    return { ...style, effects };
  }
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  if (code === 39) return { ...style, foreground: undefined };
  if (code === 49) return { ...style, background: undefined };
  return style;
}

// A part is one code, or a colour with colons: `38:2::255:0:0`, `38:5:208`.
function readCodes(part: string): number[] {
  const [code = 0, kind, ...rest] = part.split(":").map(Number);
  if ((code !== 38 && code !== 48) || kind === undefined) return [code];
  return [code, kind, ...rest.slice(kind === 2 ? -3 : -1)];
}

function readColor(
  codes: readonly number[],
): { color: TerminalColor | undefined; length: number } {
  const [kind, first = 0, second = 0, third = 0] = codes;
  if (kind === 5) return { color: readPaletteColor(first), length: 2 };
  if (kind !== 2) return { color: undefined, length: 0 };
  return { color: formatRgb(first, second, third), length: 4 };
}

function readPaletteColor(index: number): TerminalColor | undefined {
  if (!(index >= 0 && index <= 255)) return undefined;
  if (index < 16) return index;
  if (index >= 232) {
    const gray = 8 + (index - 232) * 10;
    return formatRgb(gray, gray, gray);
  }
  const level = (step: number) => step === 0 ? 0 : 55 + step * 40;
  const cube = index - 16;
  return formatRgb(
    level(Math.floor(cube / 36)),
    level(Math.floor(cube / 6) % 6),
    level(cube % 6),
  );
}

function formatRgb(...parts: [number, number, number]): string {
  return `rgb(${parts.map((part) => Math.min(255, part || 0)).join(" ")})`;
}

const SWITCHES: Readonly<
  Record<number, { on: readonly TextEffect[]; off: readonly TextEffect[] }>
> = {
  1: { on: ["bold"], off: [] },
  2: { on: ["dim"], off: [] },
  3: { on: ["italic"], off: [] },
  4: { on: ["underline"], off: [] },
  7: { on: ["inverse"], off: [] },
  9: { on: ["strike"], off: [] },
  21: { on: ["underline"], off: [] },
  22: { on: [], off: ["bold", "dim"] },
  23: { on: [], off: ["italic"] },
  24: { on: [], off: ["underline"] },
  27: { on: [], off: ["inverse"] },
  29: { on: [], off: ["strike"] },
};
