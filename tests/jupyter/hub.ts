// deno-lint-ignore-file no-console -- Part of a program whose output is its result.
/**
 * `skein serve --hub` under a JupyterHub, its proxy and its culler: two users in
 * a browser, each with a server of their own.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";
import { untilGone } from "../session/within.ts";
import type { Environment } from "./environment.ts";
import { Hub, PASSWORD } from "./hub_server.ts";
import { type Browser, launchBrowser, type Page } from "./lab_browser.ts";
import type { SuiteResult } from "./suite.ts";

/**
 * Runs the checks.
 *
 * @param environment Where Python and JupyterHub are.
 */
export async function checkHub(environment: Environment): Promise<SuiteResult> {
  console.log("\n== JupyterHub");
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
  await using hub = await Hub.start(environment, ["ada", "bob"], "Deno.cwd()");
  await using browser = await launchBrowser();
  const pages: Page[] = [];
  await attempt(
    "each of two users logs in and has a server of their own",
    async () => {
      for (const user of ["ada", "bob"]) {
        const page = await logIn(browser, hub, user);
        pages.push(page);
        await page.locator(".nb-run").click();
        await page.locator(".nb-output", { hasText: hub.home(user) }).waitFor();
      }
      const [ada, bob] = [await hub.user("ada"), await hub.user("bob")];
      assert.notEqual(ada.servers[""]!.state.pid, bob.servers[""]!.state.pid);
      const shots = fromFileUrl(import.meta.resolve("../../out/serve/"));
      await Deno.mkdir(shots, { recursive: true });
      await pages[0]!.screenshot({ path: join(shots, "hub.png") });
    },
  );
  await attempt("nobody comes into another one's server", async () => {
    const page = pages[1]!;
    const response = await page.goto(`${hub.url}user/ada/notebook/a.ipynb`);
    assert.equal(response?.status(), 403);
    await page.goto(`${hub.url}user/bob/`);
  });
  await attempt(
    "tokens of the hub let in whom their scopes allow",
    async () => {
      const make = async (user: string, scopes?: readonly string[]) => {
        const { json } = await hub.ask("POST", `/users/${user}/tokens`, {
          ...scopes === undefined ? {} : { scopes },
        });
        return (json as { readonly token: string }).token;
      };
      const status = async (token: string) => {
        const response = await fetch(`${hub.url}user/ada/api/status`, {
          headers: { authorization: `token ${token}` },
        });
        await response.body?.cancel();
        return response.status;
      };
      assert.equal(await status(await make("ada")), 200);
      assert.equal(await status(await make("ada", ["read:users!user"])), 403);
      assert.equal(await status(await make("bob")), 403);
      assert.equal(await status("nonsense"), 403);
    },
  );
  await attempt("the hub hears of use, and of nothing else", async () => {
    const seen = async () => (await hub.user("ada")).servers[""]!.last_activity;
    const first = await seen();
    await pages[0]!.locator(".nb-run").click();
    await hub.until("the hub knows", async () => (await seen()) > first);
  });
  await attempt(
    "what the hub stops is gone, with all that cells started",
    async () => {
      const { pid } = (await hub.user("ada")).servers[""]!.state;
      const all = [pid, ...await descendants(pid)];
      assert.ok(all.length > 1);
      const { status } = await hub.ask("DELETE", "/users/ada/server");
      assert.ok(status === 204 || status === 202);
      await untilGone(...all);
    },
  );
  await attempt("a server that nobody uses is culled", async () => {
    const { pid } = (await hub.user("bob")).servers[""]!.state;
    await using _culler = hub.startCuller(environment, 2);
    await hub.until(
      "it is culled",
      async () => (await hub.user("bob")).servers[""] === undefined,
    );
    await untilGone(pid);
  });
  return result;
}

/** Logs in at the hub, which starts the server, and opens the notebook. */
async function logIn(
  browser: Browser,
  hub: Hub,
  user: string,
): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const next = encodeURIComponent("/h/hub/spawn");
  await page.goto(`${hub.url}hub/login?next=${next}`);
  await page.locator("#username_input").fill(user);
  await page.locator("#password_input").fill(PASSWORD);
  await page.locator("#login_submit").click();
  await page.waitForURL(`${hub.url}user/${user}/**`);
  await page.goto(`${hub.url}user/${user}/notebook/a.ipynb`);
  await page.locator(".nb-cell").waitFor();
  return page;
}

async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-A", "-o", "pid=,ppid="],
  }).output();
  const rows = new TextDecoder().decode(stdout).trim().split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = new Set([pid]);
  for (const parent of found) {
    for (const [child, of] of rows) if (of === parent) found.add(child!);
  }
  found.delete(pid);
  return [...found];
}
