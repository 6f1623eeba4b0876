import assert from "node:assert/strict";
import type { Notebook } from "../../nbformat/mod.ts";
import { mergeSaved } from "./merge_saved.ts";

/** A notebook in a line: `a:text b:two|lines=output`. */
function make(line: string): Notebook {
  const cells = line.split(" ").filter(Boolean).map((word) => {
    const [id = "", rest = ""] = word.split(":");
    const [source = "", text] = rest.split("=");
    return {
      cell_type: "code" as const,
      id,
      metadata: {},
      source: source.replaceAll("|", "\n"),
      outputs: text === undefined
        ? []
        : [{ output_type: "stream" as const, name: "stdout" as const, text }],
      execution_count: text === undefined ? null : 1,
    };
  });
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

function write({ cells }: Notebook): string {
  return cells.map((cell) => {
    const [output] = cell.cell_type === "code" ? cell.outputs : [];
    const text = output?.output_type === "stream" ? `=${output.text}` : "";
    return `${cell.id}:${cell.source.replaceAll("\n", "|")}${text}`;
  }).join(" ");
}

Deno.test("mergeSaved() keeps what both did; where they clash, the client's text and the other's in the bin", () => {
  const check = (
    [base, ours, theirs]: readonly [string, string, string],
    expected: string,
    { replaced = "", ran = "" } = {},
  ) => {
    const merged = mergeSaved({
      base: make(base),
      ours: make(ours),
      theirs: make(theirs),
      ranByClient: (id) => ran.includes(id),
    });
    assert.equal(write(merged.notebook), expected);
    const cells = merged.replaced.map(({ id, source }) => `${id}:${source}`);
    assert.equal(cells.join(" "), replaced);
  };
  // Nobody else was there.
  check(["a:1", "a:1", "a:2"], "a:2");
  check(["a:1 b:1", "a:1 b:1", "b:1"], "b:1");
  // Our page has edited, added, removed, moved meanwhile.
  check(["a:1 b:1", "a:1 b:2", "a:2 b:1"], "a:2 b:2");
  check(["a:1", "a:1 n:1", "a:2"], "a:2 n:1");
  check(["a:1 b:1", "a:1", "a:2 b:1"], "a:2");
  check(["a:1 b:1", "b:1 a:1", "a:2 b:1"], "b:1 a:2");
  check(["a:x|y|z", "a:X|y|z", "a:x|y|Z"], "a:X|y|Z");
  // Both have edited the same line, or one has removed what the other edited.
  check(["a:1 b:1", "a:2 b:1", "a:3 b:1"], "a:3 b:1", { replaced: "a:2" });
  check(["a:1 b:1", "a:2 b:1", "b:1"], "a:2 b:1");
  check(["a:1 b:1", "b:1", "a:2 b:1"], "a:2 b:1");
  // Outputs: who ran the cell last knows best.
  check(["a:1", "a:1=page", "a:1"], "a:1=page");
  check(["a:1=old", "a:1=page", "a:1=old"], "a:1=page");
  check(["a:1", "a:1", "a:1=client"], "a:1=client");
  check(["a:1=old", "a:1=old", "a:1"], "a:1");
  check(["a:1", "a:1=run", "a:1=run"], "a:1=run", { ran: "a" });
  // The client has cleared what it ran.
  check(["a:1", "a:1=run", "a:1"], "a:1", { ran: "a" });
  check(["a:1", "a:1=run", "a:2"], "a:2=run");
});

Deno.test("mergeSaved() lets outputs that are the same be the same objects", () => {
  const ours = make("a:1=x");
  const { notebook } = mergeSaved({
    base: make("a:1"),
    ours,
    theirs: make("a:1=x"),
    ranByClient: () => true,
  });
  const [cell] = notebook.cells;
  const [known] = ours.cells;
  assert.ok(cell?.cell_type === "code" && known?.cell_type === "code");
  assert.equal(cell.outputs, known.outputs);
});
