/**
 * The browser of the tests: the only user of Playwright.
 * @module
 */
import { type Browser, chromium } from "npm:playwright-core@1.65.1";

export type { Browser, Locator, Page } from "npm:playwright-core@1.65.1";

/**
 * Starts Chromium without a window.
 *
 * @throws {Error} If there is none, and it can not be installed.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findFile(PLACES) ?? await installChromium();
  return await chromium.launch({
    executablePath,
    args: [
      // Chromium's sandbox refuses to run as root.
      ...Deno.uid() === 0 ? ["--no-sandbox"] : [],
      ...ARGS,
    ],
  });
}

async function installChromium(): Promise<string> {
  if (Deno.uid() === 0) {
    // A new machine has no package lists: nothing is found without the first.
    for (const args of [["update"], ["install", "--yes", "chromium"]]) {
      try {
        await new Deno.Command("apt-get", { args, stdout: "null" }).output();
      } catch {
        // Not every system has it; then the message below says what is missing.
      }
    }
  }
  const found = await findFile(PLACES);
  if (found === null) {
    throw new Error(
      `Cannot test JupyterLab: Chromium is missing, expected it at ${
        PLACES.join(" or ")
      }`,
    );
  }
  return found;
}

async function findFile(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const info = await Deno.stat(path).catch(() => null);
    if (info?.isFile) return path;
  }
  return null;
}

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const ARGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
