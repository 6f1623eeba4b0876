import assert from "node:assert/strict";
import {
  type Cell,
  type CodeCell,
  type Metadata,
  parseNotebook,
} from "../nbformat/mod.ts";
import type { ExportOptions } from "./format.ts";
import { IPYNB } from "./ipynb.ts";

Deno.test("IPYNB writes the same bytes when it exports what it wrote", async () => {
  const cells = [
    code("//| echo: false\n1", {}),
    code("2", { tags: ["hide-cell", "remove-stderr"] }),
    code("3", { tags: ["hide-output"], collapsed: true }),
    code("4", { tags: ["remove-cell"] }),
  ];
  const once = await exported(cells);
  assert.equal(await exported(parseNotebook(once).cells), once);
});

Deno.test("IPYNB hides what is hidden, and drops outputs that are removed", async () => {
  const check = async (
    metadata: Metadata,
    [jupyter, outputs]: readonly [unknown, number],
  ) => {
    const { cells } = parseNotebook(await exported([code("1", metadata)]));
    assert.deepEqual(cells[0]!.metadata.jupyter, jupyter);
    assert.equal((cells[0] as CodeCell).outputs.length, outputs);
  };
  const both = { outputs_hidden: true, source_hidden: true };
  await check({}, [undefined, 2]);
  await check({ tags: ["hide-input"] }, [{ source_hidden: true }, 2]);
  await check({ tags: ["remove-input"] }, [{ source_hidden: true }, 2]);
  await check({ tags: ["hide-output"] }, [{ outputs_hidden: true }, 2]);
  await check({ tags: ["hide-cell"] }, [both, 2]);
  await check({ tags: ["remove-output"] }, [undefined, 0]);
  await check({ tags: ["remove-stderr"] }, [undefined, 1]);
  await check({ tags: ["remove-cell"] }, [{ source_hidden: true }, 0]);
});

Deno.test("IPYNB keeps removed code that others need, and nothing else of it", async () => {
  const tags = ["remove-cell"];
  const cells: Cell[] = [
    code("1", { tags }),
    code("2", { tags: [...tags, "skip-execution"] }),
    { cell_type: "markdown", id: "m", metadata: { tags }, source: "x" },
  ];
  const notebook = parseNotebook(await exported(cells));
  assert.deepEqual(notebook.cells.map(({ source }) => source), ["1"]);
});

Deno.test("IPYNB strips outputs, counts and times", async () => {
  const cells = [code("1", { execution: { a: 1 }, other: 2 })];
  const [cell] = parseNotebook(await exported(cells, { noOutput: true })).cells;
  assert.deepEqual(cell, {
    ...cells[0],
    metadata: { other: 2 },
    execution_count: null,
    outputs: [],
  });
});

Deno.test("IPYNB keeps a later minor version and fields that it does not know", async () => {
  const document = { metadata: {}, cells: [], nbformat_minor: 7, extra: 1 };
  const { content } = await IPYNB.render(document, {});
  const { nbformat_minor, extra } = JSON.parse([...content].join(""));
  assert.deepEqual([nbformat_minor, extra], [7, 1]);
});

async function exported(
  cells: readonly Cell[],
  options: ExportOptions = {},
): Promise<string> {
  const { content } = await IPYNB.render({ metadata: {}, cells }, options);
  return [...content].join("");
}

function code(source: string, metadata: Metadata): Cell {
  return {
    cell_type: "code",
    id: `c${source.length}${source.at(-1)}`,
    metadata,
    source,
    execution_count: 1,
    outputs: [
      { output_type: "stream", name: "stdout", text: "a" },
      { output_type: "stream", name: "stderr", text: "b" },
    ],
  };
}
