// deno-lint-ignore-file no-console -- Part of a program whose output is its result.
/**
 * `skein serve` under Jupyter's own clients: its client library, straight and
 * through `jupyter server --gateway-url`, nbclient, JupyterLab and Notebook 7.
 *
 * What each check of a browser leaves on the screen is in `out/serve/`.
 * @module
 */
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";
import type { Environment } from "./environment.ts";
import { startGatewayServer } from "./gateway_server.ts";
import { launchBrowser } from "./lab_browser.ts";
import { SERVE_CHECKS } from "./serve_checks.ts";
import { SkeinServer, useServices } from "./serve_server.ts";
import { run, type SuiteResult } from "./suite.ts";

/**
 * Runs the checks.
 *
 * @param environment Where Python and JupyterLab are.
 */
export async function checkServe(
  environment: Environment,
): Promise<SuiteResult> {
  console.log("\n== skein serve");
  const result = { passed: 0, failed: 0 };
  const attempt = async (title: string, work: () => Promise<void>) => {
    const begun = performance.now();
    try {
      await work();
      result.passed++;
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.log(`${title} ... ok (${seconds} s)`);
    } catch (error) {
      result.failed++;
      console.log(`${title} ... FAILED\n${(error as Error).stack ?? error}`);
    }
  };
  await using server = await SkeinServer.start(environment);
  const { url, token, folder } = server;
  await attempt(
    "@jupyterlab/services does all it can do",
    () => useServices({ url, token, folder }),
  );
  await attempt("... also through jupyter server --gateway-url", async () => {
    await using gateway = await startGatewayServer(environment, { url, token });
    await useServices(gateway);
  });
  const clients = await run("nbclient and its gateway", "test_gateway.py", {
    ...environment,
    env: { ...environment.env, SKEIN_URL: url, SKEIN_TOKEN: token },
  });
  const shots = fromFileUrl(import.meta.resolve("../../out/serve/"));
  await Deno.mkdir(shots, { recursive: true });
  await using browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const { title, name, check } of SERVE_CHECKS) {
    await attempt(title, async () => {
      try {
        await check({ page, server, complaints });
      } finally {
        await page.screenshot({ path: join(shots, `${name}.png`) });
      }
    });
  }
  return {
    passed: result.passed + clients.passed,
    failed: result.failed + clients.failed,
  };
}

const WAIT_MS = 20_000;
