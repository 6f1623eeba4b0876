import assert from "node:assert/strict";
import type { Cell, Notebook } from "../nbformat/mod.ts";
import { adoptRest, listAdoption } from "./adopt.ts";
import { applyOperation } from "./apply.ts";
import { openDocument, toNotebook } from "./document.ts";
import { mergeNotebooks } from "./merge.ts";

/** A notebook in a line: `a:text b:two|lines`. */
function make(line: string, more: Partial<Cell> = {}): Notebook {
  const cells = line.split(" ").filter(Boolean).map((word): Cell => {
    const [id, source] = word.split(":") as [string, string];
    return {
      cell_type: "code",
      id,
      metadata: {},
      source: source.replaceAll("|", "\n"),
      outputs: [],
      execution_count: null,
      ...more,
    } as Cell;
  });
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

const write = ({ cells }: Notebook) =>
  cells.map(({ id, source }) => `${id}:${source.replaceAll("\n", "|")}`).join(
    " ",
  );

Deno.test("mergeNotebooks() joins what both sides did, and tells what it can not join", () => {
  const check = (
    [base, ours, theirs]: [string, string, string],
    expected: string,
    conflicts: string[] = [],
  ) => {
    const merged = mergeNotebooks({
      base: make(base),
      ours: make(ours),
      theirs: make(theirs),
    });
    assert.equal(write(merged.notebook), expected);
    assert.deepEqual(merged.conflicts, conflicts);
  };
  check(["a:1 b:2", "a:1 b:2", "a:1 b:3"], "a:1 b:3");
  check(["a:1 b:2", "a:9 b:2", "a:1 b:3"], "a:9 b:3");
  check(["a:1", "a:1 n:x", "m:y a:1"], "m:y a:1 n:x");
  check(["a:1 b:2", "b:2", "a:1 b:2 c:3"], "b:2 c:3");
  check(["a:1 b:2 c:3", "c:3 a:1 b:2", "a:1 b:2 c:3 d:4"], "c:3 d:4 a:1 b:2");
  check(["a:1 b:2 c:3", "a:1 b:2 c:3", "c:3 b:2 a:1"], "c:3 b:2 a:1");
  // Lines of one cell, apart and together.
  check(["a:1|2|3|4", "a:0|2|3|4", "a:1|2|3|5"], "a:0|2|3|5");
  check(["a:1|2", "a:1|3", "a:1|4"], "a:1|3", ["a"]);
  check(["a:1|2", "a:1|3", "a:1|3"], "a:1|3");
  // Removed on one side, changed on the other: kept, and told.
  check(["a:1 b:2", "b:2", "a:9 b:2"], "a:9 b:2", ["a"]);
  check(["a:1 b:2", "a:9 b:2", "b:2"], "a:9 b:2", ["a"]);
  check(["", "a:1", "b:2"], "a:1 b:2");
  check(["", "a:1", "a:2"], "a:1", ["a"]);
});

Deno.test("mergeNotebooks() takes the outputs of the side that ran", () => {
  const outputs = [{
    output_type: "stream",
    name: "stdout",
    text: "1",
  }] as const;
  const ran = make("a:1", { outputs, execution_count: 1 });
  const { notebook } = mergeNotebooks({
    base: make("a:1"),
    ours: make("a:2"),
    theirs: ran,
  });
  assert.equal(write(notebook), "a:2");
  assert.deepEqual(notebook.cells[0], { ...ran.cells[0], source: "2" });
});

Deno.test("listAdoption() turns a document into a notebook, whatever that is", () => {
  const check = (from: string, to: string, most: number) => {
    let state = openDocument(make(from));
    const operations = listAdoption(state, make(to));
    assert.ok(operations.length <= most, JSON.stringify(operations));
    for (const [i, operation] of operations.entries()) {
      const sent = { client: "disk", number: i + 1, operation };
      const applied = applyOperation(state, sent);
      assert.ok(applied.type === "applied", JSON.stringify(applied));
      state = applied.state;
    }
    assert.equal(
      write(toNotebook(adoptRest(state, make(to)))),
      write(make(to)),
    );
    assert.deepEqual(listAdoption(state, make(to)), []);
  };
  check("a:1 b:2", "a:1 b:2", 0);
  check("a:1 b:2", "b:2 a:1", 1);
  check("a:1 b:2 c:3", "c:3 a:1 b:5", 2);
  check("a:1 b:2", "x:9", 3);
  check("", "x:9 y:8", 2);
  check("a:1 b:2 c:3 d:4", "d:4 n:7 b:2|more a:1", 5);
  check("a:1", "", 1);
});
