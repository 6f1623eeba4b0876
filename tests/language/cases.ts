/**
 * Rows of tables about notebooks, asked of a real language server.
 *
 * One server answers all rows of a file; between rows all cells are forgotten.
 * In sources, `¦` is the cursor.
 * @module
 */
import assert from "node:assert/strict";
import type { CellProblem } from "../../language/mod.ts";
import {
  LanguageService,
  type RanCell,
  type RuntimeAnswer,
  type ServiceOptions,
} from "../../language/service.ts";

/** What every row has. */
export interface NotebookRow {
  /** What it shows. */
  readonly name: string;
  /** Cells that are run before. @default none */
  readonly cells?: readonly string[];
  /** What the running program would answer. @default it knows no name */
  readonly runtime?: RuntimeAnswer;
}

/** Options of the service that these tests ask. */
export const OPTIONS: ServiceOptions = {
  folderUrl: new URL("notes/", import.meta.url).href,
  configPath: new URL("notes/deno.json", import.meta.url).pathname,
  // These are tests of answers, not of how fast they come.
  answerMs: 30_000,
  startMs: 60_000,
  detailMs: 10_000,
  modules: { skein: new URL("../../mod.ts", import.meta.url).href },
};

/** A server knows packages that a session has loaded, and loads none itself. */
async function loadPackages(rows: readonly NotebookRow[]): Promise<void> {
  const found = JSON.stringify(rows).matchAll(/npm:[\w@./-]+/g);
  const packages = [...new Set([...found].map(([name]) => name))];
  if (packages.length === 0) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "--no-config", "--no-lock", ...packages],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

/**
 * Checks rows against a language server.
 *
 * @param rows The rows.
 * @param check Throws if what the service answers is not what the row says.
 */
export async function checkRows<Row extends NotebookRow>(
  rows: readonly Row[],
  check: (service: LanguageService, row: Row) => Promise<void>,
): Promise<void> {
  await loadPackages(rows);
  let answer: RuntimeAnswer = null;
  await using service = new LanguageService({
    ...OPTIONS,
    runtime: () => Promise.resolve(answer),
  });
  await service.diagnose("");
  assert.notEqual(service.serverPid, null);
  const failures: string[] = [];
  // What was once loaded is part of every later answer.
  const [large, small] = [true, false].map((isLarge) =>
    rows.filter((row) => LARGE.test(JSON.stringify(row)) === isLarge)
  );
  for (const row of [...small!, ...large!]) {
    answer = row.runtime ?? UNKNOWN;
    service.forget();
    for (const cell of row.cells ?? []) service.ran(cell);
    try {
      await check(service, row);
    } catch (error) {
      failures.push(`${row.name}: ${(error as Error).message}`);
    }
  }
  assert.equal(failures.length, 0, `\n${failures.join("\n\n")}`);
}

/**
 * Finds what is wrong with a cell, if somebody can tell.
 *
 * @param service Who can.
 * @param cell The cell.
 */
export async function findProblems(
  service: LanguageService,
  cell: RanCell | string,
): Promise<readonly CellProblem[] | null> {
  const found = await service.diagnose(cell);
  assert.notEqual(typeof found, "string", `found ${found}`);
  return typeof found === "string" ? null : found;
}

/**
 * Takes the cursor out of a source.
 *
 * @param marked A source with `¦` in it.
 */
export function splitAtCursor(
  marked: string,
): { readonly source: string; readonly offset: number } {
  const offset = marked.indexOf("¦");
  assert.notEqual(offset, -1, `Cannot find cursor: ${marked} has no "¦"`);
  return { source: marked.replace("¦", ""), offset };
}

/** What a running program answers that does not know a name. */
export const UNKNOWN: RuntimeAnswer = {
  type: "description",
  lookupId: 0,
  text: null,
};

/** Rows that load whole libraries. */
const LARGE = /skein|mod\.ts|npm:/;
