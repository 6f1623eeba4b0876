/**
 * What a person does in JupyterLab and Notebook 7 on `skein serve --lab`.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "./lab_browser.ts";
import { LabNotebook } from "./lab_notebook.ts";
import type { SkeinServer } from "./serve_server.ts";

/** What a check is given. */
export interface Desk {
  readonly page: Page;
  readonly server: SkeinServer;
  /** Errors that the page said. */
  readonly complaints: readonly string[];
}

/** One thing that a person does. */
export interface ServeCheck {
  readonly name: string;
  readonly title: string;
  readonly check: (desk: Desk) => Promise<void>;
}

/** What is checked, in this order. */
export const SERVE_CHECKS: readonly ServeCheck[] = [
  {
    name: "lab-run",
    title: "JupyterLab runs, completes, interrupts, restarts, saves, renames",
    check: checkLab,
  },
  {
    name: "lab-and-page",
    title: "JupyterLab and our page have one document and one kernel",
    check: checkBoth,
  },
  {
    name: "notebook",
    title: "Notebook 7 lists, opens and runs",
    check: checkNotebook,
  },
];

async function checkLab({ page, server, complaints }: Desk): Promise<void> {
  const cells = [
    "let kept = 41; kept + 1",
    "while (true) {}",
    "Math.flo",
    "typeof kept",
  ];
  const notebook = await open(page, server, { name: "lab", cells });
  await page.locator(".jp-DirListing-item", { hasText: "lab.ipynb" }).waitFor();
  await notebook.run(0);
  await notebook.shows(0, ["42"]);
  await notebook.enter(2);
  await page.keyboard.press("Tab");
  await notebook.option("floor").click();
  await notebook.source(2, /^Math\.floor$/);
  await notebook.start(1);
  await notebook.panel.locator('[data-jp-item-name="interrupt"]').click();
  await notebook.prompt(1, /^\[2\]:$/);
  await notebook.run(3);
  await notebook.shows(3, ['"number"']);
  await notebook.choose("Kernel", "Restart Kernel…");
  await notebook.accept();
  await notebook.untilIdle();
  await notebook.run(3);
  await notebook.shows(3, ['"undefined"']);
  await page.keyboard.press("Control+s");
  await untilFile(notebook.path, /Math\.floor[^]*undefined/);
  await notebook.choose("File", "Rename Notebook…");
  await page.locator(".jp-Dialog input").last().fill("renamed.ipynb");
  await notebook.accept();
  await page.locator(".lm-TabBar-tabLabel", { hasText: "renamed.ipynb" })
    .first().waitFor();
  await untilFile(join(server.folder, "renamed.ipynb"), /kept/);
  await notebook.run(0);
  await page.keyboard.press("Control+s");
  await untilFile(join(server.folder, "renamed.ipynb"), /"42"/);
  assert.deepEqual(complaints.filter(isOwn), []);
  // JupyterLab may still ask for the old name, which it has noted.
  // Outputs that were made here are shown again after a reload, and no cookie
  // or token in the address is needed for it.
  await page.reload();
  await notebook.untilIdle();
  await notebook.shows(3, ['"undefined"']);
  await server.endKernels();
}

async function checkBoth({ page, server }: Desk): Promise<void> {
  const cells = ["'from ' + 'lab'", "two"];
  const notebook = await open(page, server, { name: "both", cells });
  const own = await page.context().newPage();
  own.setDefaultTimeout(20_000);
  await own.goto(`${server.url}notebook/both.ipynb#token=${server.token}`);
  const outputs = own.locator(".nb-cell").first().locator(".nb-output");
  await own.locator(".nb-cell").nth(1).waitFor();
  // What Lab runs is seen in our page, and is in the file without a save of Lab's.
  await notebook.run(0);
  await outputs.filter({ hasText: "from lab" }).waitFor();
  await untilFile(notebook.path, /from lab/);
  // Both edit; Lab says that there is something new, and its save keeps both.
  await own.locator(".nb-cell").nth(1).locator(".cm-content").click();
  await own.keyboard.press("Control+End");
  await own.keyboard.type(" from page");
  await untilFile(notebook.path, /two from page/);
  await notebook.enter(0);
  await page.keyboard.type(" + ' edited'");
  await page.keyboard.press("Control+s");
  await page.locator(".jp-Dialog", { hasText: "File Changed" }).waitFor();
  await page.locator(".jp-Dialog button", { hasText: "Overwrite" }).click();
  await untilFile(notebook.path, /edited[^]*two from page/);
  await own.locator(".cm-content", { hasText: "edited" }).waitFor();
  await own.close();
  await server.endKernels();
}

async function checkNotebook(
  { page, server, complaints }: Desk,
): Promise<void> {
  const before = complaints.length;
  await page.goto(`${server.url}tree?token=${server.token}`);
  await page.locator(".jp-DirListing-item", { hasText: "renamed.ipynb" })
    .waitFor();
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    page.locator(".jp-DirListing-itemText", { hasText: "renamed.ipynb" })
      .dblclick(),
  ]);
  opened.setDefaultTimeout(20_000);
  const cell = opened.locator(".jp-CodeCell").first();
  await cell.locator(".cm-content").click();
  await opened.keyboard.press("Control+End");
  await opened.keyboard.type(" + 1");
  // Keys are in vain as long as there is no kernel, and nothing here tells of it.
  const output = cell.locator(".jp-OutputArea-output", { hasText: "43" });
  for (let tries = 0; tries < 10 && !await output.isVisible(); tries++) {
    await cell.locator(".cm-content").click();
    await opened.keyboard.press("Control+Enter");
    await output.waitFor({ timeout: 3000 }).catch(() => {});
  }
  await output.waitFor();
  await opened.keyboard.press("Control+s");
  await untilFile(join(server.folder, "renamed.ipynb"), /"43"/);
  await opened.close();
  assert.deepEqual(complaints.slice(before).filter(isOwn), []);
  await server.endKernels();
}

async function open(
  page: Page,
  { url, token, folder }: SkeinServer,
  { name, cells }: { readonly name: string; readonly cells: readonly string[] },
): Promise<LabNotebook> {
  const server = { url, token, root: folder };
  return await LabNotebook.open(page, { server, name, cells });
}

/** Waits until a file holds something. */
async function untilFile(path: string, pattern: RegExp): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  for (;;) {
    const text = await Deno.readTextFile(path).catch(() => "");
    if (pattern.test(text)) return;
    assert.ok(!deadline.aborted, `${path} has no ${pattern}:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isOwn(complaint: string): boolean {
  return !NOT_OURS.some((text) => complaint.includes(text));
}

/** What Notebook 7.6.5 says on Jupyter's own server too, with nbgrader beside it. */
const NOT_OURS: readonly string[] = [
  "nbgrader",
  "Cannot convert undefined or null to object",
  "Cannot read properties of undefined (reading 'schema')",
  "Cannot read properties of null (reading 'updateRenderOption')",
];
