/**
 * The look of all figures: one table of colours, forms and words.
 *
 * A state is told apart by its colour, or by its form where colours do not
 * suffice: `theme_test.ts` computes that for five ways of seeing. Pure.
 * @module
 */
import type { Link, Model, TraceState } from "../../base/record/mod.ts";

/** A colour on white and on dark paper, as `#rrggbb`. */
export type Colour = readonly [light: string, dark: string];

/** Every colour there is. Marks reach 3:1 against the panel, text 4.5:1. */
export const COLOURS = {
  panel: ["#ffffff", "#1a1f28"],
  border: ["#d5dae1", "#3a4351"],
  ink: ["#18202b", "#edf0f5"],
  muted: ["#566171", "#a9b3c1"],
  grid: ["#e6e9ee", "#2d3541"],
  onRunning: ["#ffffff", "#0d1522"],
  running: ["#1a56b0", "#5f9dff"],
  alive: ["#4a8fe8", "#2f6fd0"],
  waiting: ["#c07600", "#e8a030"],
  starting: ["#6d7684", "#818b9a"],
  messaging: ["#7d0f55", "#ffb5e2"],
  runnable: ["#4b98ad", "#2a9fa8"],
  blocked: ["#d21b41", "#e72e3b"],
  serialising: ["#6e0282", "#9248c0"],
  held: ["#317441", "#5ace8c"],
  alarm: ["#d21b41", "#ff6b74"],
  sequential: ["#3d4652", "#c6cdd6"],
  async: ["#0b8579", "#35b5a7"],
  workers: ["#6a3fc4", "#a98aff"],
  processes: ["#5f8700", "#b7dc6a"],
  threads: ["#b0452b", "#f0866a"],
} as const satisfies Record<string, Colour>;

export type ColourName = keyof typeof COLOURS;

/** What something is called in a figure, and what it means. */
export interface Words {
  readonly name: string;
  readonly meaning: string;
}

/** How a state is drawn: which part of its row, from 0 (top) to 1, and how filled. */
export interface Form {
  readonly top: number;
  readonly bottom: number;
  readonly fill:
    | "solid"
    | "hatched"
    | "dotted"
    | "striped"
    | "lined"
    | "hollow";
}

/**
 * The states, in the order of the legend.
 *
 * No two have the same edges but `running` and `alive`, which differ in lightness:
 * so they are told apart in grey too, and where a span is two pixels wide.
 */
export const STATES: Readonly<Record<TraceState, Words & Form>> = {
  running: state("running", "on a core", 0, 1, "solid"),
  alive: state("alive", "filled: its share of a core", 0, 1, "hollow"),
  runnable: state("runnable", "no core free", 0.3, 1, "hollow"),
  blocked: state("blocked", "for a lock", 0.15, 0.85, "striped"),
  waiting: state("waiting", "for a timer or I/O", 0.4, 0.6, "solid"),
  serialising: state("copying", "a value", 0.45, 1, "lined"),
  messaging: state("sending", "data, queue included", 0.6, 1, "dotted"),
  starting: state("starting", "loads its code", 0, 0.7, "hatched"),
  held: state("held", "a lock in use", 0.15, 1, "solid"),
};

/** The ends of a waiting line, as draughtsmen write a distance. */
export const WAITING_END = { top: 0.2, bottom: 0.8 } as const;

/** The ways of `compare`, with their colour. */
export const MODELS: Readonly<Record<Model, Words & { hue: ColourName }>> = {
  sequential: model("sequential", "one after another", "sequential"),
  async: model("async", "together, one thread", "async"),
  workers: model("workers", "a thread each", "workers"),
  processes: model("processes", "a process each", "processes"),
  "python-sequential": model(
    "py sequential",
    "one after another",
    "sequential",
  ),
  "python-threads": model("py threads", "a thread each", "threads"),
  "python-asyncio": model("py asyncio", "together, one thread", "async"),
  "python-processes": model("py processes", "a process each", "processes"),
  "python-subinterpreters": model(
    "py subinterpreters",
    "a thread and lock each",
    "workers",
  ),
};

export const LINKS: Readonly<Record<Link["kind"], Words>> = {
  message: { name: "message", meaning: "a value" },
  wake: { name: "wake", meaning: "lets it go on" },
  spawn: { name: "spawn", meaning: "starts it" },
  lock: { name: "lock", meaning: "passes it on" },
};

/** Colours of the threads of a race, in turn. */
export const THREADS = ["running", "waiting", "processes", "workers"] as const;

/** The share of a core that something had, in words. */
export function shareInWords(share: number | undefined): string {
  return share === undefined
    ? "on a core or not is unknown"
    : `${Math.round(100 * share)} % on a core`;
}

/** The classes of a colour: a mark of it. */
export function hueClass(name: ColourName): string {
  return `skein-${name}`;
}

/** The style sheet of what is used in some SVG elements, and nothing more. */
export function styleSheet(markup: string): string {
  const used = findUsed(markup);
  const rules = RULES.filter(([name]) => used.has(name));
  const write = (mode: 0 | 1) => ([name, css]: Rule) =>
    `${name === "text" ? ".skein text" : `.skein .skein-${name}`}{${
      css.replace(
        /\{(\w+)\}/g,
        (_, colour: ColourName) => COLOURS[colour][mode],
      )
    }}`;
  const dark = rules.filter(([, css]) => css.includes("{")).map(write(1));
  return [
    ...rules.map(write(0)),
    `@media (prefers-color-scheme:dark){${dark.join("")}}`,
  ].join("\n");
}

/** The whole style sheet, with every pattern: what a change of the theme changes. */
export function wholeTheme(): string {
  const all = RULES.map(([name]) => `skein-${name}`).join(" ");
  return `${styleSheet(all)}\n${patterns(all)}\n`;
}

/** The patterns that these elements are filled with. */
export function patterns(markup: string): string {
  const used = findUsed(markup);
  return PATTERNS.filter(([name]) => used.has(name)).map((
    [name, sizePx, ink, turn = ""],
  ) =>
    `<pattern id="skein-${name}" width="${sizePx}" height="${sizePx}" patternUnits="userSpaceOnUse"${turn}>` +
    `<rect class="skein-panel-fill" width="${sizePx}" height="${sizePx}"/>${ink}</pattern>`
  ).join("");
}

/** Names of classes. Script may draw what is long as short, so both are here. */
function findUsed(markup: string): ReadonlySet<string> {
  const used = new Set(["text", "panel", "panel-fill"]);
  for (const [, name] of markup.matchAll(/skein-([\w-]+)/g)) {
    used.add(name!);
    if (name! in STATES) used.add(`${name}-ink`);
  }
  return used;
}

function state(
  name: string,
  meaning: string,
  top: number,
  bottom: number,
  fill: Form["fill"],
): Words & Form {
  return { name, meaning, top, bottom, fill };
}

function model(name: string, meaning: string, hue: ColourName) {
  return { name, meaning, hue };
}

type Rule = readonly [name: string, css: string];

const FONTS =
  `system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif`;
const CODE_FONTS = `ui-monospace,SFMono-Regular,Menlo,Consolas,monospace`;

/** Class and declarations; `{name}` is a colour. Later ones win. */
const RULES: readonly Rule[] = [
  ["text", `fill:{ink};font-family:${FONTS};font-variant-numeric:tabular-nums`],
  ["panel", "fill:{panel};stroke:{border}"],
  ["panel-fill", "fill:{panel}"],
  ["ink", "fill:{ink}"],
  ["muted", "fill:{muted}"],
  ["muted-fill", "fill:{muted}"],
  ["grid", "stroke:{grid}"],
  ["axis", "stroke:{muted}"],
  ["bold", "font-weight:600"],
  ["code", `font-family:${CODE_FONTS}`],
  ["on-running", "fill:{onRunning}"],
  ["alarm", "fill:{alarm}"],
  ["alarm-line", "stroke:{alarm}"],
  [
    "halo",
    "stroke:{panel};stroke-width:8px;stroke-linejoin:round;paint-order:stroke",
  ],
  ["thin-halo", "stroke-width:3px"],
  ["under", "stroke-width:2.6px;fill:none"],
  ["warning", "fill:{waiting}"],
  ...(["sequential", "async", "workers", "processes", "threads"] as const).map((
    hue,
  ): Rule => [hue, `fill:{${hue}};stroke:{${hue}}`]),
  ["running", "fill:{running}"],
  ["running-ink", "fill:{running}"],
  ["running-line", "stroke:{running}"],
  ["waiting", "fill:{waiting};stroke:none"],
  ["waiting-ink", "fill:{waiting};stroke:none"],
  ["held", "fill:{held}"],
  ["held-ink", "fill:{held}"],
  ["alive", "fill:{alive};fill-opacity:.12;stroke:{alive};stroke-width:1px"],
  ["alive-ink", "fill:{alive};fill-opacity:.5"],
  ["runnable", "fill:none;stroke:{runnable};stroke-width:1.4px"],
  ["runnable-ink", "fill:{runnable}"],
  ...(["starting", "messaging", "blocked", "serialising"] as const).flatMap((
    name,
  ): Rule[] => [
    [name, `fill:url(#skein-${name});stroke:{${name}}`],
    [`${name}-ink`, `fill:{${name}}`],
  ]),
  ["end", "stroke:{muted};stroke-dasharray:3 3"],
  ["ideal", "stroke:{muted};stroke-dasharray:1.5 3.5;stroke-linecap:round"],
  ["median", "stroke:{ink};stroke-width:2.5px"],
  ["prediction", "stroke:{ink};fill:{panel};stroke-width:2px"],
  ["sample", "fill-opacity:.6;stroke:none"],
  ["interval", "fill-opacity:.18;stroke-opacity:.55"],
  ["sampled", "opacity:.55"],
  ["link-message", "stroke:{messaging};fill:{messaging}"],
  ["link-lock", "stroke:{held};fill:{held};stroke-dasharray:7 2 1.5 2"],
  ["link-spawn", "stroke:{ink};fill:{ink};stroke-dasharray:5 3"],
  ["link-wake", "stroke:{runnable};fill:{runnable};stroke-dasharray:1.5 2.5"],
  ["link", "stroke-width:1.3px"],
  ["head", "stroke:none"],
  ["dashed", "stroke-dasharray:5 3"],
  ["box", "fill:{ink};fill-opacity:.05"],
  ["area", "fill-opacity:.18;stroke:none"],
  ["line", "fill:none;stroke-width:1.4px"],
  ["bold-line", "stroke-width:3px"],
  ...THREADS.map((hue, index): Rule => [
    `thread-${index}`,
    `fill:{${hue}};stroke:{${hue}}`,
  ]),
  ["turn", "fill:{panel};stroke-width:1.5px"],
  ["lane", "fill-opacity:.1"],
  ["mark", "fill:none;stroke-width:2.2px;stroke-linecap:round"],
  ["fail", "stroke:{alarm}"],
  ["fail-text", "fill:{alarm}"],
  ["pass", "stroke:{async}"],
  ["mixed", "stroke-width:3.4px"],
  ["branch", "fill:none;stroke:{muted};stroke-width:1.2px"],
  ["branch-found", "fill:none;stroke:{alarm};stroke-width:2.2px"],
];

const PATTERNS: readonly (readonly [
  name: string,
  sizePx: number,
  ink: string,
  turn?: string,
])[] = [
  [
    "starting",
    5,
    `<rect class="skein-starting-ink" width="1.6" height="5"/>`,
    ` patternTransform="rotate(45)"`,
  ],
  [
    "messaging",
    4,
    `<circle class="skein-messaging-ink" cx="2" cy="2" r="1.4"/>`,
  ],
  ["blocked", 4, `<rect class="skein-blocked-ink" width="2" height="4"/>`],
  [
    "serialising",
    3.5,
    `<rect class="skein-serialising-ink" width="3.5" height="1.75"/>`,
  ],
];
