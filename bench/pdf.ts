/**
 * Times a notebook's way to a PDF: by the typesetter, and by Chromium.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";
import { type Row, summarize } from "./report.ts";

/**
 * Exports one notebook with text, code, formulas and twelve figures, in whole
 * processes that take turns.
 *
 * Units: milliseconds from start to end of the process. On busy cores Chromium, of
 * many processes, gets more of them than the typesetter, which has one.
 *
 * @param rounds How often; one round before that fills the caches.
 */
export async function measurePdf(rounds: number): Promise<readonly Row[]> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/a.ipynb`;
    await Deno.writeTextFile(path, JSON.stringify(await makeNotebook()));
    const samples = new Map(ENGINES.map((engine) => [engine, [] as number[]]));
    for (let round = -1; round < rounds; round++) {
      for (const engine of ENGINES) {
        const ms = await timeExport(path, engine);
        if (round >= 0) samples.get(engine)!.push(ms);
      }
    }
    const first = summarize(samples.get("typst")!);
    return [
      {
        name: "PDF by the typesetter",
        summary: first,
        goal: "1/5 of Chromium",
      },
      {
        name: "PDF by Chromium",
        summary: summarize(samples.get("chromium")!),
        than: first,
      },
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timeExport(path: string, engine: string): Promise<number> {
  const main = fromFileUrl(import.meta.resolve("../main.ts"));
  const startMs = performance.now();
  const { success, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      main,
      "export",
      path,
      "--to",
      "pdf",
      "--engine",
      engine,
    ],
  }).output();
  const endMs = performance.now();
  if (!success) {
    throw new Error(
      new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout),
    );
  }
  return endMs - startMs;
}

async function makeNotebook(): Promise<unknown> {
  const folder = import.meta.resolve("../docs/gallery/");
  const names = [...Deno.readDirSync(new URL(folder))].map(({ name }) => name)
    .filter((name) => name.endsWith(".svg")).sort().slice(0, 12);
  const figures = await Promise.all(
    names.map((name) => Deno.readTextFile(new URL(name, folder))),
  );
  const cells = figures.flatMap((svg, at) => [
    {
      cell_type: "markdown",
      metadata: {},
      source: `## Part ${at}\n\n${
        "Some text about *tasks*. ".repeat(30)
      }\n\n$$\\sum_{i=1}^n \\frac{i^2}{n}$$\n\n| a | b |\n|--|--|\n| 1 | 2 |`,
    },
    {
      cell_type: "code",
      metadata: {},
      execution_count: at,
      source: "const tasks = [1, 2, 3].map((n) => n ** 2);\n".repeat(8),
      outputs: [
        { output_type: "stream", name: "stdout", text: "a line\n".repeat(10) },
        {
          output_type: "display_data",
          metadata: {},
          data: { "image/svg+xml": svg },
        },
      ],
    },
  ]);
  return { nbformat: 4, nbformat_minor: 4, metadata: {}, cells };
}

const ENGINES = ["typst", "chromium"] as const;
