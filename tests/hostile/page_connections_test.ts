/**
 * A page connects to nothing: opened in Chromium as people open it, without the
 * flags by which test tools keep a browser from connecting ahead of time.
 *
 * What Chromium looks up, connects to and asks for stands in its own log.
 * @module
 */
import assert from "node:assert/strict";
import { exportHtml } from "../../export/html.ts";
import type { Cell, Notebook } from "../../nbformat/mod.ts";
import { within } from "../session/within.ts";

/** Each gets the address of a host of its own, and asks for it in some way. */
const WAYS: readonly ((url: string) => string)[] = [
  ...["preconnect", "dns-prefetch", "prefetch", "preload", "modulepreload"].map(
    (rel) => (url: string) => `<link rel=${rel} as=image href="${url}">`,
  ),
  ...["stylesheet", "icon", "manifest", "prerender"].map(
    (rel) => (url: string) => `<link rel="${rel}" href="${url}">`,
  ),
  (url) => `<iframe srcdoc="&lt;link rel=preconnect href=${url}&gt;"></iframe>`,
  (url) => `<iframe srcdoc="<img src=${url}>"></iframe>`,
  (url) => `<iframe src="${url}"></iframe>`,
  (url) => `<object data="${url}"></object>`,
  (url) => `<embed src="${url}">`,
  (url) => `<frameset><frame src="${url}"></frameset>`,
  (url) => `<img src="${url}">`,
  (url) => `<img srcset="${url} 1x">`,
  (url) => `<picture><source srcset="${url}"><img></picture>`,
  (url) => `<video src="${url}" poster="${url}"><track src="${url}"></video>`,
  (url) => `<audio src="${url}" autoplay></audio>`,
  (url) => `<input type=image src="${url}">`,
  (url) => `<table background="${url}"><tr><td background="${url}">a</table>`,
  (url) => `<body background="${url}">`,
  (url) => `<base href="${url}"><img src="x.png">`,
  (url) => `<meta http-equiv=refresh content="0;url=${url}">`,
  (url) => `<style>@import "${url}";</style>`,
  (url) => `<style>body{background:url(${url})}</style>`,
  (url) => `<style>body{background:image-set("${url}" 1x)}</style>`,
  (url) => `<style>body{background:u\\72l(${url})}</style>`,
  (url) =>
    `<style>@font-face{font-family:f;src:url(${url})}*{font-family:f}</style>`,
  (url) => `<b style="background:url('${url}')">a</b>`,
  (url) => `<b style="cursor:url(${url}),auto">a</b>`,
  (url) => `<script src="${url}"></script>`,
  (url) => `<script>fetch("${url}"); new Image().src = "${url}"</script>`,
  (url) =>
    `<script type=speculationrules>{"prefetch":[{"urls":["${url}"]}]}</script>`,
  (url) => `<img src=x onerror="fetch('${url}')">`,
  (url) => `<svg><image href="${url}"/><use href="${url}#a"/></svg>`,
  (url) => `<svg><image xlink:href="${url}"/></svg>`,
  (url) => `<svg><filter id=f><feImage href="${url}"/></filter></svg>`,
  (url) => `<svg><style>@import url(${url});</style></svg>`,
  (url) => `<svg><script href="${url}"></script></svg>`,
  (url) => `<svg><rect fill="url(${url}#a)" width=9 height=9 /></svg>`,
  (url) => `<svg><foreignObject><img src="${url}"></foreignObject></svg>`,
  (url) => `<?xml-stylesheet href="${url}"?><svg></svg>`,
  (url) => `<math><mglyph src="${url}"/><mi href="${url}">a</mi></math>`,
  (url) => `<a href="${url}" ping="${url}" attributionsrc="${url}">a</a>`,
  (url) => `<form action="${url}"><button autofocus>a</button></form>`,
  (url) => `![a](${url}) [a]: ${url}`,
  (url) => `$\\href{${url}}{a} \\includegraphics{${url}}$`,
];

/** Where a cell may hold markup. */
const PLACES: Readonly<Record<string, (markup: string) => Partial<Cell>>> = {
  markdown: (source) => ({ cell_type: "markdown", source }),
  raw: (source) => ({
    ...{ cell_type: "raw", source },
    metadata: { format: "text/html" },
  }),
  html: (html) => shows({ "text/html": html }),
  svg: (svg) => shows({ "image/svg+xml": `<svg>${svg}</svg>` }),
  latex: (latex) => shows({ "text/latex": latex }),
  shown: (markdown) => shows({ "text/markdown": markdown }),
};

Deno.test({
  name:
    "a page connects to nothing, in a browser without protective flags (skipped where there is no Chromium)",
  ignore: findChromium() === null,
  async fn() {
    // Without a page of ours it does connect, or this would prove nothing.
    const open = await hostsAskedFor(
      `<!doctype html><link rel=preconnect href="http://${hostOf("open")}">`,
    );
    assert.deepEqual(open, [hostOf("open")]);
    for (const [place, cell] of Object.entries(PLACES)) {
      const cells = WAYS.map((way, index): Cell => ({
        ...{ id: `c${index}`, metadata: {}, source: "" },
        ...cell(way(`http://${hostOf(`${place}-${index}`)}/a`)),
      } as Cell));
      const notebook: Notebook = {
        ...{ nbformat: 4, nbformat_minor: 5, metadata: {}, cells },
      };
      assert.deepEqual(await hostsAskedFor(exportHtml(notebook)), [], place);
    }
  },
});

function shows(data: Record<string, unknown>): Partial<Cell> {
  return {
    cell_type: "code",
    execution_count: 1,
    outputs: [{ output_type: "display_data", data, metadata: {} }],
  };
}

/** Opens a page until it rests, and reads in Chromium's log whom it knew. */
async function hostsAskedFor(html: string): Promise<string[]> {
  const folder = await Deno.makeTempDir({ prefix: "skein page " });
  try {
    await Deno.writeTextFile(`${folder}/page.html`, html);
    const browser = new Deno.Command(findChromium()!, {
      args: [
        "--headless",
        // Chromium's sandbox refuses to run as root.
        ...Deno.uid() === 0 ? ["--no-sandbox"] : [],
        `--user-data-dir=${folder}/profile`,
        `--log-net-log=${folder}/log.json`,
        "--virtual-time-budget=3000",
        `--screenshot=${folder}/page.png`,
        `file://${encodeURI(folder)}/page.html`,
      ],
      ...{ stdout: "null", stderr: "null" },
    }).spawn();
    try {
      await within(browser.status, DEADLINE_MS, "Chromium's end");
    } catch (error) {
      browser.kill("SIGKILL");
      throw error;
    }
    await Deno.stat(`${folder}/page.png`);
    const log = await Deno.readTextFile(`${folder}/log.json`);
    const hosts = log.match(/[\w-]+\.skein-test\.invalid/g) ?? [];
    return [...new Set(hosts)];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function findChromium(): string | null {
  const places = ["chromium", "chromium-browser", "google-chrome"];
  return places.map((name) => `/usr/bin/${name}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // It is not there.
      return false;
    }
  }) ?? null;
}

/** Nobody can have this name. */
function hostOf(name: string): string {
  return `${name}.skein-test.invalid`;
}

/** Generous: only a defect meets it. */
const DEADLINE_MS = 60_000;
