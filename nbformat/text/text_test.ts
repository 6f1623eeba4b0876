import assert from "node:assert/strict";
import { parseNotebook } from "../parse.ts";
import { TEXT_FORMATS, type TextFormatName } from "./formats.ts";
import type { TextCell } from "./notebook.ts";
import {
  detectFormat,
  readTextNotebook,
  toTextNotebook,
  writeTextNotebook,
} from "./text.ts";

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
  format: TextFormatName,
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

Deno.test("writeTextNotebook() tells what MyST can not hold", () => {
  const check = (cell: Partial<TextCell>, rule: RegExp, instead?: string) => {
    const found = losses([{ source: "a" }, cell, { source: "b" }], "myst");
    assert.deepEqual(
      found.map(({ cell, instead }) => [cell, instead]),
      [[2, instead]],
      JSON.stringify([cell, found]),
    );
    assert.match(found[0]!.rule, rule);
  };
  const text = { type: "markdown" } as const;
  check({ ...text, source: "" }, /is empty, and would be gone/, "percent");
  check(
    { ...text, source: "one\n\n+++\n\ntwo" },
    /end before its line 2/,
    "percent",
  );
  check({ ...text, source: "one\n" }, /end before its line 2/, "percent");
  check({ ...text, source: "+++ {" }, /could not be read again/, "percent");
  check(
    { ...text, source: "```{code-cell}\nx\n```" },
    /read as a code cell/,
    "percent",
  );
  check({ source: "\n\nx" }, /line 2 would be read as "x"/, "percent");
  // Options are told from code that looks like them.
  for (const metadata of [{}, { tags: ["x"] }, { a: { b: 1 } }]) {
    assert.deepEqual(losses([{ source: ":a: b\ncode", metadata }], "myst"), []);
    assert.deepEqual(losses([{ source: "---\na", metadata }], "myst"), []);
  }
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

Deno.test("readTextNotebook() reads MyST as authors write it", () => {
  const { cells, metadata } = readTextNotebook(
    "---\ntitle: A\ndate: 2020-01-02\n---\n\n# A\n\n- ```{code-cell}\n  no\n  ```\n\n" +
      '+++ {"tags": ["t"]}\n\ntext\n\n' +
      "```{code-cell} typescript\n:tags: [a, b]\n:figure.width: 1.50\n\nlet a;\n```\n" +
      "~~~{raw-cell}\n---\nformat: text/latex\n---\nx\n~~~\n",
    "myst",
  );
  assert.deepEqual(
    cells.map(({ cell_type, source, metadata }) => [
      cell_type,
      source,
      metadata,
    ]),
    [
      ["markdown", "# A\n\n- ```{code-cell}\n  no\n  ```", {}],
      ["markdown", "text", { tags: ["t"] }],
      ["code", "let a;", { tags: ["a", "b"], "figure.width": 1.5 }],
      ["raw", "x", { format: "text/latex" }],
    ],
  );
  assert.equal(metadata.date, "2020-01-02");
});

Deno.test("readTextNotebook() says what of a MyST notebook can not be read", () => {
  const check = (text: string, message: RegExp) =>
    assert.throws(() => readTextNotebook(text, "myst"), (error) => {
      assert(error instanceof SyntaxError);
      assert.match(error.message, message);
      return true;
    });
  check("---\na: [\n---\n", /its header is no YAML/);
  check("---\n- a\n---\n", /its header has no names with values/);
  check("a\n\n+++ {\n", /metadata behind "\+\+\+" in line 3 are no JSON/);
  check("+++ [1]\n", /metadata behind "\+\+\+" in line 1 are no object/);
  check(
    "\n```{code-cell}\n:a: [\n```\n",
    /options of the cell in line 2 is no YAML/,
  );
});

Deno.test("detectFormat() tells MyST from Markdown", () => {
  const check = (path: string, text: string, format: string | undefined) =>
    assert.equal(detectFormat(path, text), format, text);
  check("a.md", "# A\n\n```{code-cell}\n1\n```\n", "myst");
  check("a.md", "\ufeff```{raw-cell}\n1\n```\n", "myst");
  check("a.md", fixture("front.myst.txt"), "myst");
  check("a.md", fixture("front.markdown.txt"), "markdown");
  check("a.md", "````\n```{code-cell}\n````\n", "markdown");
  check("a.md", "Write `{code-cell}`.\n", "markdown");
  check("a.md", "---\na: [\n---\nformat_name: myst\n", "markdown");
  check("a.ts", "// ```{code-cell}\n", "percent");
  check("a.ipynb", "{}", undefined);
});

Deno.test("readTextNotebook() says where a header is no YAML", () => {
  assert.throws(
    () => readTextNotebook("---\njupyter:\n  a: [\n---\n\ntext\n", "markdown"),
    /its header is no YAML/,
  );
});
