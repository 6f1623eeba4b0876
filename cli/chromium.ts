/**
 * Chromium, if it is on this machine: prints pages, measures slides.
 *
 * It gets a folder of its own for what it keeps, no network, and a time limit.
 * @module
 */
import { delimiter, join } from "node:path";
import { toFileUrl } from "../session/mod.ts";
import { UsageError } from "./usage.ts";

/**
 * Finds Chromium, or a browser made of it.
 *
 * @param env Reads the environment.
 * @returns Its path; undefined if there is none.
 */
export async function findChromium(
  env: (name: string) => string | undefined,
): Promise<string | undefined> {
  const folders = (env("PATH") ?? "").split(delimiter).filter(Boolean);
  const paths = [
    ...[env("CHROMIUM_PATH") ?? ""].filter(Boolean),
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...PLACES.map((path) => path.replace("%", env("ProgramFiles") ?? "C:")),
  ];
  for (const path of paths) {
    const found = await Deno.stat(path).catch(() => null);
    if (found?.isFile) return path;
  }
  return undefined;
}

/**
 * Prints a page.
 *
 * @param html The page.
 * @param options Where Chromium is, and a folder to work in.
 * @returns The PDF.
 * @throws {UsageError} If it does not print within a minute, or at all.
 */
export async function printWithChromium(
  html: string,
  options: { readonly chromium: string; readonly folder: string },
): Promise<Uint8Array> {
  const page = join(options.folder, "page.html");
  const pdf = join(options.folder, "page.pdf");
  await Deno.writeTextFile(page, html);
  await runChromium([
    `--print-to-pdf=${pdf}`,
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    toFileUrl(page),
  ], options);
  return await Deno.readFile(pdf).catch(() => {
    throw new UsageError(
      `Cannot print the page: ${options.chromium} wrote no PDF, expected one`,
    );
  });
}

/**
 * Opens a page and reads what it has become.
 *
 * @param html The page; its scripts run.
 * @param options Where Chromium is, a folder to work in, and the window's size.
 * @returns The document, as HTML.
 */
export async function readWithChromium(
  html: string,
  options: {
    readonly chromium: string;
    readonly folder: string;
    readonly size: readonly [width: number, height: number];
  },
): Promise<string> {
  const page = join(options.folder, "page.html");
  await Deno.writeTextFile(page, html);
  return await runChromium([
    "--dump-dom",
    "--virtual-time-budget=60000",
    `--window-size=${options.size.join(",")}`,
    toFileUrl(page),
  ], options);
}

async function runChromium(
  args: readonly string[],
  { chromium, folder }: { readonly chromium: string; readonly folder: string },
): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const command = new Deno.Command(chromium, {
    args: [
      "--headless",
      "--disable-gpu",
      "--no-first-run",
      "--disable-extensions",
      "--disable-background-networking",
      "--disable-dev-shm-usage",
      // No name leads anywhere: the page asks for nothing, nor does the browser.
      "--host-resolver-rules=MAP * ~NOTFOUND",
      `--user-data-dir=${join(folder, "profile")}`,
      // Its own sandbox does not work for root; the page runs no foreign script.
      ...(Deno.build.os === "linux" && Deno.uid() === 0
        ? ["--no-sandbox"]
        : []),
      ...args,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  });
  try {
    const { stdout } = await command.output();
    if (signal.aborted) throw signal.reason;
    return new TextDecoder().decode(stdout);
  } catch (error) {
    const why = signal.aborted
      ? `it did not end within ${TIMEOUT_MS / 1000} s`
      : (error as Error).message;
    throw new UsageError(`Cannot use ${chromium}: ${why}`);
  }
}

const TIMEOUT_MS = 120_000;
const NAMES = [
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  ...["chrome", "microsoft-edge", "msedge.exe", "chrome.exe"],
];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "%\\Google\\Chrome\\Application\\chrome.exe",
];
