import assert from "node:assert/strict";
import { parseNotebook } from "../parse.ts";
import { TEXT_FORMATS } from "./formats.ts";
import type { TextCell } from "./notebook.ts";
import { readTextNotebook, toTextNotebook, writeTextNotebook } from "./text.ts";

/** Files that jupytext 1.19.6 wrote, and the notebooks that it wrote them from. */
const FIXTURES = new URL("../../tests/fixtures/jupytext/", import.meta.url);

function fixture(name: string): string {
  return Deno.readTextFileSync(new URL(name, FIXTURES));
}

for (const name of ["ascii", "front", "meta"]) {
  for (const format of TEXT_FORMATS) {
    Deno.test(`writeTextNotebook() writes ${name} as ${format} to the byte`, () => {
      const json = fixture(`${name}.ipynb`);
      const { notebook } = toTextNotebook(parseNotebook(json), json);
      const { text } = writeTextNotebook(notebook, format);
      assert.equal(text, fixture(`${name}.${format}.txt`));
    });
  }
}

function losses(
  cells: readonly Partial<TextCell>[],
  format: "percent" | "markdown",
) {
  return writeTextNotebook({
    metadata: { kernelspec: { language: "typescript", name: "deno" } },
    cells: cells.map((cell) => ({
      type: "code",
      source: "",
      metadata: {},
      ...cell,
    })),
  }, format).losses;
}

Deno.test("writeTextNotebook() tells what a format can not hold, and which can", () => {
  const [split, ...more] = losses([
    { source: "a" },
    { source: "b\n// %% not a cell\nc" },
  ], "percent");
  assert.deepEqual(more, []);
  assert.equal(split?.cell, 2);
  assert.match(
    split?.rule ?? "",
    /end before its line 2: "\/\/ %% not a cell"/,
  );
  assert.equal(split?.instead, "markdown");

  const [region] = losses([
    {
      type: "markdown",
      source: "<!-- #region -->\nhidden\n<!-- #endregion -->",
    },
  ], "markdown");
  assert.equal(region?.instead, "percent");

  const [name] = losses([{ metadata: { "two words": 1 } }], "percent");
  assert.match(name?.rule ?? "", /"two words" has a name/);
  assert.equal(name?.instead, undefined);
});

Deno.test("writeTextNotebook() loses nothing of what is usual", () => {
  for (const format of TEXT_FORMATS) {
    assert.deepEqual(
      losses([
        { type: "markdown", source: "# Title\n\n```ts\nconst a = 1;\n```" },
        { type: "markdown", source: "next" },
        { source: "const s = `\n  a\n`;\n\n\nf();" },
        { source: "%%html\n<b>x</b>" },
        {
          source: "",
          metadata: { tags: ["a"], slideshow: { slide_type: "slide" } },
        },
        { type: "raw", source: "raw", metadata: { format: "text/latex" } },
        { source: "//| echo: false\n1" },
      ], format),
      [],
      format,
    );
  }
});

Deno.test("readTextNotebook() reads scripts that nobody prepared", () => {
  const { cells, metadata } = readTextNotebook(
    "import a from 'b';\n\n// %% [markdown]\n// # Hi\n\n// %% tags=['x'] Title\n1\n",
    "percent",
  );
  assert.deepEqual(cells.map(({ cell_type, source }) => [cell_type, source]), [
    ["code", "import a from 'b';"],
    ["markdown", "# Hi"],
    ["code", "1"],
  ]);
  // It is written as it was: without a header.
  const { notebook } = toTextNotebook({
    nbformat: 4,
    nbformat_minor: 5,
    cells,
    metadata,
  });
  assert.match(writeTextNotebook(notebook, "percent").text, /^\/\/ %%\nimport/);
});

Deno.test("readTextNotebook() says where a header is no YAML", () => {
  assert.throws(
    () => readTextNotebook("---\njupyter:\n  a: [\n---\n\ntext\n", "markdown"),
    /its header is no YAML/,
  );
});
