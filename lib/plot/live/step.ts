/// <reference lib="dom" />
/**
 * Lets a reader go through the steps of a schedule, one at a time.
 *
 * Runs in a reader's browser, bundled into `bundled.ts`. The page has the whole
 * table without it.
 * @module
 */

for (
  const steps of document.querySelectorAll<HTMLElement>(
    ".skein-steps:not([data-ready])",
  )
) start(steps);

function start(steps: HTMLElement): void {
  const bar = steps.querySelector<HTMLElement>(".skein-bar");
  const slider = steps.querySelector("input");
  const says = steps.querySelector("output");
  const rows = [...steps.querySelectorAll<HTMLElement>("tbody tr")];
  const [back, on] = steps.querySelectorAll("button");
  if (!bar || !slider || !says) return;
  const show = () => {
    const at = Number(slider.value);
    rows.forEach((row, index) => {
      row.style.opacity = at > 0 && index >= at ? ".3" : "";
      row.style.background = index === at - 1 ? "rgba(128,138,153,.25)" : "";
    });
    says.textContent = rows[at - 1]?.dataset.says ??
      "Move the slider to go through the schedule step by step.";
  };
  const move = (by: number) => () => {
    // The slider keeps to its own ends.
    slider.value = String(Number(slider.value) + by);
    show();
  };
  slider.addEventListener("input", show);
  back?.addEventListener("click", move(-1));
  on?.addEventListener("click", move(1));
  steps.dataset.ready = "yes";
  bar.style.display = "flex";
  show();
}
