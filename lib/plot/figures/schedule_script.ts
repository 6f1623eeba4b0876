/**
 * What makes a table of steps one that can be stepped through, in a browser.
 *
 * Shipped by its own text: nothing from outside is used.
 * @module
 */

/** The parts of the browser's elements that are used; Deno has no types of them. */
interface Part {
  hidden: boolean;
  value: string;
  textContent: string | null;
  readonly classList: { toggle(name: string, isOn: boolean): void };
  readonly dataset: Record<string, string | undefined>;
  querySelector(selector: string): Part;
  querySelectorAll(selector: string): Iterable<Part>;
  addEventListener(type: string, listener: () => void): void;
}

/** Gives every table on the page that has none yet its slider. */
export function stepThrough(): void {
  const page = (globalThis as unknown as { document: Part }).document;
  const open = ".skein-race .steps:not([data-ready])";
  for (const steps of page.querySelectorAll(open)) {
    const bar = steps.querySelector(".bar");
    const slider = steps.querySelector("input");
    const says = steps.querySelector("output");
    const rows = [...steps.querySelectorAll("tbody tr")];
    const [back, on] = [...steps.querySelectorAll("button")];
    const show = () => {
      const at = Number(slider.value);
      rows.forEach((row, index) => {
        row.classList.toggle("now", index === at - 1);
        row.classList.toggle("later", at > 0 && index >= at);
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
    bar.hidden = false;
    show();
  }
}
