/**
 * Times whole processes, as a user waits for them.
 * @module
 */
import { fromFileUrl } from "../session/mod.ts";

/** Runs an empty script with `deno run`: the floor for all that Deno does. */
export async function measureScript(): Promise<number> {
  return await timeDeno(["run", "--no-config", "--no-lock", EMPTY]);
}

/** Runs a notebook of ten trivial cells with `skein run`. */
export async function measureNotebookRun(): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/ten.ipynb`;
    await Deno.writeTextFile(path, JSON.stringify(TEN_CELLS));
    const main = fromFileUrl(import.meta.resolve("../main.ts"));
    return await timeDeno(["run", "-A", main, "run", path, "-o", path]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timeDeno(args: string[]): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), { args });
  const startMs = performance.now();
  const { success, stderr } = await command.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return performance.now() - startMs;
}

const EMPTY = "data:text/javascript,";
const TEN_CELLS = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: Array.from({ length: 10 }, (_, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    source: `${i} + 1`,
    execution_count: null,
    outputs: [],
  })),
};
