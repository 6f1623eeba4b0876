/**
 * What a person does in JupyterLab, and what has to come of it.
 * @module
 */
import assert from "node:assert/strict";
import { untilGone } from "../session/within.ts";
import type { Page } from "./lab_browser.ts";
import { EDITOR_CHECKS } from "./lab_editor_checks.ts";
import type { LabNotebook } from "./lab_notebook.ts";
import type { LabServer } from "./lab_server.ts";
import { WIDGET_CHECKS } from "./lab_widget_checks.ts";

/** One thing that a person does. */
export interface Check {
  /** Names its notebook and its picture. */
  readonly name: string;
  /** What is expected. */
  readonly title: string;
  /** Sources of the notebook's cells. */
  readonly cells: readonly string[];
  /** Done before the notebook is opened. */
  readonly prepare?: (server: LabServer, page: Page) => Promise<void>;
  /** Does it, and throws if something else comes of it. */
  readonly run: (notebook: LabNotebook, server: LabServer) => Promise<void>;
}

const COMPARISON = `import { compare } from "skein";
await compare((n: number) => n * 2, {
  inputs: [1, 2],
  models: ["sequential", "async"],
  samples: 3,
})`;

/** What is checked, in this order. */
export const CHECKS: readonly Check[] = [
  {
    name: "open",
    title: "the launcher offers the kernel; a notebook opens and gets idle",
    cells: ["1 + 1"],
    async prepare({ url, token }, page) {
      await page.goto(`${url}lab?reset&token=${token}`);
      const card = page.locator('.jp-LauncherCard[data-category="Notebook"]')
        .filter({ hasText: "TypeScript (Skein)" });
      await card.waitFor({ timeout: 60_000 });
      const logo = await card.locator("img").getAttribute("src") ?? "";
      assert.match(logo, /kernelspecs\/skein\//);
    },
    async run(notebook) {
      await notebook.panel.locator(".jp-KernelName")
        .filter({ hasText: "TypeScript (Skein)" }).waitFor();
    },
  },
  {
    name: "run",
    title: "Shift+Enter runs cells: text, result, stderr, error with its lines",
    cells: [
      'console.log("to stdout");',
      "({ answer: 6 * 7 })",
      'console.error("to stderr");',
      [
        "interface Point {",
        "  x: number;",
        "}",
        "function inner(point: Point): never {",
        "  throw new RangeError(`no ${point.x}`);",
        "}",
        "inner({ x: 1 });",
      ].join("\n"),
    ],
    async run(notebook) {
      for (let i = 0; i < 4; i++) await notebook.run(i);
      await notebook.text(0, "stdout").waitFor();
      await notebook.text(2, "stderr").waitFor();
      await notebook.shows(0, ["to stdout"]);
      await notebook.shows(1, ["{ answer: 42 }"]);
      await notebook.shows(2, ["to stderr"]);
      const error = await notebook.text(3, "stderr").innerText();
      assert.match(error, /^RangeError: no 1/);
      assert.match(error, /\nCell \[4\], line 5, column 9 in inner\n/);
      assert.match(
        error,
        /\n> 5 \| {3}throw new RangeError\(`no \$\{point\.x\}`\)/,
      );
      // deno-lint-ignore no-control-regex -- Terminal escapes must not be seen.
      assert.doesNotMatch(error, /\x1b|\[\d+m|file:\/\//);
    },
  },
  {
    name: "figure",
    title: "a comparison is a figure of real size, no wider than its cell",
    cells: [COMPARISON],
    run: checkFigure,
  },
  {
    name: "interrupt",
    title: "the interrupt button ends an endless loop; variables stay",
    cells: ['let kept = 1;\nconsole.log("begun");\nwhile (true) {}', "kept"],
    async run(notebook) {
      await startLoop(notebook);
      await notebook.panel.locator('[data-jp-item-name="interrupt"]').click();
      await checkInterrupted(notebook, "1");
    },
  },
  {
    name: "interrupt-keys",
    title: "the keys I I end a pending await; variables stay",
    cells: [
      'let kept = 2;\nconsole.log("begun");\nawait new Promise(() => {});',
      "kept",
    ],
    async run(notebook) {
      await startLoop(notebook);
      await notebook.page.keyboard.press("Escape");
      await notebook.page.keyboard.press("i");
      await notebook.page.keyboard.press("i");
      await checkInterrupted(notebook, "2");
    },
  },
  {
    name: "restart",
    title: "a restart forgets variables and counts from 1 again",
    cells: ["const gone = 1;\nDeno.pid", 'typeof gone === "undefined"'],
    async run(notebook, server) {
      await notebook.run(0);
      const pid = Number(await notebook.outputs(0).innerText());
      const before = await server.descendants();
      assert.ok(before.includes(pid));
      await notebook.choose("Kernel", "Restart Kernel…");
      await notebook.accept();
      await untilGone(...before);
      await notebook.run(1);
      await notebook.prompt(1, /^\[1\]:$/);
      await notebook.shows(1, ["true"]);
    },
  },
  {
    name: "prompt",
    title: "prompt() asks, and gives what was typed",
    cells: ['prompt("name?")'],
    async run(notebook) {
      await notebook.start(0);
      const box = notebook.cell(0).locator("input.jp-Stdin-input");
      await box.waitFor();
      await box.fill("Ada");
      await box.press("Enter");
      await notebook.prompt(0, /^\[1\]:$/);
      await box.waitFor({ state: "detached" });
      const texts = await notebook.outputs(0).allInnerTexts();
      assert.match(texts.join(""), /^name\?\s+Ada\s+"Ada"$/);
    },
  },
  {
    name: "owner",
    title: "a Worker and a process write under their own cell, also later",
    cells: [
      `const script = 'onmessage = () => console.log("from the Worker");';
const worker = new Worker(URL.createObjectURL(new Blob([script])), { type: "module" });
const child = new Deno.Command("sh", {
  args: ["-c", "read line; echo from the process"],
  stdin: "piped",
}).spawn();`,
      `worker.postMessage("go");
const pipe = child.stdin.getWriter();
await pipe.write(new TextEncoder().encode("go\\n"));
console.log("from the second cell");
await new Promise(() => {});`,
    ],
    async run(notebook) {
      await notebook.run(0);
      await notebook.start(1);
      for (const who of ["Worker", "process"]) {
        await notebook.text(0, "stdout")
          .filter({ hasText: `from the ${who}` }).waitFor();
      }
      await notebook.text(1, "stdout")
        .filter({ hasText: "from the second cell" }).waitFor();
      await notebook.prompt(1, /^\[\*\]:$/);
      await notebook.shows(1, ["from the second cell"]);
      assert.equal(await notebook.text(0, "stderr").count(), 0);
    },
  },
  {
    name: "update",
    title: "an update by display_id changes an earlier output in place",
    cells: [
      `import { display, md } from "skein";
await display(md\`at **first**\`, { display_id: "state" });
console.log("below");`,
      `await display(md\`and **then**\`, { display_id: "state", update: true });`,
    ],
    async run(notebook) {
      await notebook.run(0);
      await notebook.shows(0, ["at first", "below"]);
      await notebook.run(1);
      await notebook.outputs(0).filter({ hasText: "and then" }).waitFor();
      await notebook.shows(0, ["and then", "below"]);
      await notebook.shows(1, []);
    },
  },
  ...EDITOR_CHECKS,
  ...WIDGET_CHECKS,
  {
    name: "save",
    title: "a saved notebook has its outputs; shut down, no process is left",
    cells: ["Deno.pid", COMPARISON, 'throw new Error("kept as well");'],
    async run(notebook, server) {
      for (let i = 0; i < 3; i++) await notebook.run(i);
      const pid = await notebook.outputs(0).innerText();
      await notebook.page.keyboard.press("Control+s");
      await notebook.page.locator(".jp-mod-dirty").waitFor({ state: "hidden" });
      assert.match(await Deno.readTextFile(notebook.path), /kept as well/);
      await notebook.page.reload();
      await notebook.untilIdle();
      await notebook.shows(0, [pid]);
      await notebook.figure(1);
      assert.match(
        await notebook.text(2, "stderr").innerText(),
        /^Error: kept as well/,
      );
      const pids = await server.descendants();
      assert.ok(pids.includes(Number(pid)));
      await notebook.choose("Kernel", "Shut Down Kernel");
      await untilGone(...pids);
      assert.deepEqual(await server.descendants(), []);
    },
  },
  {
    name: "dark",
    title: "the comparison and an error in the dark theme",
    cells: [COMPARISON, 'throw new Error("in the dark");'],
    prepare: (server) => server.setTheme("JupyterLab Dark"),
    async run(notebook) {
      await notebook.page.locator('body[data-jp-theme-light="false"]')
        .waitFor({ state: "attached" });
      await notebook.run(1);
      await checkFigure(notebook);
      await notebook.cell(0).hover();
      await notebook.page.mouse.wheel(0, -10_000);
    },
  },
];

/** An interrupt that comes while the session starts would end the cell unbegun. */
async function startLoop(notebook: LabNotebook): Promise<void> {
  await notebook.start(0);
  await notebook.text(0, "stdout").filter({ hasText: "begun" }).waitFor();
}

async function checkInterrupted(
  notebook: LabNotebook,
  kept: string,
): Promise<void> {
  await notebook.text(0, "stderr")
    .filter({ hasText: "KeyboardInterrupt" }).waitFor();
  await notebook.prompt(0, /^\[1\]:$/);
  await notebook.run(1);
  await notebook.shows(1, [kept]);
}

async function checkFigure(notebook: LabNotebook): Promise<void> {
  await notebook.run(0);
  const { width, height, room } = await notebook.figure(0);
  assert.ok(width >= 300 && height >= 200, `${width} x ${height} is small`);
  assert.ok(width <= room, `${width} is wider than the cell's ${room}`);
}
