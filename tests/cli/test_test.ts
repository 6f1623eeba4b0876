/**
 * `skein test` as it is typed.
 * @module
 */
import assert from "node:assert/strict";
import { openFolder } from "./folder.ts";

/** A notebook file as another tool writes it, with an indent of its own. */
function file(
  cells: readonly (readonly [source: string, stdout?: string])[],
  language = "typescript",
): string {
  return JSON.stringify(
    {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: language, display_name: "", language } },
      cells: cells.map(([source, stdout], at) => ({
        id: `c${at}`,
        cell_type: "code",
        source,
        metadata: {},
        execution_count: stdout === undefined ? null : 1,
        outputs: stdout === undefined
          ? []
          : [{ name: "stdout", output_type: "stream", text: [stdout] }],
      })),
    },
    null,
    2,
  );
}

Deno.test("skein test runs a folder, tells what differs, and updates that alone", async () => {
  await using folder = await openFolder({
    "all/good.ipynb": file([["const x = 1;"], ["console.log(x)", "1\n"]]),
    "all/sub/old.ipynb": file([
      ["console.log('same')", "same\n"],
      ["console.log('new')", "old\n"],
      ["console.log('never saved')"],
    ]),
    "all/other.ipynb": file([["print(1)"]], "python"),
    "all/broken.ipynb": "{",
  });
  const args = ["test", "all", "--junit", "out.xml", "-j", "2"];
  const first = await folder.skein(...args);
  assert.equal(first.code, 1, first.stderr);
  const said = first.stdout.replace(/\(\d+\.\d s\)/g, "(… s)");
  assert.ok(said.includes("✓ all/good.ipynb  3 passed (… s)\n"), said);
  assert.ok(
    said.includes(`✗ all/sub/old.ipynb  4 passed, 1 failed (… s)
  ✗ cell 2 · console.log('new') · outputs
    stdout: differs
    - old
    + new
`),
    said,
  );
  assert.match(
    said,
    /✗ all\/broken\.ipynb {2}1 error \(… s\)\n {4}Cannot read/,
  );
  assert.match(said, /3 notebooks: 7 passed, 1 failed, 1 error\n$/);
  const xml = await folder.read("out.xml");
  assert.match(
    xml,
    /<testsuites name="skein test" tests="9" failures="1" errors="1" skipped="0"/,
  );
  assert.ok(!said.includes("other.ipynb"));

  const before = await folder.read("all/sub/old.ipynb");
  const good = await folder.read("all/good.ipynb");
  await Deno.remove(`${folder.path}/all/broken.ipynb`);
  const second = await folder.skein("test", "all", "--update");
  assert.equal(second.code, 0, second.stdout);
  assert.match(second.stdout, /old\.ipynb .*, outputs updated/);
  assert.equal(
    await folder.read("all/sub/old.ipynb"),
    before.replace('"old\\n"', '"new\\n"')
      .replace(/("id": "c1"[^]*?"execution_count": )1/, "$12"),
  );
  assert.equal(await folder.read("all/good.ipynb"), good);
  assert.equal((await folder.skein("test", "all")).code, 0);
});

Deno.test("skein test says what is wrong with what was typed", async () => {
  await using folder = await openFolder({
    "py.ipynb": file([["print(1)"]], "python"),
    "empty/x": "",
  });
  const none = await folder.skein("test", "empty");
  assert.deepEqual([none.code, none.stderr], [
    2,
    'Cannot test: found no notebook for TypeScript in "empty"\n',
  ]);
  const other = await folder.skein("test", "py.ipynb");
  assert.equal(other.code, 1);
  assert.match(other.stdout, /it is a notebook for python/);
});
