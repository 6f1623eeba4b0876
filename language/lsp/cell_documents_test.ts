import assert from "node:assert/strict";
import { CellDocuments } from "./cell_documents.ts";
import { toCellPosition, toPosition } from "./document.ts";

const FOLDER = "file:///notes/";

Deno.test("CellDocuments imports what a cell uses of earlier ones", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add("const a = 1; let n = 2; interface P { x: number }");
  const { document } = cells.add("n = a; const p: P = { x: n }");
  assert.equal(
    document.text.split("\n")[0],
    'declare let n: typeof import("./$skein_1.ts").n; ' +
      'import { a } from "./$skein_1.ts"; import { P } from "./$skein_1.ts";',
  );
  assert.match(document.text, /\nexport \{ p \};\n$/);
});

Deno.test("CellDocuments lets the latest declaration of a name win", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add("const a = 1");
  cells.add("function a() {}");
  const { document } = cells.add("a()");
  assert.deepEqual(document.uses, [`${FOLDER}$skein_2.ts`]);
  const again = cells.add("class a {}").document;
  assert.deepEqual(again.uses, []);
});

Deno.test("CellDocuments drops what nobody can see any more", () => {
  const cells = new CellDocuments(FOLDER);
  for (let i = 0; i < 20; i++) cells.add("const a = 1");
  assert.equal([...cells.all].length, 1);
  cells.add("const b = a");
  cells.add("const a = 2");
  // The first is still what `b` has its type from.
  assert.equal([...cells.all].length, 3);
  assert.equal(cells.clear().length, 3);
});

Deno.test("CellDocuments keeps no cell that declares nothing, but globals", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add("const a = 1");
  cells.add("a + 1");
  cells.add("console.log(a)");
  assert.equal([...cells.all].length, 1);
  for (let i = 0; i < 3; i++) cells.add("declare global { var g: number }");
  cells.add("const b = 1");
  assert.equal([...cells.all].length, 3);
});

Deno.test("CellDocuments imports from where a name was declared last, and relays only what is assigned", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add("let n = 1; let m = 2");
  const first = (source: string) => cells.draft(source).text.split("\n")[0];
  assert.equal(
    first("n + m"),
    'import { n } from "./$skein_1.ts"; import { m } from "./$skein_1.ts";',
  );
  for (
    const source of [
      "n = 2",
      "n++",
      "--n",
      "[n] = [1]",
      "({ a: n } = o)",
      "for (n of a);",
      "n ??= 1",
    ]
  ) {
    assert.equal(
      first(source),
      'declare let n: typeof import("./$skein_1.ts").n;',
      source,
    );
  }
});

Deno.test("positions of a cell and of its document are each other's inverse", () => {
  const cells = new CellDocuments(FOLDER);
  for (const source of ["a\n  b\r\nc", "{ a: 1, b: 2 }", ""]) {
    const document = cells.draft(source);
    for (let offset = 0; offset <= source.length; offset++) {
      const before = source.slice(0, offset).split("\n");
      assert.deepEqual(
        toCellPosition(document, toPosition(document, offset)),
        { line: before.length - 1, character: before.at(-1)!.length },
      );
    }
  }
});
