/**
 * `skein open` beside JupyterLab with ipykernel and with `deno jupyter`, in
 * rounds that take turns: from the start of a server to the first result in the
 * browser, a keystroke, and 20,000 lines of output.
 * @module
 */
import { prepareEnvironment } from "../tests/jupyter/environment.ts";
import {
  type Browser,
  launchBrowser,
  type Page,
} from "../tests/jupyter/lab_browser.ts";
import { fromFileUrl } from "../session/mod.ts";
import { printRows, type Row, summarize } from "./report.ts";

/** A program that is measured. */
interface Arm {
  readonly name: string;
  /** Starts it; the link comes on stdout or stderr. */
  readonly command: (folder: string) => Deno.Command;
  readonly kernel: string;
  readonly loop: string;
  /** Where the first cell's editor is, and where its output and the second's. */
  readonly editor: string;
  readonly output: string;
}

interface Round {
  readonly firstMs: number;
  readonly keyMs: readonly number[];
  readonly linesMs: number;
}

/** Measures and prints. */
export async function benchPage(rounds: number): Promise<void> {
  const arms = await listArms();
  const samples = arms.map((): Round[] => []);
  await using browser = await launchBrowser();
  // One round more, which fills the caches.
  for (let round = -1; round < rounds; round++) {
    for (const [at, arm] of arms.entries()) {
      const sample = await measure(arm, browser);
      if (round >= 0) samples[at]!.push(sample);
    }
  }
  const table = (
    what: string,
    read: (round: Round) => readonly number[],
    goal: string,
  ): Row[] => {
    const all = samples.map((rounds) => summarize(rounds.flatMap(read)));
    return arms.map(({ name }, at) => ({
      name: `${what}: ${name}`,
      summary: all[at]!,
      ...at === 0 ? { goal } : { than: all[0]! },
    }));
  };
  printRows([
    ...table("first result", ({ firstMs }) => [firstMs], "a quarter of Lab's"),
    ...table("a keystroke", ({ keyMs }) => keyMs, "at most Lab's"),
    ...table("20,000 lines", ({ linesMs }) => [linesMs], "at most Lab's"),
  ]);
}

async function listArms(): Promise<readonly Arm[]> {
  const { python, env } = await prepareEnvironment();
  const deno = Deno.execPath();
  const specs = await Deno.makeTempDir();
  await Deno.mkdir(`${specs}/kernels/deno`, { recursive: true });
  await Deno.writeTextFile(
    `${specs}/kernels/deno/kernel.json`,
    JSON.stringify({
      argv: [deno, "jupyter", "--kernel", "--conn", "{connection_file}"],
      display_name: "Deno",
      language: "typescript",
    }),
  );
  const typescript =
    `for (let i = 0; i < ${LINES}; i++) console.log("line", i)`;
  const lab = (name: string, kernel: string, loop: string): Arm => ({
    name,
    kernel,
    loop,
    command: (folder) =>
      new Deno.Command(python, {
        args: [
          ...["-m", "jupyterlab", "--no-browser", "--allow-root"],
          ...["--ServerApp.port=0", `--ServerApp.root_dir=${folder}`],
          "--LabApp.news_url=None",
        ],
        env: { ...env, JUPYTER_PATH: `${env.JUPYTER_PATH}:${specs}` },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }),
    editor: ".jp-CodeCell .cm-content",
    output: ".jp-CodeCell .jp-OutputArea",
  });
  return [
    {
      name: "skein open",
      kernel: "skein",
      loop: typescript,
      command: (folder) =>
        new Deno.Command(deno, {
          args: [
            ...["run", "-A", fromFileUrl(import.meta.resolve("../main.ts"))],
            ...["open", `${folder}/a.ipynb`, "--no-browser"],
          ],
          env: { NO_COLOR: "1" },
          stdin: "null",
          stdout: "piped",
          stderr: "null",
        }),
      editor: ".nb-cell .cm-content",
      output: ".nb-cell .nb-output",
    },
    lab(
      "jupyter lab, ipykernel",
      "python3",
      `for i in range(${LINES}): print("line", i)`,
    ),
    lab("jupyter lab, deno jupyter", "deno", typescript),
  ];
}

async function measure(arm: Arm, browser: Browser): Promise<Round> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(`${folder}/a.ipynb`, notebook(arm));
  const beganMs = performance.now();
  const child = arm.command(folder).spawn();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(await readLink(child));
    await page.locator(arm.editor).first().click();
    await page.keyboard.press("Shift+Enter");
    await page.locator(arm.output, { hasText: "42" }).first().waitFor();
    const firstMs = performance.now() - beganMs;
    const keyMs = await measureKeys(page, arm);
    await page.locator(arm.editor).nth(1).click();
    const runMs = performance.now();
    await page.keyboard.press("Shift+Enter");
    await page.locator(arm.output, { hasText: `line ${LINES - 1}` }).first()
      .waitFor();
    return { firstMs, keyMs, linesMs: performance.now() - runMs };
  } finally {
    await context.close();
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  }
}

/** From a key to the frame after it. */
async function measureKeys(page: Page, { editor }: Arm): Promise<number[]> {
  await page.locator(editor).first().click();
  await page.evaluate(`globalThis.keyMs = [];
document.addEventListener("keydown", () => {
  const beganMs = performance.now();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => keyMs.push(performance.now() - beganMs);
    port2.postMessage(0);
  });
}, true);`);
  for (let i = 0; i < 60; i++) await page.keyboard.press("x");
  await page.waitForTimeout(300);
  return await page.evaluate("keyMs") as number[];
}

/** Lab prints its link on stderr, without what is in it, and so do we on stdout. */
async function readLink(child: Deno.ChildProcess): Promise<string> {
  const stream = hasStdout(child) ? child.stdout : child.stderr;
  let text = "";
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot measure: no link in ${text}`);
    text += value;
    const [link] = /http:\/\/\S+token=\w+(?=\s)/.exec(text) ?? [];
    if (link === undefined) continue;
    void (async () => {
      while (!(await reader.read()).done);
    })();
    return link.replace(/\/lab\?/, "/lab/tree/a.ipynb?");
  }
}

function hasStdout(child: Deno.ChildProcess): boolean {
  try {
    return child.stdout !== null;
  } catch {
    // It was not asked for.
    return false;
  }
}

function notebook({ kernel, loop }: Arm): string {
  const cells = ["6 * 7", loop].map((source, at) => ({
    cell_type: "code",
    execution_count: null,
    id: `c${at}`,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = { name: kernel, display_name: kernel, language: kernel };
  const metadata = { kernelspec };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

const LINES = 20_000;
