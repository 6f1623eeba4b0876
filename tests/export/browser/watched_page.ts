/**
 * A page opened from disk in Chromium, and all that is wrong with it: what it
 * writes on the console, what it asks the network for, what can not be used.
 * @module
 */
import { pathToFileURL } from "node:url";
import axe from "npm:axe-core@4.14.1";
import type { Browser, Page } from "../../jupyter/lab_browser.ts";

/** How a page is looked at. */
export interface Look {
  /** Width of the window, in CSS pixels. */
  readonly width: number;
  /** What the system asks for. */
  readonly colors: "light" | "dark";
}

/** All ways in which each page is looked at. */
export const LOOKS: readonly Look[] = [
  { width: 1280, colors: "light" },
  { width: 1280, colors: "dark" },
  { width: 360, colors: "light" },
  { width: 360, colors: "dark" },
];

/** A page that is watched from before it is opened. */
export interface WatchedPage extends AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** What went wrong until now. */
  readonly wrong: readonly string[];
  /** Opens a file. */
  readonly open: (path: string) => Promise<void>;
}

/**
 * Makes a page.
 *
 * @param browser The browser.
 * @param look How it is looked at.
 */
export async function watchPage(
  browser: Browser,
  look: Look,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.colors,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      wrong.push(`console: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", async (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    // What begins with `javascript:` asks no network; that it ran would be seen.
    if (!/^(?:file|data|about|blob|javascript):/.test(request.url())) {
      wrong.push(`request: ${request.url()}`);
    }
  });
  page.setDefaultTimeout(MAX_WAIT_MS);
  return {
    page,
    wrong,
    open: async (path) => {
      await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/**
 * Lists what people with a disability could not use, serious cases only.
 *
 * @param page The page.
 */
export async function listViolations(page: Page): Promise<readonly string[]> {
  // Through the debugger, which no policy of the page forbids.
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe, document } = globalThis as unknown as {
      axe: {
        run: (where: unknown, options: unknown) => Promise<{
          violations: {
            id: string;
            impact: string;
            nodes: { html: string; failureSummary: string }[];
          }[];
        }>;
      };
      document: unknown;
    };
    const { violations } = await axe.run(document, {
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) =>
        `${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary}`
      );
  });
}

/**
 * Finds out by how much a page is wider than its window.
 *
 * @param page The page.
 */
export async function findOverflow(page: Page): Promise<number> {
  return await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  ) as number;
}

const MAX_WAIT_MS = 30_000;
