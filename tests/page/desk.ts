/**
 * A notebook that is open in a real browser, for one check.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Line } from "./line.ts";
import {
  type Browser,
  launchBrowser,
  type Page,
} from "../jupyter/lab_browser.ts";

export type { Page } from "../jupyter/lab_browser.ts";

/** A cell of a notebook that a check begins with. */
export type CellText = string | { readonly markdown: string };

let browser: Promise<Browser> | undefined;

/** Ends the browser that all checks share. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

/** One `skein open`, with pages that look at it. */
export class Desk implements AsyncDisposable {
  readonly #browser: Browser;
  readonly #args: readonly string[];
  readonly folder: string;
  /** The link that `skein open` printed. */
  link: string;
  #child: Deno.ChildProcess;
  /** What browsers said that nobody should have to read. */
  readonly complaints: string[] = [];
  /** Addresses elsewhere that pages asked the network for. */
  readonly foreign = new Set<string>();
  pages: Page[] = [];

  private constructor(
    browser: Browser,
    { child, folder, link, args }: {
      child: Deno.ChildProcess;
      folder: string;
      link: string;
      args: readonly string[];
    },
  ) {
    this.#browser = browser;
    this.#child = child;
    this.folder = folder;
    this.link = link;
    this.#args = args;
  }

  /** Opens a notebook in a folder of its own. */
  static async open(
    cells: readonly CellText[],
    { args = [], metadata = {}, width = 1280 }: {
      readonly args?: readonly string[];
      readonly metadata?: Readonly<Record<string, unknown>>;
      readonly width?: number;
    } = {},
  ): Promise<Desk> {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    await Deno.writeTextFile(
      join(folder, "a.ipynb"),
      notebook(cells, metadata),
    );
    const { child, link } = await startOpen(folder, args);
    const desk = new Desk(await (browser ??= launchBrowser()), {
      child,
      folder,
      link,
      args,
    });
    await desk.look({ width });
    return desk;
  }

  /** The first page. */
  get page(): Page {
    return this.pages[0]!;
  }

  /** Opens another page on the notebook. */
  async look(
    { width = 1280, link = this.link, until = ".nb-cell", ...given }: {
      /** What its connections go over. @default the network */
      line?: Line;
      /** Where the page is opened, with what a page of before has left there. */
      context?: ReturnType<Page["context"]>;
      width?: number;
      link?: string;
      /** What is there once the page is open. */
      until?: string;
    } = {},
  ): Promise<Page> {
    const context = given.context ?? await this.#browser.newContext({
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
    // What the page's policy blocks never comes to the network.
    const { origin } = new URL(this.link);
    await context.route((url) => url.origin !== origin, (route) => {
      this.foreign.add(route.request().url());
      return route.abort();
    });
    await given.line?.carry(page);
    this.pages.push(page);
    await page.goto(link);
    await page.waitForSelector(until);
    return page;
  }

  /** Ends the server at once, as a crash would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }

  /** Opens the notebook again, after the server was killed. */
  async restart(): Promise<void> {
    const { child, link } = await startOpen(this.folder, this.#args);
    this.#child = child;
    this.link = link;
  }

  /** What the file holds: kinds and sources, and outputs as JSON. */
  async saved(): Promise<{ source: string; outputs: string }[]> {
    const json = JSON.parse(await Deno.readTextFile(this.path));
    return json.cells.map((
      { source, outputs = [] }: {
        source: string | string[];
        outputs?: unknown[];
      },
    ) => ({
      source: [source].flat().join(""),
      outputs: JSON.stringify(outputs),
    }));
  }

  /** The notebook's file. */
  get path(): string {
    return join(this.folder, "a.ipynb");
  }

  /** Waits until something is so. */
  async until(
    isSo: () => boolean | Promise<boolean>,
    what: string,
  ): Promise<void> {
    const endMs = performance.now() + DEADLINE_MS;
    while (!await isSo()) {
      assert.ok(performance.now() < endMs, `waited too long until ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.pages.map((page) => page.context().close()));
    try {
      this.#child.kill("SIGINT");
    } catch {
      // It has ended already.
    }
    await this.#child.status;
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Runs a cell by its button and waits for its end. */
export async function runCell(page: Page, place: number): Promise<void> {
  const cell = page.locator(".nb-cell").nth(place);
  await cell.locator(".nb-run").click();
  await ended(page, place);
}

/** Waits until a cell has run. */
export async function ended(page: Page, place: number): Promise<void> {
  const words = page.locator(".nb-cell").nth(place).locator(".nb-status");
  await words.filter({ hasText: /done in|failed after|interrupted after/ })
    .waitFor();
}

/** What a cell shows. */
export function outputOf(page: Page, place: number): Promise<string> {
  return page.locator(".nb-cell").nth(place).locator(".nb-output")
    .allInnerTexts().then((texts) => texts.join("\n"));
}

/** Writes a notebook as Jupyter would. */
export function notebook(
  cells: readonly CellText[],
  metadata: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify(
    {
      cells: cells.map((cell, index) =>
        typeof cell === "string"
          ? {
            cell_type: "code",
            execution_count: null,
            id: `c${index}`,
            metadata: {},
            outputs: [],
            source: lines(cell),
          }
          : {
            cell_type: "markdown",
            id: `c${index}`,
            metadata: {},
            source: lines(cell.markdown),
          }
      ),
      metadata: {
        kernelspec: {
          display_name: "TypeScript (Skein)",
          language: "typescript",
          name: "skein",
        },
        ...metadata,
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  );
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** Starts `skein open` on the notebook of a folder. */
export async function startOpen(
  folder: string,
  args: readonly string[],
): Promise<{ child: Deno.ChildProcess; link: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      MAIN,
      "open",
      join(folder, "a.ipynb"),
      "--no-browser",
      ...args,
    ],
    env: { XDG_DATA_HOME: join(folder, ".data"), NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  return { child, link: await readLink(child.stdout) };
}

async function readLink(
  stdout: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let text = "";
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!/token=\w+\n/.test(text)) {
    const { value, done } = await reader.read();
    assert.ok(!done, `skein open ended: ${text}`);
    text += value;
  }
  // What comes later is read, so that nobody waits for it.
  void (async () => {
    while (!(await reader.read()).done);
  })();
  return text.split("\n").find((line) => line.includes("token="))!;
}

const MAIN = new URL("../../main.ts", import.meta.url).href;
const DEADLINE_MS = 30_000;
