import assert from "node:assert/strict";
import { outlineCell } from "../outline.ts";
import { CellDocuments } from "./cell_documents.ts";
import { toCellPosition, toPosition } from "./document.ts";

const FOLDER = "file:///notes/";

Deno.test("CellDocuments imports what a cell uses of earlier ones", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add(outlineCell("const a = 1; let n = 2; interface P { x: number }"));
  const { document } = cells.add(outlineCell("n = a; const p: P = { x: n }"));
  assert.equal(
    document.text.split("\n")[0],
    'declare let n: typeof import("./$skein_1.ts").n; ' +
      'import { a } from "./$skein_1.ts"; import { P } from "./$skein_1.ts";',
  );
  assert.match(document.text, /\nexport \{ p \};\n$/);
});

Deno.test("CellDocuments lets the latest declaration of a name win", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add(outlineCell("const a = 1, b = 1"));
  const latest = cells.add(outlineCell("function a() {}")).document;
  const { document } = cells.add(outlineCell("a()"));
  assert.deepEqual(document.uses, [latest.uri]);
  const again = cells.add(outlineCell("class a {}")).document;
  assert.deepEqual(again.uses, []);
});

Deno.test("CellDocuments drops what nobody can see any more", () => {
  const cells = new CellDocuments(FOLDER);
  for (let i = 0; i < 20; i++) cells.add(outlineCell("const a = 1"));
  assert.equal([...cells.all].length, 1);
  cells.add(outlineCell("const b = a"));
  cells.add(outlineCell("const a = 2"));
  // The first is still what `b` has its type from.
  assert.equal([...cells.all].length, 3);
  assert.equal(cells.clear().length, 3);
});

Deno.test("CellDocuments lets a cell take the place of the one that it supersedes", () => {
  const cells = new CellDocuments(FOLDER);
  const first = cells.add(outlineCell("const a = 1")).document;
  cells.add(outlineCell("const b = 1"));
  const { document, dropped } = cells.add(outlineCell("const a = b"));
  assert.equal(document.uri, first.uri);
  assert.deepEqual(dropped, [first.uri]);
  assert.equal(cells.at(first.uri), document);
  assert.equal(cells.visible.get("a")!.uri, document.uri);
  // Another ending is another place.
  const jsx = cells.add(outlineCell("const a = <p/>"));
  assert.match(jsx.document.uri, /_4\.tsx$/);
  assert.deepEqual(jsx.dropped, [first.uri]);
  assert.equal([...cells.all].length, 2);
});

Deno.test("CellDocuments keeps no cell that declares nothing, but globals", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add(outlineCell("const a = 1"));
  cells.add(outlineCell("a + 1"));
  cells.add(outlineCell("console.log(a)"));
  assert.equal([...cells.all].length, 1);
  for (let i = 0; i < 3; i++) {
    cells.add(outlineCell("declare global { var g: number }"));
  }
  cells.add(outlineCell("const b = 1"));
  assert.equal([...cells.all].length, 3);
});

Deno.test("CellDocuments imports from where a name was declared last, and relays only what is assigned", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add(outlineCell("let n = 1; let m = 2"));
  const first = (source: string) =>
    cells.draft(outlineCell(source)).text.split("\n")[0];
  assert.equal(first("n + m"), 'import { n, m } from "./$skein_names.ts";');
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
      'declare let n: typeof import("./$skein_names.ts").n; ' +
        'import {  } from "./$skein_names.ts";',
      source,
    );
  }
});

Deno.test("CellDocuments has one module with all names, each from where it was declared last", () => {
  const cells = new CellDocuments(FOLDER);
  assert.equal(cells.names().text, "export {};\n");
  cells.add(outlineCell("const a = 1; const b = 2"));
  cells.add(outlineCell("enum a {}"));
  assert.equal(
    cells.names().text,
    'export { a } from "./$skein_2.ts";\n' +
      'export { b } from "./$skein_1.ts";\nexport {};\n',
  );
  // Whatever is typed, a draft imports from the same place.
  const from = (source: string) =>
    cells.draft(outlineCell(source)).text.match(/from "[^"]+"/g);
  assert.deepEqual(from("a"), from("1 + b"));
});

Deno.test("CellDocuments keeps a value and a type of one name apart", () => {
  const cells = new CellDocuments(FOLDER);
  const first = (source: string) =>
    cells.add(outlineCell(source)).document.text.split("\n")[0];
  cells.add(outlineCell("import { cpus } from 'node:os'; interface P {}"));
  assert.equal(
    first("type cpus = ReturnType<typeof cpus>; const P: P = {};"),
    'import { cpus } from "./$skein_1.ts"; import { P } from "./$skein_1.ts";',
  );
  assert.equal(
    first("const c: cpus = cpus(); const p: P = P;"),
    'declare const cpus: typeof import("./$skein_1.ts").cpus; ' +
      'import type { cpus } from "./$skein_2.ts"; ' +
      'declare const P: typeof import("./$skein_2.ts").P; ' +
      'import type { P } from "./$skein_1.ts";',
  );
  assert.equal(
    cells.draft(outlineCell("cpus")).text.split("\n")[0],
    'declare const cpus: typeof import("./$skein_names.ts").$skein_other_cpus; ' +
      'import type { cpus } from "./$skein_names.ts"; ' +
      'import {  } from "./$skein_names.ts";',
  );
  cells.add(outlineCell("class cpus {}"));
  assert.equal(
    cells.draft(outlineCell("cpus")).text.split("\n")[0],
    'import { cpus } from "./$skein_names.ts";',
  );
});

Deno.test("CellDocuments keeps what a cell saw until its types were checked", () => {
  const cells = new CellDocuments(FOLDER);
  cells.add(outlineCell("const a = 1"), true);
  const used = cells.add(outlineCell("a + 1"), true).document;
  const first = [...cells.all][0]!;
  cells.add(outlineCell("const a = 'x'"), true);
  assert.equal([...cells.all].length, 2);
  assert.equal(cells.toCheck(first), first);
  assert.match(
    cells.toCheck(used).text,
    /^import { a } from ".\/\$skein_1.ts"/,
  );
  assert.deepEqual(cells.checked(first), []);
  assert.deepEqual(cells.checked(used), [first.uri]);
  assert.equal([...cells.all].length, 1);
});

Deno.test("positions of a cell and of its document are each other's inverse", () => {
  const cells = new CellDocuments(FOLDER);
  for (const source of ["a\n  b\r\nc", "{ a: 1, b: 2 }", ""]) {
    const document = cells.draft(outlineCell(source));
    for (let offset = 0; offset <= source.length; offset++) {
      const before = source.slice(0, offset).split("\n");
      assert.deepEqual(
        toCellPosition(document, toPosition(document, offset)),
        { line: before.length - 1, character: before.at(-1)!.length },
      );
    }
  }
});
