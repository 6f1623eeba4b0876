/**
 * The visual language of recordings: what `visual.ts` has, and the states,
 * arrows and alarms that only a trace knows.
 *
 * Kept apart, so that a figure carries only the rules that it uses. As there,
 * hue, lightness and the form of a mark say the same thing three times. Pure.
 * @module
 */
import type { Link, TraceSpan, TraceState } from "../../base/record/mod.ts";
import {
  DARK,
  LIGHT,
  type MarkBox,
  MARKS,
  type Palette,
  shareInWords,
  STATES,
  type Words,
} from "../core/visual.ts";

/** States that only a recording has. */
export type OwnState = Exclude<TraceState, keyof typeof STATES>;

/** Their colours, as `#rrggbb`. */
export type OwnPalette = Readonly<Record<OwnState | "alarm", string>>;

/** Colours on a white panel; an alarm's are those of its words too. */
export const OWN_LIGHT: OwnPalette = {
  runnable: "#4b98ad",
  blocked: "#d21b41",
  serialising: "#6e0282",
  held: "#317441",
  alarm: "#d21b41",
};

/** Colours on a dark panel. */
export const OWN_DARK: OwnPalette = {
  runnable: "#2a9fa8",
  blocked: "#e72e3b",
  serialising: "#9248c0",
  held: "#5ace8c",
  alarm: "#ff6b74",
};

/** All states in the order of the legend, with the words that explain them. */
export const TRACE_STATES: Readonly<Record<TraceState, Words>> = {
  running: { name: "running", meaning: "on a core" },
  alive: STATES.alive,
  runnable: { name: "runnable", meaning: "no core free" },
  blocked: { name: "blocked", meaning: "by somebody else" },
  waiting: { name: "waiting", meaning: "by its own wish" },
  serialising: { name: "serialising", meaning: "copies a value" },
  messaging: STATES.messaging,
  starting: STATES.starting,
  held: { name: "held", meaning: "a lock in use" },
};

/**
 * The form of each state's mark: runnable is a hollow box, blocked a wall of
 * upright bars, serialising has level stripes in the lower half, and held is a
 * solid bar that leaves an edge free.
 */
export const TRACE_MARKS: Readonly<Record<TraceState, MarkBox>> = {
  ...MARKS,
  runnable: { top: 0.06, bottom: 0.94 },
  blocked: { top: 0.12, bottom: 0.88 },
  serialising: { top: 0.4, bottom: 1 },
  held: { top: 0.16, bottom: 0.84 },
};

/** What an arrow of each kind is called, and what it means. */
export const LINKS: Readonly<Record<Link["kind"], Words>> = {
  message: { name: "message", meaning: "a value" },
  wake: { name: "wake", meaning: "lets it go on" },
  spawn: { name: "spawn", meaning: "starts it" },
  lock: { name: "lock", meaning: "passes it on" },
};

/** Class of a state's plain colour, for marks too small for a form. */
export const SOLID: Readonly<Record<TraceState, string>> = {
  running: "skein-running",
  alive: "skein-alive-ink",
  waiting: "skein-waiting",
  starting: "skein-starting-ink",
  messaging: "skein-messaging-ink",
  runnable: "skein-runnable-ink",
  blocked: "skein-blocked-ink",
  serialising: "skein-serialising-ink",
  held: "skein-held",
};

/**
 * Gives what is written on a span where there is room.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const span = { lane: "a", state: "alive", startMs: 0, endMs: 1 } as const;
 * assert.equal(nameSpan({ ...span, label: "job", share: 0.5 }), "job: 50 % on a core");
 * ```
 *
 * @param span The span.
 * @returns The words; may be empty.
 */
export function nameSpan({ label, state, reason, share }: TraceSpan): string {
  const name = label ?? (state === "blocked" ? reason : undefined) ?? "";
  if (state !== "alive") return name;
  return `${name === "" ? "" : `${name}: `}${shareInWords(share)}`;
}

/**
 * Writes the style sheet and patterns that figures of a recording add to those
 * of every figure.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(recordingStyle(), /skein-blocked/);
 * ```
 *
 * @returns A `<style>` and a `<defs>` element.
 */
export function recordingStyle(): string {
  const rules = [
    ...colourRules(OWN_LIGHT, LIGHT),
    `@media (prefers-color-scheme:dark){${
      colourRules(OWN_DARK, DARK).join("")
    }}`,
    ...SHAPE_RULES,
  ];
  return `<style>\n${rules.join("\n")}\n</style><defs>${OWN_PATTERNS}</defs>`;
}

function colourRules(own: OwnPalette, palette: Palette): readonly string[] {
  const { ink, muted, messaging } = palette;
  return [
    `.skein-runnable{stroke:${own.runnable}}`,
    `.skein-runnable-ink{fill:${own.runnable}}`,
    `.skein-blocked-ink{fill:${own.blocked}}`,
    `.skein-blocked{stroke:${own.blocked}}`,
    `.skein .skein-alarm{fill:${own.alarm}}`,
    `.skein-alarm-line{stroke:${own.alarm}}`,
    `.skein-serialising{stroke:${own.serialising}}`,
    `.skein-serialising-ink{fill:${own.serialising}}`,
    `.skein-held{fill:${own.held}}`,
    `.skein-link-message{stroke:${messaging};fill:${messaging}}`,
    `.skein-link-lock{stroke:${own.held};fill:${own.held}}`,
    `.skein-link-spawn{stroke:${ink};fill:${ink}}`,
    `.skein-box{fill:${ink};fill-opacity:.05}`,
    `.skein-muted-fill{fill:${muted}}`,
    `.skein-running-line{stroke:${palette.running}}`,
    `.skein-link-wake{stroke:${own.runnable};fill:${own.runnable}}`,
  ];
}

const SHAPE_RULES = [
  `.skein-runnable{fill:none;stroke-width:1.2px}`,
  `.skein-blocked{fill:url(#skein-blocked)}`,
  `.skein-serialising{fill:url(#skein-serialising)}`,
  `.skein-sampled{opacity:.55}`,
  `.skein .skein-under{stroke-width:2.6px;fill:none}`,
  `.skein .skein-thin-halo{stroke-width:3px}`,
  `.skein-link{stroke-width:1.3px}`,
  `.skein-link-spawn,.skein-dashed{stroke-dasharray:5 3}`,
  `.skein-link-wake{stroke-dasharray:1.5 2.5}`,
  `.skein-link-lock{stroke-dasharray:7 2 1.5 2}`,
  `.skein-head{stroke:none}`,
  `.skein-area{fill-opacity:.18;stroke:none}`,
  `.skein-line{fill:none;stroke-width:1.4px}`,
  `.skein-bold-line{stroke-width:3px}`,
];

const OWN_PATTERNS = [
  `<pattern id="skein-blocked" width="4" height="4" patternUnits="userSpaceOnUse">`,
  `<rect class="skein-panel-fill" width="4" height="4"/><rect class="skein-blocked-ink" width="2" height="4"/></pattern>`,
  `<pattern id="skein-serialising" width="3.5" height="3.5" patternUnits="userSpaceOnUse">`,
  `<rect class="skein-panel-fill" width="3.5" height="3.5"/><rect class="skein-serialising-ink" width="3.5" height="1.75"/></pattern>`,
].join("");
