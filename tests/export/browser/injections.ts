/**
 * Nothing that an untrusted notebook says runs in its page, slides, site or PDF, or
 * asks the network for anything: `deno task test:export`.
 *
 * Several vectors share a page, which is what makes hundreds of them quick; a page
 * that is hit names all of them.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { readRevealFile } from "../../../cli/npm_files.ts";
import { startTypesetter } from "../../../cli/typst.ts";
import {
  type ExportOptions,
  type Format,
  FORMATS,
  loadSiteMaker,
} from "../../../export/mod.ts";
import { launchBrowser } from "../../jupyter/lab_browser.ts";
import { type Vector, VECTORS } from "./vectors.ts";
import { LOOKS, type WatchedPage, watchPage } from "./watched_page.ts";

const folder = await Deno.makeTempDir({ prefix: "skein vectors " });
const browser = await launchBrowser();
globalThis.addEventListener("unload", () => {
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("there are two hundred vectors at least", () => {
  assert.ok(VECTORS.length >= 200, `${VECTORS.length}`);
});

Deno.test("a vector that works is noticed", async () => {
  await using watched = await watchPage(browser, LOOKS[0]!);
  const path = join(folder, "works.html");
  await Deno.writeTextFile(path, "<img src=x onerror='top.hit=1;alert(1)'>");
  await watched.open(path);
  await settle(watched);
  assert.equal(await watched.page.evaluate("top.hit"), 1);
  assert.ok(watched.wrong.includes("dialog: 1"), watched.wrong.join());
});

Deno.test("no vector runs in a page", async () => {
  await checkAll(await FORMATS.html!(), ALL);
});

Deno.test("no vector runs in slides", async () => {
  await checkAll(await FORMATS.slides!(), SOME, { revealFile: readRevealFile });
});

Deno.test("no vector runs in the page that Chromium prints", async () => {
  await checkAll(await FORMATS.pdf!(), SOME, {
    printPage: (html) => Promise.resolve(new TextEncoder().encode(html)),
  });
});

Deno.test("no vector is an action of a PDF, or code of its typesetter", async () => {
  const { render } = await FORMATS.pdf!();
  const empty = await Deno.makeTempDir();
  await using typesetter = startTypesetter(empty);
  for (const vectors of chunk(VECTORS, 60)) {
    const { content } = await render({
      metadata: vectors[0]!.metadata,
      cells: vectors.flatMap(({ cells }) => cells),
    }, { sourceName: vectors[0]!.file, typesetter });
    const pdf = new TextDecoder("latin1").decode(content as Uint8Array);
    const names = vectors.map(({ name }) => name).join("\n");
    assert.match(pdf, /^%PDF-/);
    assert.doesNotMatch(
      pdf,
      /\/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFile|SubmitForm)\b/,
      names,
    );
    assert.doesNotMatch(pdf, /\/URI\s*\(\s*(?!https?:|mailto:)/i, names);
  }
  await Deno.remove(empty);
});

async function checkAll(
  { render }: Format,
  { together, oneHeadOf }: Load,
  options: ExportOptions = {},
): Promise<void> {
  // What stands in the head stands in one page each.
  const isInHead = (one: Vector) => Object.keys(one.metadata).length > 0;
  const chosen = VECTORS.filter((one, at) =>
    !isInHead(one) || at % oneHeadOf === 0
  );
  for (const vectors of chunk(chosen, together)) {
    for (
      const metadata of new Set(
        vectors.map((one) => JSON.stringify(one.metadata)),
      )
    ) {
      const own = vectors.filter((one) =>
        JSON.stringify(one.metadata) === metadata
      );
      const { content } = await render({
        metadata: JSON.parse(metadata),
        cells: own.flatMap(({ cells }) => cells),
      }, { ...options, sourceName: own.map(({ file }) => file).join() });
      const html = content instanceof Uint8Array
        ? new TextDecoder().decode(content)
        : [...content].join("");
      await check(html, own);
    }
  }
}

Deno.test("no vector runs in a site, its start page or its search", async () => {
  const { makeSite } = await loadSiteMaker();
  const site = join(folder, "site");
  await Deno.mkdir(site);
  const module = import.meta.resolve("minisearch");
  const files = makeSite(
    VECTORS.map(({ cells, metadata, file }, index) => ({
      path: `${index} ${file}.ipynb`,
      document: { cells, metadata },
      embedImage: () => undefined,
    })),
    {
      title: "<script>top.hit=1</script>",
      searchScript: await Deno.readTextFile(new URL("../umd/index.js", module)),
      scriptNonce: "secret",
      hasFile: () => false,
    },
  );
  let count = 0;
  for (const file of files) {
    assert.ok("content" in file);
    const text = [...file.content].join("");
    // Of hundreds of pages that hold the same list, a few are looked at.
    const isLookedAt = !file.path.endsWith(".html") ||
      file.path === "index.html" ||
      count++ % 40 === 0;
    if (isLookedAt) await Deno.writeTextFile(join(site, file.path), text);
  }
  for await (const { name } of Deno.readDir(site)) {
    if (!name.endsWith(".html")) continue;
    await using watched = await watchPage(browser, LOOKS[0]!);
    await watched.open(join(site, name));
    const { page } = watched;
    await page.getByRole("searchbox").fill("script");
    await page.getByText(/\d sections?\./).waitFor();
    await settle(watched);
    assert.equal(await page.evaluate("globalThis.hit"), undefined, name);
    assert.deepEqual(watched.wrong.filter(isHarm), [], name);
  }
});

Deno.test("the browser ends", () => browser.close());

async function check(html: string, vectors: readonly Vector[]): Promise<void> {
  const names = vectors.map(({ name }) => name).join("\n");
  const path = join(folder, "page.html");
  await Deno.writeTextFile(path, html);
  await using watched = await watchPage(browser, LOOKS[0]!);
  await watched.open(path);
  await settle(watched);
  const { page, wrong } = watched;
  assert.match(page.url(), /page\.html$/, names);
  for (const frame of page.frames()) {
    const hit = await frame.evaluate("globalThis.hit").catch(() => undefined);
    assert.equal(hit, undefined, names);
  }
  assert.deepEqual(wrong.filter(isHarm), [], names);
}

/** What a policy has stopped is told on the console, and is no harm. */
function isHarm(what: string): boolean {
  return !/^console: .*(?:Content Security Policy|sandboxed|ERR_FILE_NOT_FOUND|Error parsing|Unsafe attempt|Failed to load resource)/s
    .test(what);
}

/** What runs late: animations, focus, frames. */
async function settle({ page }: WatchedPage): Promise<void> {
  await page.evaluate(
    "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
  );
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))",
  );
}

/** How many vectors share a page, and how many of those for the head are tried. */
interface Load {
  readonly together: number;
  readonly oneHeadOf: number;
}

const ALL: Load = { together: 10, oneHeadOf: 1 };
/** Of pages that take long to open. */
const SOME: Load = { together: 30, oneHeadOf: 4 };

function* chunk<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) {
    yield items.slice(at, at + size);
  }
}
