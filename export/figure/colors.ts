/**
 * Colours of CSS as six or eight hexadecimal digits, mixed if they say so. Pure.
 * @module
 */

/** Red, green, blue from 0 to 255, and how solid, from 0 to 1. */
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/**
 * Reads a colour.
 *
 * Source: CSS Color 4 and 5, of which it knows names, `#…`, `rgb()`, `hsl()` and
 * `color-mix()` in sRGB.
 *
 * @example Half of red in white
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readColor("color-mix(in srgb, red 50%, white)"), "#ff8080");
 * assert.equal(readColor("url(#a)"), undefined);
 * ```
 *
 * @param text A colour as CSS writes it.
 * @returns For example `#0b5c86`; undefined if it is no colour that is known here.
 */
export function readColor(text: string): string | undefined {
  const rgba = parse(text.trim().toLowerCase());
  return rgba && write(rgba);
}

function parse(text: string): Rgba | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (text === "transparent") return [0, 0, 0, 0];
  const named = NAMES.get(text);
  if (named !== undefined) return parseHex(named);
  if (text.startsWith("#")) return parseHex(text.slice(1));
  const [, name, inside = ""] = /^([a-z-]+)\((.*)\)$/s.exec(text) ?? [];
  if (name === "rgb" || name === "rgba") return parseRgb(inside);
  if (name === "hsl" || name === "hsla") return parseHsl(inside);
  if (name === "color-mix") return parseMix(inside);
  return undefined;
}

function parseHex(digits: string): Rgba | undefined {
  if (!/^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.test(digits)) {
    return undefined;
  }
  const long = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  const at = (index: number) => parseInt(long.slice(index, index + 2), 16);
  return [at(0), at(2), at(4), long.length === 8 ? at(6) / 255 : 1];
}

function parseRgb(inside: string): Rgba | undefined {
  const [red, green, blue, alpha = "1"] = split(inside);
  const channel = (part = "") => read(part, 255);
  const all = [channel(red), channel(green), channel(blue), read(alpha, 1)];
  return all.some(Number.isNaN) ? undefined : all as unknown as Rgba;
}

function parseHsl(inside: string): Rgba | undefined {
  const [hue = "", saturation = "", lightness = "", alpha = "1"] = split(
    inside,
  );
  const h = parseFloat(hue) % 360;
  const s = read(saturation, 1);
  const l = read(lightness, 1);
  const a = read(alpha, 1);
  const strength = s * Math.min(l, 1 - l);
  const channel = (shift: number) => {
    const at = (shift + (h + 360) % 360 / 30) % 12;
    return 255 * (l - strength * Math.max(-1, Math.min(at - 3, 9 - at, 1)));
  };
  const all: Rgba = [channel(0), channel(8), channel(4), a];
  return all.some(Number.isNaN) ? undefined : all;
}

/** `in srgb, red 20%, blue`; in other spaces it comes out a little different. */
function parseMix(inside: string): Rgba | undefined {
  const [space = "", first = "", second = ""] = splitTop(inside);
  if (!space.trim().startsWith("in ")) return undefined;
  const [one, oneShare] = parseShare(first);
  const [two, twoShare] = parseShare(second);
  if (one === undefined || two === undefined) return undefined;
  const a = oneShare ?? (twoShare === undefined ? 0.5 : 1 - twoShare);
  const b = twoShare ?? 1 - a;
  if (!(a + b > 0)) return undefined;
  const share = a / (a + b);
  const alpha = one[3] * share + two[3] * (1 - share);
  const mix = (at: 0 | 1 | 2) =>
    alpha === 0
      ? 0
      : (one[at] * one[3] * share + two[at] * two[3] * (1 - share)) / alpha;
  return [mix(0), mix(1), mix(2), alpha * Math.min(1, a + b)];
}

function parseShare(text: string): [Rgba | undefined, number | undefined] {
  const [, share] = /(?:^|\s)([\d.]+)%(?:\s|$)/.exec(text) ?? [];
  const color = text.replace(/(?:^|\s)[\d.]+%(?=\s|$)/, " ").trim();
  return [parse(color), share === undefined ? undefined : Number(share) / 100];
}

function split(inside: string): string[] {
  return inside.split(/[\s,/]+/).filter((part) => part !== "");
}

/**
 * Splits at commas that stand in no brackets.
 *
 * @param text What stands between the brackets of a function of CSS.
 */
export function splitTop(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

function read(part: string, whole: number): number {
  const number = part.endsWith("%")
    ? Number(part.slice(0, -1)) / 100 * whole
    : part === ""
    ? NaN
    : Number(part);
  return Math.min(whole, Math.max(0, number));
}

function write([red, green, blue, alpha]: Rgba): string {
  const hex = (value: number) =>
    Math.round(value).toString(16).padStart(2, "0");
  return `#${hex(red)}${hex(green)}${hex(blue)}${
    alpha < 1 ? hex(alpha * 255) : ""
  }`;
}

const MAX_LENGTH = 400;

/** Colours that notebooks name; the rest of CSS's names are left to the viewer. */
const NAMES: ReadonlyMap<string, string> = new Map(
  (
    "black 000 silver c0c0c0 gray 808080 grey 808080 white fff maroon 800000 red f00 purple 800080 " +
    "fuchsia f0f magenta f0f green 008000 lime 0f0 olive 808000 yellow ff0 navy 000080 blue 00f " +
    "teal 008080 aqua 0ff cyan 0ff orange ffa500 pink ffc0cb brown a52a2a gold ffd700 indigo 4b0082 " +
    "violet ee82ee crimson dc143c coral ff7f50 salmon fa8072 tomato ff6347 orchid da70d6 plum dda0dd " +
    "khaki f0e68c tan d2b48c beige f5f5dc ivory fffff0 lavender e6e6fa turquoise 40e0d0 " +
    "steelblue 4682b4 royalblue 4169e1 skyblue 87ceeb slategray 708090 slategrey 708090 " +
    "darkred 8b0000 darkgreen 006400 darkblue 00008b darkorange ff8c00 darkgray a9a9a9 darkgrey a9a9a9 " +
    "dimgray 696969 dimgrey 696969 lightgray d3d3d3 lightgrey d3d3d3 lightblue add8e6 " +
    "lightgreen 90ee90 whitesmoke f5f5f5 gainsboro dcdcdc seagreen 2e8b57 forestgreen 228b22 " +
    "firebrick b22222 chocolate d2691e rebeccapurple 663399 dodgerblue 1e90ff hotpink ff69b4"
  ).split(" ").reduce<[string, string][]>((pairs, word, at, words) => {
    if (at % 2 === 0) pairs.push([word, words[at + 1]!]);
    return pairs;
  }, []),
);
