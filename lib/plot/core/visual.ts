/**
 * The visual language of all figures: colours, marks, type and spacing.
 *
 * A state is told apart three times over: by hue, by lightness and by the form
 * of its mark, so that it survives colour blindness, a grey printer and a bad
 * projector. Pure: constants and the style sheet made from them.
 * @module
 */

import { formatPercent } from "../../base/mod.ts";
import {
  isPythonModel,
  type Model,
  type SpanState,
} from "../../base/record/mod.ts";

/** The colours of one mode, as `#rrggbb`. */
export type Palette = Readonly<
  Record<
    | "panel"
    | "border"
    | "ink"
    | "muted"
    | "grid"
    | "onRunning"
    | SpanState
    | Model,
    string
  >
>;

/**
 * Colours on a white panel. States and models reach a contrast of 3:1 against
 * the panel, text reaches 4.5:1.
 */
export const LIGHT: Palette = {
  panel: "#ffffff",
  border: "#d5dae1",
  ink: "#18202b",
  muted: "#566171",
  grid: "#e6e9ee",
  onRunning: "#ffffff",
  running: "#1a56b0",
  alive: "#4a8fe8",
  waiting: "#c07600",
  starting: "#6d7684",
  messaging: "#7d0f55",
  sequential: "#3d4652",
  async: "#0b8579",
  workers: "#6a3fc4",
  processes: "#5f8700",
  // The hue of what is alike in JavaScript; told apart from that by the mark's form.
  "python-sequential": "#3d4652",
  "python-threads": "#b0452b",
  "python-asyncio": "#0b8579",
  "python-processes": "#5f8700",
  "python-subinterpreters": "#6a3fc4",
};

/** Colours on a dark panel, with the same contrast. */
export const DARK: Palette = {
  panel: "#1a1f28",
  border: "#3a4351",
  ink: "#edf0f5",
  muted: "#a9b3c1",
  grid: "#2d3541",
  onRunning: "#0d1522",
  running: "#5f9dff",
  alive: "#2f6fd0",
  waiting: "#e8a030",
  starting: "#818b9a",
  messaging: "#ffb5e2",
  sequential: "#c6cdd6",
  async: "#35b5a7",
  workers: "#a98aff",
  processes: "#b7dc6a",
  "python-sequential": "#c6cdd6",
  "python-threads": "#f0866a",
  "python-asyncio": "#35b5a7",
  "python-processes": "#b7dc6a",
  "python-subinterpreters": "#a98aff",
};

/** What a state or model is called in a figure, and what it means. */
export interface Words {
  /** The name in the legend. */
  readonly name: string;
  /** The explanation beside it. */
  readonly meaning: string;
}

/** The states in the order of the legend, with the words that explain them. */
export const STATES: Readonly<Record<SpanState, Words>> = {
  running: { name: "running", meaning: "needs a core" },
  alive: { name: "alive", meaning: "filled: its share of a core" },
  waiting: { name: "waiting", meaning: "needs no core" },
  starting: { name: "starting", meaning: "loads its code" },
  messaging: { name: "handing over", meaning: "data, queueing included" },
};

/** The models, with the words that explain them. */
export const MODELS: Readonly<Record<Model, Words>> = {
  sequential: { name: "sequential", meaning: "one after another" },
  async: { name: "async", meaning: "together, one thread" },
  workers: { name: "workers", meaning: "a thread each" },
  processes: { name: "processes", meaning: "a process each" },
  "python-sequential": { name: "py sequential", meaning: "one after another" },
  "python-threads": { name: "py threads", meaning: "a thread each" },
  "python-asyncio": { name: "py asyncio", meaning: "together, one thread" },
  "python-processes": { name: "py processes", meaning: "a process each" },
  "python-subinterpreters": {
    name: "py subinterpreters",
    meaning: "a thread and lock each",
  },
};

/** Type sizes in pixels at the figure's own width. */
export const TYPE = {
  title: 17,
  lead: 20,
  heading: 14,
  body: 13,
  small: 12,
  caption: 11,
} as const;

/**
 * The width below which a figure does not shrink, but scrolls in its own box: its
 * smallest text would be less than 9 pixels high. Pages that show figures keep to it.
 */
export const LEAST_WIDTH_PX = 544;

/** Distances in pixels at the figure's own width. */
export const SPACE = {
  width: 640,
  edge: 22,
  gap: 10,
  section: 22,
} as const;

/** Part of a row that a mark fills, from 0 (top) to 1 (bottom). */
export interface MarkBox {
  /** Upper edge. */
  readonly top: number;
  /** Lower edge. */
  readonly bottom: number;
}

/**
 * The form of each state's mark: running is a solid block as high as the row,
 * starting its hatched outline, handing over a dotted block in the lower half,
 * and waiting a thin line between two ends, as draughtsmen write a distance.
 */
export const MARKS: Readonly<Record<SpanState, MarkBox>> = {
  running: { top: 0, bottom: 1 },
  alive: { top: 0, bottom: 1 },
  starting: { top: 0, bottom: 1 },
  messaging: { top: 0.4, bottom: 1 },
  waiting: { top: 0.4, bottom: 0.6 },
};

/** The ends of a waiting line. */
export const WAITING_END: MarkBox = { top: 0.2, bottom: 0.8 };

/**
 * Writes the style sheet that every figure carries within itself.
 *
 * The panel brings its own background, so a figure reads on any page, whatever
 * a front end's theme; where the reader's system asks for dark, it turns dark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(styleSheet(), /prefers-color-scheme: ?dark/);
 * ```
 *
 * @returns CSS text, without outer element.
 */
export function styleSheet(): string {
  const dark = colourRules(DARK).join("");
  return [
    `.skein text{font-family:${FONTS};font-variant-numeric:tabular-nums}`,
    ...colourRules(LIGHT),
    `@media (prefers-color-scheme:dark){${dark}}`,
    ...SHAPE_RULES,
  ].join("\n");
}

/** Patterns that the style sheet refers to. Equal in all figures, so ids may repeat on a page. */
export const PATTERNS: string = [
  `<pattern id="skein-starting" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`,
  `<rect class="skein-panel-fill" width="5" height="5"/><rect class="skein-starting-ink" width="1.6" height="5"/></pattern>`,
  `<pattern id="skein-messaging" width="4" height="4" patternUnits="userSpaceOnUse">`,
  `<rect class="skein-panel-fill" width="4" height="4"/><circle class="skein-messaging-ink" cx="2" cy="2" r="1.4"/></pattern>`,
].join("");

function colourRules(palette: Palette): readonly string[] {
  const { panel, border, ink, muted, grid } = palette;
  return [
    `.skein-panel{fill:${panel};stroke:${border}}`,
    `.skein-panel-fill{fill:${panel}}`,
    `.skein-ink,.skein text{fill:${ink}}`,
    `.skein .skein-muted,.skein .skein-muted text{fill:${muted}}`,
    `.skein .skein-halo{stroke:${panel}}`,
    `.skein-grid{stroke:${grid}}`,
    `.skein-axis,.skein-end,.skein-ideal{stroke:${muted}}`,
    `.skein-median{stroke:${ink}}`,
    `.skein-prediction{stroke:${ink};fill:${panel}}`,
    `.skein .skein-on-running{fill:${palette.onRunning}}`,
    `.skein-running{fill:${palette.running}}`,
    `.skein-waiting{fill:${palette.waiting};stroke:none}`,
    `.skein-waiting-end{stroke:${palette.waiting}}`,
    `.skein-starting{stroke:${palette.starting}}`,
    `.skein-starting-ink{fill:${palette.starting}}`,
    `.skein-messaging{stroke:${palette.messaging}}`,
    `.skein-messaging-ink{fill:${palette.messaging}}`,
    `.skein-warning{fill:${palette.waiting}}`,
    ...modelRules(palette, (model) => !isPythonModel(model)),
  ];
}

/**
 * Writes the rules of code that shares a core, for the figures that show some:
 * a hollow box, filled from below for its share.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(aliveStyleSheet(), /^\.skein-alive\{/);
 * ```
 *
 * @returns CSS text, without outer element.
 */
export function aliveStyleSheet(): string {
  const rules = ({ alive }: Palette) =>
    `.skein-alive{fill:${alive};fill-opacity:.12;stroke:${alive};stroke-width:1px}` +
    `.skein-alive-ink{fill:${alive};fill-opacity:.5}`;
  return `${rules(LIGHT)}\n@media (prefers-color-scheme:dark){${rules(DARK)}}`;
}

/**
 * Says how much of a span was on a core, such as `30 % on a core`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(shareInWords(undefined), "on a core or not is unknown");
 * ```
 *
 * @param share The part, 0 to 1; `undefined` if it is not known.
 * @returns The words.
 */
export function shareInWords(share: number | undefined): string {
  return share === undefined
    ? "on a core or not is unknown"
    : `${formatPercent(share)} on a core`;
}

/**
 * Writes the rules of Python's models, for the figures that show some.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(pythonStyleSheet(), /^\.skein-python-threads\{fill:#/m);
 * ```
 *
 * @returns CSS text, without outer element.
 */
export function pythonStyleSheet(): string {
  const dark = modelRules(DARK, isPythonModel).join("");
  return [
    ...modelRules(LIGHT, isPythonModel),
    `@media (prefers-color-scheme:dark){${dark}}`,
    // Once more, as these rules come after those of shapes.
    `.skein .skein-sample{stroke:none}`,
  ].join("\n");
}

function modelRules(
  palette: Palette,
  isWanted: (model: Model) => boolean,
): readonly string[] {
  return (Object.keys(MODELS) as Model[]).filter(isWanted).map((model) =>
    `.skein-${model}{fill:${palette[model]};stroke:${palette[model]}}`
  );
}

const FONTS =
  `system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif`;

const SHAPE_RULES = [
  `.skein .skein-bold{font-weight:600}`,
  `.skein .skein-halo{stroke-width:8px;stroke-linejoin:round;paint-order:stroke}`,
  `.skein-starting{fill:url(#skein-starting)}`,
  `.skein-messaging{fill:url(#skein-messaging)}`,
  `.skein-end{stroke-dasharray:3 3}`,
  `.skein-ideal{stroke-dasharray:1.5 3.5;stroke-linecap:round}`,
  `.skein-sample{fill-opacity:.6;stroke:none}`,
  `.skein-interval{fill-opacity:.18;stroke-opacity:.55}`,
  `.skein-median{stroke-width:2.5px}`,
  `.skein-prediction{stroke-width:2px}`,
];
