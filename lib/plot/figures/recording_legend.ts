/**
 * Legend entries for what only recordings show: their states, arrows, and runs
 * of spans too short to see.
 *
 * Pure. How entries are set side by side is in `legend.ts`.
 * @module
 */
import type { Link, TraceState } from "../../base/record/mod.ts";
import { type LegendEntry, stateEntry } from "../core/legend.ts";
import { LINKS, TRACE_MARKS, TRACE_STATES } from "./recording_visual.ts";

/**
 * Makes the entries for states, in the order of the legend.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const names = stateEntries(new Set(["held", "running"])).map(({ name }) => name);
 * assert.deepEqual(names, ["running", "held"]);
 * ```
 *
 * @param used The states that are drawn.
 * @returns One entry a state.
 */
export function stateEntries(
  used: ReadonlySet<TraceState>,
): readonly LegendEntry[] {
  return (Object.keys(TRACE_STATES) as TraceState[])
    .filter((state) => used.has(state))
    .map((state) => ({ ...drawState(state), ...TRACE_STATES[state] }));
}

/**
 * Makes the entries for arrows, in the order of the legend.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(linkEntries(new Set(["spawn"]))[0]!.mark, /skein-link-spawn/);
 * ```
 *
 * @param used The kinds that are drawn.
 * @returns One entry a kind.
 */
export function linkEntries(
  used: ReadonlySet<Link["kind"]>,
): readonly LegendEntry[] {
  return (Object.keys(LINKS) as Link["kind"][])
    .filter((kind) => used.has(kind))
    .map((kind) => ({
      mark:
        `<g class="skein-ink"><path class="skein-link skein-link-${kind}" ` +
        `d="M0 11L16 5"/><path class="skein-head skein-link-${kind}" ` +
        `d="M21 3L15.5 8.2L13.9 3Z"/></g>`,
      ...LINKS[kind],
    }));
}

function drawState(state: TraceState): { readonly mark: string } {
  switch (state) {
    case "running":
    case "alive":
    case "waiting":
    case "starting":
    case "messaging":
      return stateEntry(state);
    default: {
      const inset = state === "held" ? 0 : 0.6;
      const y = TRACE_MARKS[state].top * HEIGHT + inset;
      const height = TRACE_MARKS[state].bottom * HEIGHT - inset - y;
      const round = Math.round(height * 100) / 100;
      return {
        mark: `<rect class="skein-${state}" x="${inset}" y="${
          Math.round(y * 100) / 100
        }" width="${WIDTH - 2 * inset}" height="${round}" rx="1"/>`,
      };
    }
  }
}

const WIDTH = 22;
const HEIGHT = 14;
