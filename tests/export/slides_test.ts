/**
 * Slides in a browser: that they come in order, ask for nothing, can be listened
 * to, printed and spoken to, and that one which is too full is named.
 * @module
 */
import assert from "node:assert/strict";
import axe from "npm:axe-core@4.14.1";
import { type Browser, chromium, type Page } from "npm:playwright-core@1.65.1";
import { findChromium, readWithChromium } from "../../cli/chromium.ts";
import { readRevealFile } from "../../cli/npm_files.ts";
import { type ExportOptions, FORMATS } from "../../export/mod.ts";
import { parseNotebook } from "../../nbformat/mod.ts";

const path = await findChromium((name) => Deno.env.get(name));
/** Stands in the name of a test that is skipped. */
const reason = path === undefined ? " (skipped: no Chromium here)" : "";

async function makeSlides(
  cells: readonly unknown[],
  options: ExportOptions = {},
): Promise<string> {
  const notebook = parseNotebook(
    JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells }),
  );
  const format = await FORMATS.slides!();
  const { content } = await format.render(notebook, {
    revealFile: readRevealFile,
    ...options,
  });
  return [...content as Iterable<string>].join("");
}

async function withPage(
  html: string,
  use: (page: Page, address: string) => Promise<void>,
  dark = false,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  let browser: Browser | undefined;
  try {
    await Deno.writeTextFile(`${folder}/a.html`, html);
    browser = await chromium.launch({
      executablePath: path!,
      args: ["--no-sandbox"],
      timeout: 60_000,
    });
    const page = await browser.newPage({
      viewport: { width: 1280, height: 720 },
      colorScheme: dark ? "dark" : "light",
    });
    const found: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        found.push(message.text());
      }
    });
    page.on("pageerror", (error) => found.push(String(error)));
    page.on("request", (request) => {
      if (!/^(?:file|data|about):/.test(request.url())) {
        found.push(request.url());
      }
    });
    await use(page, `file://${folder}/a.html`);
    assert.deepEqual(found, [], "errors in the console, and requests");
  } finally {
    await browser?.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The page's own policy forbids what Playwright waits with. */
async function until(page: Page, expression: string): Promise<void> {
  for (let round = 0; round < 400; round++) {
    if (await page.evaluate(expression).catch(() => false)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`still not so after 20 s: ${expression}`);
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await until(page, "Reveal.isReady()");
}

const md = (source: string, type?: string) => ({
  cell_type: "markdown",
  source,
  metadata: type === undefined ? {} : { slideshow: { slide_type: type } },
});
const code = (source: string, outputs: readonly unknown[] = []) => ({
  cell_type: "code",
  metadata: {},
  source,
  outputs,
  execution_count: 1,
});
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30" viewBox="0 0 60 30"><title>A bar</title><rect width="60" height="30" fill="#1a56b0"/></svg>';
const DECK = [
  md("# Title"),
  md(
    "## Text\n\nWith *words*, `code` and $x^2$.\n\n| a | b |\n|--|--|\n| 1 | 2 |",
  ),
  code("const a = 1;\nconsole.log(a)", [
    { output_type: "stream", name: "stdout", text: "1\n\x1b[31mred\x1b[0m\n" },
    {
      output_type: "display_data",
      metadata: {},
      data: { "image/svg+xml": SVG },
    },
    {
      output_type: "display_data",
      metadata: {},
      data: { "text/html": "<p>in a frame</p>" },
    },
  ]),
];

for (const theme of ["light", "dark"] as const) {
  Deno.test({
    name: `slides in ${theme} ask for nothing, and can be listened to${reason}`,
    ignore: path === undefined,
    fn: async () => {
      const html = await makeSlides(DECK, { theme });
      await withPage(html, async (page, address) => {
        await open(page, address);
        const seen: string[] = [];
        for (let at = 0; at < 10; at++) {
          seen.push(await page.evaluate("Reveal.getCurrentSlide().innerText"));
          const serious = await page.evaluate(
            `(() => { ${axe.source}; return axe.run().then(({ violations }) => violations` +
              `.filter(({ impact }) => ["serious", "critical"].includes(impact))` +
              `.map(({ id, nodes }) => id + ": " + nodes[0].html)) })()`,
          );
          assert.deepEqual(serious, []);
          if (await page.evaluate("Reveal.isLastSlide()")) break;
          await page.keyboard.press("Space");
          await page.waitForTimeout(50);
        }
        assert.equal(seen.length, 3);
        assert.match(seen[0]!, /^\s*Title/);
        assert.match(seen[1]!, /const a = 1/);
        // The figure fills its slide.
        const size = await page.locator(
          ".present.figure-slide img, .present .present.figure-slide img",
        ).first().boundingBox();
        assert.ok(size !== null && size.width > 1000, JSON.stringify(size));
      }, theme === "dark");
    },
  });
}

Deno.test({
  name: `slides print one page each${reason}`,
  ignore: path === undefined,
  fn: async () => {
    await withPage(await makeSlides(DECK), async (page, address) => {
      await open(page, `${address}?print-pdf`);
      await page.waitForSelector(".pdf-page");
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const raw = pdf.toString("latin1");
      assert.equal(raw.match(/\/Type\s*\/Page\b/g)?.length, 3);
    });
  },
});

Deno.test({
  name: `the speaker's window shows notes, and follows${reason}`,
  ignore: path === undefined,
  fn: async () => {
    const html = await makeSlides([
      md("# A", "slide"),
      md("say this", "notes"),
      md("# B", "slide"),
      md("and that", "notes"),
    ]);
    await withPage(html, async (page, address) => {
      await open(page, address);
      assert.doesNotMatch(
        await page.evaluate("document.body.innerText"),
        /say this/,
      );
      const opened = page.waitForEvent("popup", { timeout: 20_000 });
      await page.keyboard.press("s");
      const speaker = await opened;
      await until(speaker, "window.Reveal && Reveal.isReady()");
      assert.match(
        await speaker.evaluate(
          "document.querySelector('.speaker-notes').innerText",
        ),
        /say this/,
      );
      await page.keyboard.press("ArrowRight");
      await speaker.waitForFunction("Reveal.getIndices().h === 1", null, {
        timeout: 20_000,
      });
      assert.match(
        await speaker.evaluate(
          "document.querySelector('.speaker-notes').innerText",
        ),
        /and that/,
      );
      await speaker.keyboard.press("ArrowLeft");
      await page.waitForFunction("Reveal.getIndices().h === 0", null, {
        timeout: 20_000,
      });
    });
  },
});

Deno.test({
  name: `a slide that overflows is named${reason}`,
  ignore: path === undefined,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    try {
      const reports: string[] = [];
      const lines = Array.from({ length: 60 }, (_, at) => `line ${at}`).join(
        "\n\n",
      );
      await makeSlides([
        md("# Fits", "slide"),
        md(`# Too much\n\n${lines}`, "slide"),
        md("x", "subslide"),
      ], {
        report: (problem) => reports.push(problem),
        openPage: (html) =>
          readWithChromium(html, {
            chromium: path!,
            folder,
            size: [1280, 720],
          }),
      });
      assert.equal(reports.length, 1, reports.join("\n"));
      assert.match(
        reports[0]!,
        /^slide 2 \(cell 2\) overflows: \d+ of its \d+ pixels/,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("slides say when nothing was measured", async () => {
  const reports: string[] = [];
  await makeSlides([md("# A")], { report: (problem) => reports.push(problem) });
  assert.match(reports.join(), /not measured/);
});

Deno.test("nothing of a notebook runs in slides", async () => {
  const html = await makeSlides([
    md(
      "<script>f()</script><img src=x onerror=f()> </section><script>g()</script>",
    ),
    code("</script><script>h()</script>", [{
      output_type: "display_data",
      metadata: {},
      data: { "text/html": "<script>i()</script><b onclick=j()>x</b>" },
    }]),
  ]);
  assert.doesNotMatch(html, /<script>(?:f|g|h|i)\(\)|onerror=f|<b onclick/);
  const [, policy = ""] = /script-src ([^;]*);/.exec(html) ?? [];
  assert.match(policy, /^(?:'sha256-[\w+/=]+' ?)+$/);
});
