import assert from "node:assert/strict";
import type { Cell, CodeCell } from "../nbformat/mod.ts";
import { redactDocument, type RedactNames } from "./redact.ts";

const NAMES: RedactNames = {
  folders: ["/srv/labs/lock course/week 1"],
  homes: ["/home/ada"],
  others: ["/var/tmp/x"],
  users: ["ada", "root"],
  hosts: ["babbage"],
};

Deno.test("redactDocument() replaces paths and names wherever text stands", () => {
  const check = (text: string, expected: string) => {
    const cell = redactCell({
      cell_type: "code",
      id: "ada",
      metadata: { note: text, deep: [{ [text]: text }] },
      source: text,
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text },
        { output_type: "error", ename: "E", evalue: text, traceback: [text] },
        {
          output_type: "display_data",
          data: { "text/html": text, "application/json": { a: [text] } },
          metadata: { alt: text },
        },
      ],
    });
    const texts = JSON.stringify(cell).split(JSON.stringify(expected)).length;
    assert.equal(texts - 1, 10, `${text} in ${JSON.stringify(cell)}`);
    assert.equal(cell.id, "ada");
  };
  check("/srv/labs/lock course/week 1/a.ts:3", "./a.ts:3");
  check("file:///srv/labs/lock%20course/week%201/a.ts", "./a.ts");
  check("file:///srv/labs/lock%20course/b.ts", "../b.ts");
  check("/srv/labs/other", "../../other");
  check("/srv/labs/lock course/week 10", "../week 10");
  check("/home/ada/.cache, /home/bob/x", "~/.cache, ~/x");
  check("C:\\Users\\Bob\\x and c:/Users/Bob", "~\\x and ~");
  check("/var/tmp/x/1 at babbage by Ada", "/folder/1 at host by user");
  check("adage, root, data", "adage, root, data");
});

Deno.test("redactDocument() leaves the bytes of pictures, and texts of SVG it does not", () => {
  const data = {
    "image/png": "babbage",
    "image/svg+xml": "<svg>babbage</svg>",
  };
  const { outputs } = redactCell({
    cell_type: "code",
    id: "a",
    metadata: {},
    source: "",
    execution_count: null,
    outputs: [{ output_type: "display_data", data, metadata: {} }],
  }) as CodeCell;
  const [output] = outputs;
  assert.ok(output !== undefined && "data" in output);
  assert.deepEqual(output.data, {
    "image/png": "babbage",
    "image/svg+xml": "<svg>host</svg>",
  });
});

function redactCell(cell: Cell): Cell {
  const [redacted] = redactDocument({ metadata: {}, cells: [cell] }, NAMES)
    .cells;
  return redacted!;
}
