/**
 * Exporting, side by side with nbconvert: an executed notebook to a page, and ten
 * trivial cells run and exported, there with Deno's own kernel.
 *
 * Whole processes, as a user starts them. They take turns, so that a slow moment
 * hits both.
 * @module
 */
import { join } from "node:path";
import {
  type Environment,
  prepareEnvironment,
} from "../tests/jupyter/environment.ts";
import { type Notebook, serializeNotebook } from "../nbformat/mod.ts";
import { fromFileUrl } from "../session/mod.ts";
import { printRows, type Row, summarize } from "./report.ts";

/**
 * Measures both.
 *
 * @param rounds How often.
 */
export async function benchExport(rounds: number): Promise<void> {
  const environment = await prepareEnvironment();
  const root = await Deno.makeTempDir({ prefix: "skein-bench-export-" });
  try {
    const theirs = await prepare(root, environment);
    printRows([
      ...await compare(rounds, {
        names: ["nbconvert --to html", "skein export"],
        goal: "at least 6x as fast",
        theirs: () => theirs("executed.ipynb", []),
        ours: () => ours(root, "executed.ipynb", []),
        page: join(root, "executed.html"),
      }),
      ...await compare(rounds, {
        names: ["nbconvert --execute, deno jupyter", "skein export --execute"],
        goal: "at least 4x as fast",
        theirs: () => theirs("trivial.ipynb", ["--execute"]),
        ours: () => ours(root, "trivial.ipynb", ["--execute"]),
        page: join(root, "trivial.html"),
      }),
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** What is compared with what. */
interface Pair {
  readonly names: readonly [theirs: string, ours: string];
  readonly goal: string;
  readonly theirs: () => Promise<void>;
  readonly ours: () => Promise<void>;
  /** What both write. */
  readonly page: string;
}

async function compare(rounds: number, pair: Pair): Promise<readonly Row[]> {
  const times = { theirs: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const side of ["theirs", "ours"] as const) {
      await Deno.remove(pair.page).catch(() => {
        // There is none before the first round.
      });
      const start = performance.now();
      await pair[side]();
      times[side].push(performance.now() - start);
      // Who was faster and wrote nothing was not faster.
      const page = await Deno.readTextFile(pair.page);
      if (!page.includes("result 9")) {
        throw new Error(`Cannot compare: ${side} left the last result out`);
      }
    }
  }
  const than = summarize(times.theirs);
  return [
    { name: pair.names[0], summary: than },
    {
      name: pair.names[1],
      summary: summarize(times.ours),
      goal: pair.goal,
      than,
    },
  ];
}

async function prepare(root: string, { python, env }: Environment) {
  const spec = join(root, "jupyter/kernels/deno");
  await Deno.mkdir(spec, { recursive: true });
  const argv = [
    Deno.execPath(),
    "jupyter",
    "--kernel",
    "--conn",
    "{connection_file}",
  ];
  await Deno.writeTextFile(
    join(spec, "kernel.json"),
    JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
  );
  await Deno.writeTextFile(
    join(root, "executed.ipynb"),
    serializeNotebook(notebook(true)),
  );
  await Deno.writeTextFile(
    join(root, "trivial.ipynb"),
    serializeNotebook(notebook(false)),
  );
  const jupyterPath = [join(root, "jupyter"), env.JUPYTER_PATH].join(":");
  return (name: string, options: readonly string[]) =>
    must(python, ["-m", "nbconvert", "--to", "html", ...options, name], {
      cwd: root,
      env: { ...env, JUPYTER_PATH: jupyterPath },
    });
}

async function ours(
  root: string,
  name: string,
  options: readonly string[],
): Promise<void> {
  await must(Deno.execPath(), ["run", "-A", MAIN, "export", name, ...options], {
    cwd: root,
  });
}

async function must(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Record<string, string> },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    ...options,
    args: [...args],
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.timeout(120_000),
  }).output();
  if (success) return;
  throw new Error(
    `Cannot compare: ${command} ${args.join(" ")} failed: ${
      new TextDecoder().decode(stderr).slice(-500)
    }`,
  );
}

/** Ten cells with text before each, as they are or with their outputs. */
function notebook(isExecuted: boolean): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: {
        name: "deno",
        display_name: "Deno",
        language: "typescript",
      },
      language_info: { name: "typescript", file_extension: ".ts" },
    },
    cells: Array.from({ length: 10 }, (_, n) => n).flatMap((n) => [
      {
        cell_type: "markdown" as const,
        id: `m${n}`,
        metadata: {},
        source:
          `## Part ${n}\n\nSome *words*, a formula $x_${n}^2$ and a list:\n\n- one\n- two`,
      },
      {
        cell_type: "code" as const,
        id: `c${n}`,
        metadata: {},
        source: `console.log("result", ${n});`,
        execution_count: isExecuted ? n + 1 : null,
        outputs: isExecuted
          ? [{
            output_type: "stream" as const,
            name: "stdout" as const,
            text: `result ${n}\n`,
          }]
          : [],
      },
    ]),
  };
}

const MAIN = fromFileUrl(import.meta.resolve("../main.ts"));
