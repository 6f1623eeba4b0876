/**
 * The steps of a schedule as a table of a page. Where scripts run, a slider goes
 * through it (`plot/live/step.ts`); where they do not, it is the same table.
 *
 * Pure: a run in, HTML out, with styles on the elements only.
 * @module
 */
import { type RaceRun, writeMemory, writeValue } from "../../race/mod.ts";
import { escapeText } from "../core/mod.ts";

/** Writes a table, folded until a reader wants to see it. */
export function writeSteps(run: RaceRun): string {
  const { steps, schedule } = run;
  const shown = steps.slice(0, MAX_STEPS);
  const left = steps.length - shown.length;
  const heads = ["step", "thread", "what it does", "memory after it"];
  return [
    `<details class="skein-steps" style="margin:6px 0 0"><summary>Step by step: schedule ${
      escapeText(schedule.slice(0, MAX_SCHEDULE))
    }${schedule.length > MAX_SCHEDULE ? "…" : ""}</summary>`,
    // Shown by the program that makes it work.
    `<div class="skein-bar" style="display:none;gap:8px;margin:6px 0">`,
    `<button type="button" aria-label="One step back">◀</button>`,
    `<input type="range" min="0" max="${shown.length}" value="0" step="1" aria-label="Step" style="width:100%">`,
    `<button type="button" aria-label="One step on">▶</button></div><output></output>`,
    `<table style="border-collapse:collapse;width:100%"><thead><tr>`,
    ...heads.map((head) => `<th scope="col" style="${CELL}">${head}</th>`),
    `</tr></thead><tbody>`,
    ...shown.map((_, index) => writeRow(run, index)),
    `</tbody></table>`,
    left > 0 ? `<p>${left} more steps are not shown.</p>` : "",
    `</details>`,
  ].join("");
}

function writeRow({ threads, steps }: RaceRun, index: number): string {
  const step = steps[index]!;
  const before = steps[index - 1];
  const memory = Object.entries(step.memory).map(([name, value]) => {
    const text = escapeText(`${name}: ${writeValue(value)}`);
    const isNew = before !== undefined &&
      writeValue(before.memory[name]) !== writeValue(value);
    return isNew ? `<b>${text}</b>` : text;
  });
  const locks = Object.entries(step.locks).map(([lock, holder]) =>
    escapeText(`${holder} holds ${lock}`)
  );
  const thread = threads[step.thread]!;
  const says = escapeText(
    `${index + 1} of ${steps.length}: ${thread} ${step.text} → ${
      writeMemory(step.memory)
    }`,
  );
  const isSwitch = before !== undefined && before.thread !== step.thread;
  const style = isSwitch ? CELL.replace("solid", "dashed") : CELL;
  const cells = [
    String(index + 1),
    `${step.thread.toString(36)} ${escapeText(thread)}`,
    `<b>${escapeText(step.text)}</b><br><code>${
      escapeText(step.source)
    }</code>`,
    [...memory, ...locks].join("<br>"),
  ];
  return `<tr data-says="${says}">${
    cells.map((cell) => `<td style="${style}">${cell}</td>`).join("")
  }</tr>`;
}

const CELL =
  "text-align:left;vertical-align:top;padding:4px 6px;border-top:1px solid #8886;overflow-wrap:anywhere";
const MAX_STEPS = 200;
const MAX_SCHEDULE = 32;
