/**
 * What is drawn between axes: lines, bands, marks, samples, boxes and arrows.
 *
 * Pure: pixels in, SVG text out. Colours come by class, see `theme.ts`.
 * @module
 */
import { isPythonModel, type Model } from "../../base/record/mod.ts";
import { bandPath, linePath, type Place } from "./d3.ts";
import { roundPx } from "./text.ts";
import { hueClass, MODELS } from "./theme.ts";

export type { Place };

/** The form of a mark: tells series apart where colours do not. */
export type Shape = "circle" | "square" | "triangle" | "diamond";

/** How a mark, and the line through such marks, looks. */
export interface Look {
  readonly shape: Shape;
  /** Class names of `theme.ts`. */
  readonly look: string;
  /** Half its width, pixels. @default 4.5 */
  readonly radiusPx?: number;
  /** Whether only its outline is drawn. @default false */
  readonly isHollow?: boolean;
}

/** Draws a line through places; nothing if there are fewer than two. */
export function drawLine(
  places: readonly Place[],
  look: string,
  { widthPx = 2, isDashed = false } = {},
): string {
  if (places.length < 2) return "";
  // By style: the class of a model fills, and outranks an attribute.
  return `<path class="${look}" d="${linePath(places)}" style="fill:none;` +
    `stroke-width:${widthPx}px${isDashed ? ";stroke-dasharray:5 4" : ""}"/>`;
}

/** Draws the area between two lines, both from left to right. */
export function drawBand(
  upper: readonly Place[],
  lower: readonly Place[],
  look: string,
): string {
  return `<path class="skein-interval ${look}" d="${
    bandPath(upper, lower)
  }" style="stroke:none"/>`;
}

export function drawMark([x, y]: Place, options: Look): string {
  const { shape, look, radiusPx = 4.5, isHollow = false } = options;
  const path = SHAPES[shape](roundPx(x), roundPx(y), radiusPx);
  if (!isHollow) {
    return `<path class="${look}" d="${path}" style="stroke:none"/>`;
  }
  return `<path class="skein-panel-fill" d="${path}"/>` +
    `<path class="${look}" d="${path}" style="fill:none;stroke-width:2px"/>`;
}

/** The look of a way of `compare`: a square is Python, a circle is not. */
export function modelLook(model: Model): Look {
  return {
    shape: isPythonModel(model) ? "square" : "circle",
    look: hueClass(MODELS[model].hue),
  };
}

/** The look of a series by its number, each with a form of its own. */
export function seriesLook(index: number): Look {
  const hues = ["workers", "async", "sequential", "processes"] as const;
  const shapes = ["circle", "square", "triangle", "diamond"] as const;
  return {
    look: hueClass(hues[index % hues.length]!),
    shape: shapes[index % shapes.length]!,
  };
}

/** Where in its strip a sample is, 0 to 1: spread evenly, and the same every time. */
export function jitter(index: number): number {
  // By the golden ratio.
  return (index * 0.618034 + 0.5) % 1;
}

export function drawSamples(
  places: readonly number[],
  [top, bottom]: readonly [number, number],
  look: Look,
): string {
  const marked = { radiusPx: 3, ...look, look: `skein-sample ${look.look}` };
  return places.map((x, index) =>
    drawMark([x, top + (bottom - top) * jitter(index)], marked)
  ).join("");
}

/** Draws an interval as a pale box, and its middle as a line. */
export function drawInterval(
  [from, middle, to]: readonly [number, number, number],
  [top, bottom]: readonly [number, number],
  look: string,
): string {
  return drawBox(
    [from - 1.5, top, Math.max(1, to - from) + 3, bottom - top],
    `skein-interval ${look}`,
    3,
  ) +
    `<path class="skein-median" d="M${roundPx(middle)} ${roundPx(top)}V${
      roundPx(bottom)
    }"/>`;
}

/** Draws how far a value reaches up and down, as a line between two ends. */
export function drawWhisker(
  x: number,
  [one, other]: readonly [number, number],
  look = "skein-axis",
): string {
  const [from, to] = [roundPx(one), roundPx(other)];
  const cap = (y: number) => `M${roundPx(x - 4)} ${y}h8`;
  return `<path class="${look}" d="M${roundPx(x)} ${from}V${to}${cap(from)}${
    cap(to)
  }" style="fill:none;stroke-width:1.5px"/>`;
}

export function drawBox(
  [x, y, width, height]: Box,
  look: string,
  roundedPx = 0,
): string {
  return `<rect class="${look}" x="${roundPx(x)}" y="${roundPx(y)}" width="${
    roundPx(width)
  }" height="${roundPx(height)}"${roundedPx > 0 ? ` rx="${roundedPx}"` : ""}/>`;
}

/** A rectangle, pixels. */
export type Box = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
];

/** Draws rectangles of one look as one path: a figure may have thousands. */
export function drawBoxes(boxes: readonly Box[], look: string): string {
  if (boxes.length === 0) return "";
  const path = boxes.map((box) => {
    const [x, y, width, height] = box.map(roundPx);
    return `M${x} ${y}h${width}v${height}h${-width!}z`;
  });
  return `<path class="${look}" d="${path.join("")}"/>`;
}

/** Draws an arrow: its line, and its head at the end. */
export function drawArrow(
  [fromX, fromY]: Place,
  [toX, toY]: Place,
  look: {
    readonly line: string;
    readonly head: string;
    readonly sizePx?: number;
  },
): string {
  const { sizePx = 6 } = look;
  const length = Math.hypot(toX - fromX, toY - fromY);
  const [ux, uy] = length === 0
    ? [0, 1]
    : [(toX - fromX) / length, (toY - fromY) / length];
  const [backX, backY] = [toX - ux * sizePx, toY - uy * sizePx];
  const half = sizePx * 0.43;
  return `<path class="${look.line}" fill="none" d="M${roundPx(fromX)} ${
    roundPx(fromY)
  }L${roundPx(backX)} ${roundPx(backY)}"/><path class="${look.head}" d="M${
    roundPx(toX)
  } ${roundPx(toY)}L${roundPx(backX - uy * half)} ${
    roundPx(backY + ux * half)
  }L${roundPx(backX + uy * half)} ${roundPx(backY - ux * half)}Z"/>`;
}

const SHAPES: Readonly<
  Record<Shape, (x: number, y: number, r: number) => string>
> = {
  circle: (x, y, r) =>
    `M${roundPx(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${
      -2 * r
    } 0Z`,
  square: (x, y, r) =>
    `M${roundPx(x - r * 0.9)} ${roundPx(y - r * 0.9)}h${roundPx(1.8 * r)}v${
      roundPx(1.8 * r)
    }h${roundPx(-1.8 * r)}Z`,
  triangle: (x, y, r) =>
    `M${x} ${roundPx(y - 1.15 * r)}L${roundPx(x + 1.1 * r)} ${
      roundPx(y + 0.8 * r)
    }H${roundPx(x - 1.1 * r)}Z`,
  diamond: (x, y, r) =>
    `M${x} ${roundPx(y - 1.2 * r)}L${roundPx(x + 1.2 * r)} ${y}L${x} ${
      roundPx(y + 1.2 * r)
    }L${roundPx(x - 1.2 * r)} ${y}Z`,
};
