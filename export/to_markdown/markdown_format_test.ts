import assert from "node:assert/strict";
import type { Cell, CellOutput } from "../../nbformat/mod.ts";
import type { ExportOptions } from "../format.ts";
import { MARKDOWN } from "./markdown_format.ts";

Deno.test("MARKDOWN puts figures and attachments beside the text, or into it", async () => {
  const cells: Cell[] = [
    {
      cell_type: "markdown",
      id: "m",
      metadata: {},
      source:
        "![a](attachment:a%20b.png) ![l](<p q.png>) <img src='attachment:a%20b.png'> ![no](attachment:none.png)",
      attachments: { "a b.png": { "image/png": PNG } },
    },
    code([display({ "image/png": PNG, "text/plain": "A *plot*" })]),
    code([display({ "image/svg+xml": SVG })]),
  ];
  const problems: string[] = [];
  const { text, files } = await write(cells, {
    filesFolder: "n_files",
    base: "../nb/",
    embedImage: (source) =>
      source === "p q.png" ? `data:image/png;base64,${PNG}` : undefined,
    report: (problem) => problems.push(problem),
  });
  assert.equal(
    text,
    "![a](n_files/a-b.png) ![l](n_files/p-q.png) <img src='n_files/a-b.png'> ![no](attachment:none.png)\n\n" +
      "![A \\*plot\\*](n_files/cell-2-1.png)\n\n" +
      "![Image without a description](n_files/cell-3-1.svg)\n",
  );
  assert.deepEqual([...files.keys()], [
    "n_files/p-q.png",
    "n_files/a-b.png",
    "n_files/cell-2-1.png",
    "n_files/cell-3-1.svg",
  ]);
  assert.deepEqual([...files.get("n_files/cell-2-1.png")!.subarray(0, 4)], [
    ...[0x89, 0x50, 0x4e, 0x47],
  ]);
  const svg = new TextDecoder().decode(files.get("n_files/cell-3-1.svg"));
  assert.match(svg, /^<svg/);
  assert.doesNotMatch(svg, /script/);
  assert.deepEqual(problems, ['Cell 1: the attachment "none.png" is missing']);
  const inline = await write(cells, { inline: true });
  assert.equal(inline.files.size, 0);
  assert.match(inline.text, /!\[a\]\(data:image\/png;base64,iVBOR/);
});

Deno.test("MARKDOWN names no file outside of its folder", async () => {
  const name = "../../.ssh/x.png";
  const { text, files } = await write([{
    cell_type: "markdown",
    id: "m",
    metadata: {},
    source: `![a](attachment:${name})`,
    attachments: { [name]: { "image/png": PNG } },
  }]);
  assert.deepEqual([...files.keys()], ["files/-ssh-x.png"]);
  assert.equal(text, "![a](files/-ssh-x.png)\n");
});

Deno.test("MARKDOWN writes each kind of output as a block that ends where it should", async () => {
  const check = async (output: CellOutput, expected: string) => {
    const { text } = await write([code([output])]);
    assert.equal(text, `${expected}\n`);
  };
  const stream = (name: string, text: string): CellOutput => ({
    output_type: "stream",
    name: name as "stdout",
    text,
  });
  await check(
    stream("stdout", "10%\r\x1b[1m20%\x1b[0m\n"),
    "```text\n20%\n```",
  );
  await check(stream("stdout", "```\nx"), "````text\n```\nx\n````");
  await check(stream("stderr", "no"), "*stderr*\n\n```text\nno\n```");
  await check(
    { output_type: "error", ename: "E", evalue: "v", traceback: [] },
    "```text\nE: v\n```",
  );
  await check(
    display({ "text/html": "<p>a</p>\n\n<script>1</script><pre>b\n\nc</pre>" }),
    "<div>\n<p>a</p>&#10;\n<pre>b&#10;\nc</pre>\n</div>",
  );
  await check(display({ "text/markdown": "# A\n" }), "# A");
  await check(
    display({ "text/latex": "\\begin{align}x\\end{align}" }),
    "$$\n\\begin{align}x\\end{align}\n$$",
  );
  await check(display({ "text/latex": "$x$" }), "$x$");
  await check(
    display({ "application/json": { a: 1 }, "text/plain": "x" }),
    '```json\n{\n  "a": 1\n}\n```',
  );
  await check(
    display({ "application/vnd.x": "1" }),
    "*Output that Markdown cannot show: application/vnd.x*",
  );
});

async function write(cells: readonly Cell[], options: ExportOptions = {}) {
  const { content, files } = await MARKDOWN.render(
    { metadata: {}, cells },
    options,
  );
  return { text: [...content as Iterable<string>].join(""), files: files! };
}

function code(outputs: readonly CellOutput[]): Cell {
  return {
    cell_type: "code",
    id: "c",
    metadata: {},
    source: "",
    execution_count: null,
    outputs,
  };
}

function display(data: Record<string, unknown>): CellOutput {
  return { output_type: "display_data", data, metadata: {} };
}

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>1</script><rect width="1" height="1"/></svg>';
