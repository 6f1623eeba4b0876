/**
 * Pages and sites in a real browser: `deno task test:export`.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../../jupyter/lab_browser.ts";
import { COURSE, EVERYTHING, toFile } from "./samples.ts";
import {
  findOverflow,
  listViolations,
  LOOKS,
  watchPage,
} from "./watched_page.ts";

const MAIN = fileURLToPath(new URL("../../../main.ts", import.meta.url));
const LESSONS = fileURLToPath(new URL("../../../notebooks/", import.meta.url));
const folder = await Deno.makeTempDir({ prefix: "skein pages " });
const browser = await launchBrowser();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(folder, { recursive: true });
});

await Deno.writeTextFile(join(folder, "everything.ipynb"), toFile(EVERYTHING));
for (const [path, cells] of Object.entries(COURSE)) {
  await Deno.mkdir(join(folder, "course/deep"), { recursive: true });
  await Deno.writeTextFile(join(folder, "course", path), toFile(cells));
}
await Deno.writeTextFile(join(folder, "course/data.csv"), "a\n");
await Deno.writeTextFile(join(folder, "secret.txt"), "secret");

/** Pages that must be in order however they are looked at. */
const PAGES: string[] = [];

Deno.test("the pages are made", async () => {
  const lessons = [...Deno.readDirSync(LESSONS)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  for (
    const name of [
      ...lessons.map((name) => join(LESSONS, name)),
      "everything.ipynb",
    ]
  ) {
    const { code } = await skein("export", name, "-o", "pages/");
    assert.equal(code, 0);
  }
  for (const theme of ["light", "dark"]) {
    await skein(
      "export",
      "everything.ipynb",
      "--theme",
      theme,
      "-o",
      `pages/${theme}.html`,
    );
  }
  for await (const { name } of Deno.readDir(join(folder, "pages"))) {
    PAGES.push(`pages/${name}`);
  }
  const { code, stdout } = await skein(
    "site",
    "course",
    "-o",
    "out",
    "--title",
    "A course",
  );
  assert.equal(
    code,
    1,
    "links that lead nowhere are told by the exit code too",
  );
  assert.deepEqual(stdout.trim().split("\n"), [
    '2 locks & more.html: the link "none.ipynb" leads nowhere, there is no such file in the folder',
    '2 locks & more.html: the link "10%20last.ipynb#none" leads nowhere, the page has no such place',
    '2 locks & more.html: the link "../secret.txt" leads nowhere, there is no such file in the folder',
    "out/index.html and 7 files beside it",
  ]);
  PAGES.push("out/index.html", "out/2 locks & more.html", "out/deep/a.html");
  assert.ok(PAGES.length >= 7);
});

for (const look of LOOKS) {
  Deno.test(`pages are in order at ${look.width} px in ${look.colors}`, async () => {
    for (const path of PAGES) {
      await using watched = await watchPage(browser, look);
      await watched.open(join(folder, path));
      assert.deepEqual(watched.wrong, [], path);
      assert.deepEqual(await listViolations(watched.page), [], path);
      assert.ok(await findOverflow(watched.page) <= 0, `${path} is too wide`);
      assert.equal(await watched.page.evaluate("globalThis.ran"), undefined);
      await keepPicture(watched.page, `${path} ${look.width} ${look.colors}`);
    }
  });
}

Deno.test("a site is searched, walked through and coloured, from disk", async () => {
  await using watched = await watchPage(browser, LOOKS[0]!);
  const { page, wrong, open } = watched;
  await open(join(folder, "out/index.html"));
  const list = await page.locator(".site-index > li > a").allTextContents();
  assert.deepEqual(list, [
    "Locks & <more>",
    "The last one",
    "Deep {{body}} </script>",
  ]);
  await page.getByRole("searchbox").fill("semaphor");
  await page.getByText("1 section.").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/deep\/a\.html#A-place$/);
  await page.getByRole("link", { name: "back", exact: true }).click();
  await page.waitForURL(/2%20locks%20&%20more\.html#Part$/);
  await page.getByRole("link", { name: /Next/ }).click();
  await page.waitForURL(/10%20last\.html$/);
  const background = () =>
    page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.getByRole("button", { name: "Dark" }).click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.getByRole("link", { name: /Previous/ }).click();
  await page.waitForURL(/more\.html$/);
  assert.equal(await background(), dark, "the choice is kept");
  assert.deepEqual(await listViolations(page), []);
  assert.deepEqual(wrong, []);
});

Deno.test("the switch of colours works without storage", async () => {
  await using watched = await watchPage(browser, LOOKS[1]!);
  const { page, wrong, open } = watched;
  await page.addInitScript(
    "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('closed'); } })",
  );
  await open(join(folder, "out/index.html"));
  await page.getByRole("button", { name: "Light" }).click();
  await page.getByRole("button", { name: "Dark" }).waitFor();
  assert.deepEqual(wrong, []);
});

Deno.test("the browser ends", () => browser.close());

async function skein(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", MAIN, ...args],
    cwd: folder,
    env: { NO_COLOR: "1" },
    signal: AbortSignal.timeout(120_000),
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.equal(decode(stderr), "");
  return { code, stdout: decode(stdout) };
}

/** For people to look at: where `SKEIN_PICTURES` says. */
async function keepPicture(
  page: { screenshot: (options: { path: string }) => Promise<unknown> },
  name: string,
): Promise<void> {
  const pictures = Deno.env.get("SKEIN_PICTURES");
  if (pictures === undefined) return;
  const file = `${name.replace(/[^\w.-]+/g, "-")}.png`;
  await page.screenshot({ path: join(pictures, file) });
}
