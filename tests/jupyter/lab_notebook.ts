/**
 * A notebook that is open in JupyterLab, used as a person uses it: with keys
 * and clicks. Waiting is done by Playwright, which looks until a deadline.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator, Page } from "./lab_browser.ts";
import type { LabServer } from "./lab_server.ts";

/** Kinds of text, as JupyterLab calls them; errors look like stderr. */
export type TextKind = "stdout" | "stderr";

/** A notebook that is open in JupyterLab. */
export class LabNotebook {
  /** The browser's page. */
  readonly page: Page;
  /** Its file. */
  readonly path: string;
  /** What shows the notebook. */
  readonly panel: Locator;

  /**
   * @param page The browser's page.
   * @param path The file.
   */
  constructor(page: Page, path: string) {
    this.page = page;
    this.path = path;
    this.panel = page.locator(".jp-NotebookPanel:visible");
  }

  /**
   * Writes a notebook and opens it.
   *
   * @param page Where to open it.
   * @param options Which server has it, its name and the sources of its cells.
   */
  static async open(page: Page, { server, name, cells }: {
    readonly server: Pick<LabServer, "root" | "url" | "token">;
    readonly name: string;
    readonly cells: readonly string[];
  }): Promise<LabNotebook> {
    const path = join(server.root, `${name}.ipynb`);
    await Deno.writeTextFile(path, JSON.stringify(makeNotebook(cells)));
    const query = new URLSearchParams({ reset: "", token: server.token });
    await page.goto(`${server.url}lab/tree/${name}.ipynb?${query}`);
    const notebook = new LabNotebook(page, path);
    await notebook.untilIdle();
    return notebook;
  }

  /** Waits until the notebook's kernel is idle; before that, keys are in vain. */
  async untilIdle(): Promise<void> {
    await this.page.locator("#jp-main-statusbar")
      .filter({ hasText: "TypeScript (Skein) | Idle" })
      .waitFor({ timeout: START_MS });
  }

  /** A cell, counted from 0. */
  cell(index: number): Locator {
    return this.panel.locator(".jp-CodeCell").nth(index);
  }

  /** The outputs of a cell. */
  outputs(index: number): Locator {
    return this.cell(index).locator(".jp-OutputArea-output");
  }

  /** The outputs of a cell that are text of one kind. */
  text(index: number, kind: TextKind): Locator {
    const mime = `application/vnd.jupyter.${kind}`;
    return this.cell(index)
      .locator(`.jp-OutputArea-output[data-mime-type="${mime}"]`);
  }

  /** Clicks to the end of a cell's source. */
  async enter(index: number): Promise<void> {
    await this.cell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+End");
  }

  /** Starts a cell, and waits until it is seen to run or has run. */
  async start(index: number): Promise<void> {
    await this.enter(index);
    await this.page.keyboard.press("Shift+Enter");
    await this.prompt(index, /^\[(\*|\d+)\]:$/);
  }

  /** Runs a cell to its end. */
  async run(index: number): Promise<void> {
    await this.enter(index);
    await this.page.keyboard.press("Shift+Enter");
    await this.prompt(index, /^\[\d+\]:$/);
  }

  /** Waits until what stands before a cell is like this. */
  async prompt(index: number, pattern: RegExp): Promise<void> {
    await this.cell(index).locator(".jp-InputPrompt")
      .filter({ hasText: pattern }).waitFor();
  }

  /** Chooses an entry of a menu. */
  async choose(menu: string, entry: string): Promise<void> {
    await this.page.getByRole("menuitem", { name: menu, exact: true }).click();
    await this.page.locator(".lm-Menu-item")
      .filter({ hasText: new RegExp(`^${entry}`) }).first().click();
  }

  /** Confirms what a dialog asks. */
  async accept(): Promise<void> {
    await this.page.locator(".jp-Dialog .jp-mod-accept").click();
  }

  /** What completion offers under a name. */
  option(name: string): Locator {
    return this.page.locator(".jp-Completer-item")
      .filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Waits until a cell's source is like this. */
  async source(index: number, pattern: RegExp): Promise<void> {
    await this.cell(index).locator(".cm-content")
      .filter({ hasText: pattern }).waitFor();
  }

  /** Waits for a figure that has arrived, and measures it and its room. */
  async figure(index: number): Promise<Figure> {
    const image = this.outputs(index).locator("img, svg").first();
    await image.waitFor();
    // Waits until the picture is there, and throws if it is none.
    await image.evaluate((node: unknown) =>
      (node as { decode?: () => Promise<void> }).decode?.()
    );
    const box = await image.boundingBox();
    const area = await this.outputs(index).first().boundingBox();
    assert.ok(box !== null && area !== null);
    return { width: box.width, height: box.height, room: area.width };
  }

  /** Checks what a cell shows, outputs in order, white space at the ends apart. */
  async shows(index: number, expected: readonly string[]): Promise<void> {
    const texts = await this.outputs(index).allInnerTexts();
    assert.deepEqual(texts.map((text) => text.trim()), expected);
  }
}

/** How large a figure is. Units: CSS pixels. */
export interface Figure {
  /** Its width. */
  readonly width: number;
  /** Its height. */
  readonly height: number;
  /** Width of what it stands in. */
  readonly room: number;
}

function makeNotebook(cells: readonly string[]): unknown {
  return {
    cells: cells.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: {
        name: "skein",
        display_name: "TypeScript (Skein)",
        language: "typescript",
      },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The first page of a fresh server takes longest. */
const START_MS = 60_000;
