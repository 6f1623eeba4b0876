/**
 * What the editor of JupyterLab knows of a cell: completion, types, inspection.
 * @module
 */
import type { Check } from "./lab_checks.ts";

/** What is checked, in this order. */
export const EDITOR_CHECKS: readonly Check[] = [
  {
    name: "complete",
    title: "Tab completes a member, or offers those that there are",
    cells: ["Math.flo", '"text".to'],
    async run(notebook) {
      const { page } = notebook;
      await notebook.enter(0);
      await page.keyboard.press("Tab");
      await notebook.option("floor").click();
      await notebook.source(0, /^Math\.floor$/);
      await notebook.enter(1);
      await page.keyboard.press("Tab");
      await notebook.option("toUpperCase").waitFor();
    },
  },
  {
    name: "types",
    title: "errors of type stand below the cell that ran; Tab knows parameters",
    cells: [
      'interface Item { price: number; title: string }\nconst n: number = "s";\nn',
      "(item: Item) => item.",
    ],
    async run(notebook) {
      await notebook.run(0);
      await notebook.prompt(0, /^\[1\]:$/);
      await notebook.text(0, "stderr").filter({
        hasText: "TS2322 Cell [1], line 2, column 7: Type 'string' is not",
      }).waitFor();
      await notebook.enter(1);
      await notebook.page.keyboard.press("Tab");
      await notebook.option("price").waitFor();
      await notebook.option("title").waitFor();
    },
  },
  {
    name: "inspect",
    title: "Shift+Tab tells about a function",
    cells: [
      "function greet(name: string) {\n  return `Hello ${name}`;\n}",
      "greet",
    ],
    async run(notebook) {
      await notebook.run(0);
      await notebook.enter(1);
      await notebook.page.keyboard.press("Shift+Tab");
      await notebook.page.locator(".jp-Tooltip")
        .filter({ hasText: /^function greet\(name(: string)?\)/ }).waitFor();
    },
  },
];
