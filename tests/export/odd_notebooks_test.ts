/**
 * Odd notebooks in every format: each is written, and what it names is said.
 * @module
 */
import assert from "node:assert/strict";
import { readRevealFile } from "../../cli/npm_files.ts";
import { startTypesetter } from "../../cli/typst.ts";
import {
  type Document,
  type ExportOptions,
  FORMATS,
  loadSiteMaker,
} from "../../export/mod.ts";
import { parseNotebook } from "../../nbformat/mod.ts";
import { ODD_NOTEBOOKS } from "./odd_notebooks.ts";

const DOCUMENTS = Object.entries(ODD_NOTEBOOKS).map((
  [name, text],
): readonly [string, Document] => [name, parseNotebook(text, name)]);

Deno.test("there are forty odd notebooks at least", () => {
  assert.ok(DOCUMENTS.length >= 40, `${DOCUMENTS.length}`);
});

/** Notebooks with nothing to show, of which Markdown is nothing. */
const EMPTY = new Set([
  "no cells",
  "no metadata, no minor version",
  "empty cells of all kinds",
  "metadata as deep as may be",
  "tags that say opposite things",
]);

/** Formats that have to say no to some, each with what it says. */
const REFUSALS: Readonly<Record<string, RegExp>> = {
  "script another language": /the notebook is in Python/,
  "script a notebook of version 3": /the notebook is in Python/,
};

for (const format of Object.keys(FORMATS)) {
  Deno.test(`every odd notebook is written as ${format}`, async () => {
    const { render } = await FORMATS[format]!();
    await using tools = await openTools(format);
    for (const [name, document] of DOCUMENTS) {
      const refusal = REFUSALS[`${format} ${name}`];
      try {
        const { content } = await render(document, {
          ...tools.options,
          sourceName: "odd.ipynb",
        });
        const size = content instanceof Uint8Array
          ? content.length
          : [...content].join("").length;
        assert.ok(size > 0 || EMPTY.has(name), name);
        assert.equal(refusal, undefined, `${name} should be refused`);
      } catch (error) {
        const { message } = error as Error;
        assert.match(
          message,
          refusal ?? /^$/,
          `${name}: ${(error as Error).stack}`,
        );
      }
    }
  });
}

Deno.test("what is written as ipynb is read again, and written the same", async () => {
  const { render } = await FORMATS.ipynb!();
  const write = async (document: Document) => {
    const { content } = await render(document, {});
    return [...content as Iterable<string>].join("");
  };
  for (const [name, document] of DOCUMENTS) {
    const text = await write(document);
    assert.equal(await write(parseNotebook(text, name)), text, name);
  }
});

Deno.test("all odd notebooks together are a site", async () => {
  const { makeSite } = await loadSiteMaker();
  const files = makeSite(
    DOCUMENTS.map(([name, document]) => ({
      path: `${name}.ipynb`,
      document,
      embedImage: () => undefined,
    })),
    {
      title: "Odd",
      searchScript: "",
      scriptNonce: "n",
      hasFile: () => false,
    },
  );
  let count = 0;
  for (const file of files) {
    assert.ok("content" in file);
    for (const _ of file.content) count += 1;
  }
  assert.ok(count > DOCUMENTS.length * 2);
});

/** What PDF and slides need besides the notebook: the real things. */
async function openTools(format: string) {
  const folder = await Deno.makeTempDir();
  const typesetter = format === "pdf" ? startTypesetter(folder) : undefined;
  const options: ExportOptions = {
    revealFile: readRevealFile,
    ...(typesetter === undefined ? {} : { typesetter }),
  };
  return {
    options,
    async [Symbol.asyncDispose]() {
      await typesetter?.[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
