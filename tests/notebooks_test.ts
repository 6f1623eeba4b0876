/**
 * Every teaching notebook is clean, runs, and shows its figures.
 * @module
 */
import assert from "node:assert/strict";
import { decidePermissions } from "../cli/permissions.ts";
import { namedPrograms, NO_RIGHTS } from "../cli/rights.ts";
import { findConfig, readNotebook } from "../cli/files.ts";
import type { CodeCell, Notebook } from "../nbformat/mod.ts";
import { runNotebook } from "../runner/mod.ts";
import { fromFileUrl } from "../session/mod.ts";

const FOLDER = new URL("../notebooks/", import.meta.url);
const NAMES = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
  .filter((name) => name.endsWith(".ipynb")).sort();

Deno.test("there are notebooks", () => {
  assert.ok(NAMES.length > 0);
});

for (const name of NAMES) {
  Deno.test(`${name} is committed without outputs and counts`, async () => {
    for (
      const { id, outputs, execution_count } of codeCells(await read(name))
    ) {
      assert.deepEqual([id, outputs, execution_count], [id, [], null]);
    }
  });

  Deno.test(`${name} has ids of its own, no two alike`, async () => {
    // The file itself is asked: reading makes ids where there are none.
    const { cells } = JSON.parse(await Deno.readTextFile(pathOf(name)));
    const ids = cells.map(({ id }: { id: unknown }) => id);
    assert.deepEqual(ids.filter((id: unknown) => typeof id !== "string"), []);
    assert.equal(new Set(ids).size, ids.length);
  });

  Deno.test(`${name} imports the root mod.ts and nothing else`, async () => {
    const specifiers = codeCells(await read(name))
      .flatMap(({ source }) => importsOf(source));
    assert.deepEqual([...new Set(specifiers)], ["../mod.ts"]);
  });

  Deno.test(`${name} runs with the permissions it asks for`, async () => {
    const notebook = await read(name);
    const configPath = await findConfig(fromFileUrl(FOLDER.href));
    const { failures, stopped, ...result } = await runNotebook(notebook, {
      notebookUrl: new URL(name, FOLDER).href,
      permissions: decidePermissions({ flags: new Set(), lists: {} }, {
        folder: fromFileUrl(FOLDER.href).replace(/[\\/]$/, ""),
        asked: NO_RIGHTS,
        granted: { ...NO_RIGHTS, run: namedPrograms(notebook) },
        denoPath: Deno.execPath(),
      }),
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(configPath === undefined ? {} : { configPath }),
    });
    assert.equal(stopped, false, `it took longer than ${DEADLINE_MS} ms`);
    assert.deepEqual(
      failures.map(({ cell, error }) => [cell.id, ...error!.traceback]),
      [],
    );
    for (const cell of codeCells(result.notebook)) checkShown(cell);
  });
}

/** Nothing on stderr; a comparison is a figure that words stand in for. */
function checkShown({ id, source, outputs }: CodeCell): void {
  const isError = outputs.filter((output) =>
    output.output_type === "error" ||
    (output.output_type === "stream" && output.name === "stderr")
  );
  assert.deepEqual(isError, [], `cell "${id}" shows no error`);
  if (!/\bcompare\(/.test(source)) return;
  const figures = outputs.filter((output) =>
    "data" in output && "image/svg+xml" in output.data
  ).map((output) => "data" in output ? output.data : {});
  assert.doesNotMatch(JSON.stringify(outputs), /left out/, `cell "${id}"`);
  assert.equal(figures.length, 1, `cell "${id}" shows one figure`);
  const [figure] = figures;
  assert.match(
    String(figure!["image/svg+xml"]),
    /^\s*<svg[\s>][^]*<\/svg>\s*$/,
  );
  const words = String(figure!["text/plain"]);
  assert.ok(
    words.length > 40 && !words.includes("<svg"),
    `cell "${id}" says in words what its figure shows, found: ${words}`,
  );
}

Deno.test("importsOf() finds what cells import", () => {
  const check = (source: string, expected: readonly string[]) =>
    assert.deepEqual(importsOf(source), expected);
  check(`import { a,\n  type B } from "../mod.ts";\na;`, ["../mod.ts"]);
  check(`import "x"; import * as y from 'y';`, ["x", "y"]);
  check(`const z = await import("z");\nexport * from "e";`, ["z", "e"]);
  check(`console.log("nothing from here");`, []);
});

function importsOf(source: string): string[] {
  const pattern =
    /(?:^|[;\s])(?:(?:import|export)\b[\w*{}\s,$]*?\bfrom\s*|import\s*\(?\s*)(["'`])([^"'`]+)\1/g;
  return [...source.matchAll(pattern)].map(([, , specifier]) => specifier!);
}

function codeCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell) => cell.cell_type === "code");
}

function read(name: string): Promise<Notebook> {
  return readNotebook(pathOf(name));
}

function pathOf(name: string): string {
  return fromFileUrl(new URL(name, FOLDER).href);
}

/** A lesson takes some 15 s where nothing else runs. */
const DEADLINE_MS = 120_000;
