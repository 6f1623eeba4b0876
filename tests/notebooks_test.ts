/**
 * Every teaching notebook is clean. `deno task course` runs them.
 * @module
 */
import assert from "node:assert/strict";
import { readNotebook } from "../cli/files.ts";
import type { CodeCell, Notebook } from "../nbformat/mod.ts";
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

  Deno.test(`${name} imports skein, assertions and nothing else`, async () => {
    const specifiers = codeCells(await read(name))
      .flatMap(({ source }) => importsOf(source));
    const own = new Set(specifiers);
    own.delete("node:assert/strict");
    assert.deepEqual([...own].filter((one) => one !== "skein"), []);
  });
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
