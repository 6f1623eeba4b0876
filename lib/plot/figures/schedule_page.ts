/**
 * A schedule as part of a page, to be stepped through with a slider.
 *
 * The image, then a table of all steps, which needs no script. Where scripts
 * run, a slider and two buttons appear above the table: the step is marked,
 * what has not happened yet is dimmed. The script is in `schedule_script.ts`.
 * Pure.
 * @module
 */
import type { RaceRun, RaceStep } from "../../race/result.ts";
import { writeMemory, writeValue } from "../../race/values.ts";
import type { Figure } from "../core/card.ts";
import { OWN_DARK, OWN_LIGHT } from "./recording_visual.ts";
import { stepThrough } from "./schedule_script.ts";
import { threadColours } from "./schedule_visual.ts";
import { escapeText } from "../core/text.ts";
import { DARK, LIGHT, type Palette, SPACE } from "../core/visual.ts";

/**
 * Makes a page part of an image and a run.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exploreLostUpdate } from "../gallery/schedule_gallery_data.ts";
 * const { shortest } = await exploreLostUpdate();
 * const page = makeSteppable({ svg: "<svg></svg>", alt: "An image" }, shortest!);
 * assert.match(page, /<input type="range"/);
 * ```
 *
 * @param image The image above the table; `null` for none.
 * @param run What can be stepped through.
 * @returns HTML.
 */
export function makeSteppable(image: Figure | null, run: RaceRun): string {
  const { steps, threads, schedule } = run;
  const shown = steps.slice(0, MAX_STEPS);
  const left = steps.length - shown.length;
  const name = escapeText(
    schedule.length > MAX_SCHEDULE
      ? `${schedule.slice(0, MAX_SCHEDULE)}…`
      : schedule,
  );
  const heads = threads.map((thread, id) =>
    `<th scope="col" class="t${id % 4}">${id.toString(36)} ${
      escapeText(thread)
    }</th>`
  );
  const rows = shown.map((step, index) => writeRow(run, step, index));
  const ends = run.kind === "passed"
    ? "✓ It passes."
    : run.kind === "ended"
    ? "It ends; nothing says what must hold."
    : `✗ It fails: ${escapeText(run.reason)}.`;
  return [
    `<div class="skein-race">`,
    `<style>${STYLE}</style>`,
    image === null ? "" : writeImage(image),
    `<div class="steps">`,
    `<div class="bar" hidden><button type="button" aria-label="One step back">◀</button>`,
    `<input type="range" min="0" max="${shown.length}" value="0" step="1" aria-label="Step of schedule ${name}">`,
    `<button type="button" aria-label="One step on">▶</button><output></output></div>`,
    `<div class="steps-scroll"><table><caption>${
      escapeText(run.title)
    }: schedule ${name}, step by step</caption>`,
    `<thead><tr><th scope="col">step</th>${
      heads.join("")
    }<th scope="col">memory after it</th></tr></thead>`,
    `<tbody>${rows.join("")}</tbody></table></div>`,
    left > 0 ? `<p>${left} steps more are not shown.</p>` : "",
    `<p class="end">${ends}</p>`,
    `</div>`,
    `<script>(${stepThrough})();</script>`,
    `</div>`,
  ].join("");
}

function writeImage({ svg, alt }: Figure): string {
  // An image of its own: cleaners of pages drop inline SVG, and keep images.
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return `<img alt="${escapeText(alt)}" src="${
    escapeText(source)
  }" width="${SPACE.width}" style="max-width:100%">`;
}

function writeRow(
  { threads, steps }: RaceRun,
  step: RaceStep,
  index: number,
): string {
  const cells = threads.map((_, thread) =>
    thread === step.thread
      ? `<td class="t${thread % 4} own"><b>${
        escapeText(step.text)
      }</b><br><code>${escapeText(step.source)}</code></td>`
      : `<td></td>`
  );
  const before = steps[index - 1] ?? null;
  const memory = Object.entries(step.memory).map(([name, value]) => {
    const text = escapeText(`${name}: ${writeValue(value)}`);
    const isNew = before !== null &&
      writeValue(before.memory[name]) !== writeValue(value);
    return isNew ? `<b>${text}</b>` : text;
  });
  const locks = Object.entries(step.locks).map(([lock, holder]) =>
    escapeText(`${holder} holds ${lock}`)
  );
  const says = escapeText(
    `${index + 1} of ${steps.length}: ${threads[step.thread]} ${step.text} → ${
      writeMemory(step.memory)
    }`,
  );
  const isSwitch = before !== null && before.thread !== step.thread;
  return `<tr data-says="${says}"${
    isSwitch ? ' class="switch"' : ""
  }><th scope="row">${index + 1}</th>${cells.join("")}<td>${
    [...memory, ...locks].join("<br>")
  }</td></tr>`;
}

const STYLE = makeStyle();

function makeStyle(): string {
  return [
    `.skein-race{${
      variables(LIGHT, OWN_LIGHT.alarm)
    };max-width:${SPACE.width}px;color:var(--ink);font:13px/1.4 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}`,
    `@media (prefers-color-scheme:dark){.skein-race{${
      variables(DARK, OWN_DARK.alarm)
    }}}`,
    `.skein-race .steps{background:var(--panel);border:1px solid var(--border);border-radius:10px;padding:12px 16px;margin-top:8px}`,
    `.skein-race .bar:not([hidden]){display:flex;gap:8px;align-items:center;flex-wrap:wrap;margin-bottom:8px}`,
    `.skein-race input{flex:1;min-width:120px}`,
    `.skein-race output{flex-basis:100%;min-height:1.4em;font-weight:600}`,
    `.skein-race .bar button{color:inherit;background:none;border:1px solid var(--border);border-radius:6px;padding:2px 10px;cursor:pointer}`,
    `.skein-race .steps-scroll{overflow-x:auto}`,
    `.skein-race table{border-collapse:collapse;width:100%;margin:0;color:inherit;font:inherit}`,
    `.skein-race caption{text-align:left;font-weight:600;padding-bottom:6px;color:inherit}`,
    `.skein-race tr{background:none!important}`,
    // Front ends have rules of their own for cells of tables.
    `.skein-race table th,.skein-race table td{text-align:left;vertical-align:top;padding:4px 8px;min-width:7em;border:0;border-top:1px solid var(--grid);color:inherit}`,
    `.skein-race table th:first-child{min-width:2em}`,
    `.skein-race table .switch>*{border-top:1px dashed var(--muted)}`,
    `.skein-race table td.own{border-left:3px solid var(--hue)}`,
    `.skein-race table thead th[class]{border-bottom:3px solid var(--hue)}`,
    ...[0, 1, 2, 3].map((id) => `.skein-race .t${id}{--hue:var(--hue${id})}`),
    `.skein-race code{font-size:12px;color:var(--muted);background:none}`,
    `.skein-race tr.later{opacity:.3}`,
    `.skein-race tr.now>*{background:var(--grid)}`,
    `.skein-race .end{margin:8px 0 0;font-weight:600}`,
  ].join("");
}

function variables(palette: Palette, alarm: string): string {
  const { ink, muted, panel, border, grid } = palette;
  return Object.entries({ ink, muted, panel, border, grid, alarm })
    .map(([name, colour]) => `--${name}:${colour}`)
    .concat(threadColours(palette).map((hue, id) => `--hue${id}:${hue}`))
    .join(";");
}

const MAX_STEPS = 200;
const MAX_SCHEDULE = 48;
