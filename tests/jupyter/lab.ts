// deno-lint-ignore-file no-console -- Part of a program whose output is its result.
/**
 * The kernel in JupyterLab, in a real browser: one server, one page, and for
 * each check a notebook and a kernel of its own.
 *
 * What each check leaves on the screen is in `out/jupyterlab/`.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import { untilGone } from "../session/within.ts";
import type { Environment } from "./environment.ts";
import { launchBrowser, type Page } from "./lab_browser.ts";
import { type Check, CHECKS } from "./lab_checks.ts";
import { LabNotebook } from "./lab_notebook.ts";
import { LabServer } from "./lab_server.ts";
import type { SuiteResult } from "./suite.ts";

/**
 * Runs the checks.
 *
 * @param environment Where Python and the kernel are.
 */
export async function runLab(environment: Environment): Promise<SuiteResult> {
  console.log("\n== JupyterLab in Chromium");
  const folder = fromFileUrl(import.meta.resolve("../../out/jupyterlab/"));
  await Deno.mkdir(folder, { recursive: true });
  const result = { passed: 0, failed: 0 };
  const begun = performance.now();
  {
    await using browser = await launchBrowser();
    await using server = await LabServer.start(environment);
    const page = await browser.newPage({
      viewport: { width: 1280, height: 960 },
    });
    page.setDefaultTimeout(WAIT_MS);
    for (const [i, check] of CHECKS.entries()) {
      const name = `${String(i + 1).padStart(2, "0")}-${check.name}`;
      const error = await attempt(check, { server, page, name });
      await page.screenshot({ path: `${folder}${name}.png` })
        .catch((error) => console.log(`no screenshot: ${error}`));
      result[error === null ? "passed" : "failed"]++;
      console.log(`${check.title} ... ${error === null ? "ok" : "FAILED"}`);
      if (error !== null) console.log(error);
      await endKernels(server);
    }
  }
  console.log(`${Math.round((performance.now() - begun) / 1000)} s`);
  return result;
}

async function attempt(
  check: Check,
  { server, page, name }: {
    readonly server: LabServer;
    readonly page: Page;
    readonly name: string;
  },
): Promise<string | null> {
  try {
    await check.prepare?.(server, page);
    const { cells } = check;
    const notebook = await LabNotebook.open(page, { server, name, cells });
    await check.run(notebook, server);
    return null;
  } catch (error) {
    return error instanceof Error ? error.stack ?? error.message : `${error}`;
  }
}

async function endKernels(server: LabServer): Promise<void> {
  const pids = await server.descendants();
  await server.endKernels();
  await untilGone(...pids);
}

const WAIT_MS = 15_000;
