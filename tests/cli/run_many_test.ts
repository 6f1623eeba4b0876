/**
 * `skein run` of several notebooks, and again and again.
 * @module
 */
import assert from "node:assert/strict";
import { within } from "../session/within.ts";
import { DEADLINE_MS, notebook, openFolder } from "./folder.ts";

Deno.test("skein run of several notebooks runs all, whatever becomes of one", async () => {
  await using folder = await openFolder({
    "a.ipynb": notebook(["1 + 1", "console.log('a')"]),
    "b.ipynb": notebook(["throw new RangeError('no')", "2"]),
    "c.ipynb": "{",
    "sub/d.ipynb": notebook(["4"]),
  });
  const { code, stdout, stderr } = await folder.skein(
    "run",
    ...["a.ipynb", "b.ipynb", "c.ipynb", "sub/d.ipynb"],
    ...["--jobs", "2", "-o", "out", "--html", "pages"],
  );
  assert.deepEqual([code, stderr], [1, ""]);
  const lines = stdout.replace(/\d+\.\d s/g, "… s").split("\n");
  for (
    const line of [
      "✓ a.ipynb  2 cells, … s",
      "✗ b.ipynb  1 cells, … s",
      "RangeError: no",
      "✓ sub/d.ipynb  1 cells, … s",
      "4 notebooks: 2 ran to their end, 2 did not",
    ]
  ) assert.ok(lines.includes(line), stdout);
  assert.match(stdout, /✗ c\.ipynb {2}Cannot read/);
  // No terminal, no live lines.
  assert.ok(!stdout.includes("\x1b["));
  assert.deepEqual(
    folder.files().filter((path) => /^(out|pages)\//.test(path)),
    [
      "out/a.ipynb",
      "out/b.ipynb",
      "out/d.ipynb",
      "pages/a.html",
      "pages/b.html",
      "pages/d.html",
    ],
  );
  assert.deepEqual(await folder.outputs("out/a.ipynb"), [["2"], ["a\n"]]);
});

Deno.test("skein run of several notebooks refuses to write two into one", async () => {
  await using folder = await openFolder({
    "a.ipynb": notebook(["1"]),
    "sub/a.ipynb": notebook(["1"]),
  });
  const result = await folder.skein(
    "run",
    "a.ipynb",
    "sub/a.ipynb",
    "-o",
    "out",
  );
  assert.deepEqual([result.code, result.stderr], [
    2,
    'Cannot run: two notebooks would be written to "out/a.ipynb", expected names that differ\n',
  ]);
});

Deno.test("skein run of several notebooks shows live lines on a terminal", async () => {
  await using folder = await openFolder({
    "a.ipynb": notebook(["await new Promise((done) => setTimeout(done, 500))"]),
    "b.ipynb": notebook(["2"]),
  });
  const shown = await folder.onTerminal(["run", "a.ipynb", "b.ipynb"], "");
  assert.match(shown, /a\.ipynb +\d\.\ds ░+ 0\/1 {2}await new Promise/);
  assert.ok(shown.includes("\x1b[2A\x1b[J") || shown.includes("\x1b[3A\x1b[J"));
  assert.match(shown, /2 notebooks: 2 ran to their end/);
});

Deno.test("skein run --watch runs again when something changes, until it is stopped", async () => {
  const source = (n: number) =>
    notebook([
      `import { two } from "./two.ts";\nconsole.log("sum", ${n} + two);`,
    ]);
  await using folder = await openFolder({
    "a.ipynb": source(1),
    "two.ts": "export const two = 2;",
  });
  await using run = folder.start("run", "a.ipynb", "--watch");
  const says = listen(run.process.stdout);
  await says("sum 3");
  await says("Waiting for a change");
  await Deno.writeTextFile(`${folder.path}/a.ipynb`, source(40));
  await says("a.ipynb has changed.");
  await says("sum 42");
  await says("Waiting for a change");
  await Deno.writeTextFile(`${folder.path}/two.ts`, "export const two = 3;");
  await says("two.ts has changed.");
  await says("sum 43");
  await says("Waiting for a change");
  // Half a file is no change, and neither is one that says the same.
  await Deno.writeTextFile(`${folder.path}/a.ipynb`, "{");
  await Deno.writeTextFile(`${folder.path}/a.ipynb`, source(40));
  await Deno.writeTextFile(`${folder.path}/other.ts`, "1");
  run.process.kill("SIGINT");
  const { code } = await within(run.status(), DEADLINE_MS, "its end");
  assert.equal(code, 130);
});

Deno.test("skein run --watch stops a run that is out of date, and writes nothing of it", async () => {
  await using folder = await openFolder({
    "a.ipynb": notebook([
      "console.log('begun')",
      "await new Promise(() => {})",
    ]),
  });
  await using run = folder.start("run", "a.ipynb", "-w", "-o", "a.ipynb");
  const says = listen(run.process.stdout);
  await says("[1/2]");
  await Deno.writeTextFile(
    `${folder.path}/a.ipynb`,
    notebook(["console.log('done')"]),
  );
  await says("a.ipynb has changed.");
  await says("Waiting for a change");
  assert.deepEqual(folder.files().filter((path) => path.endsWith(".ipynb")), [
    "a.ipynb",
  ]);
  assert.deepEqual(await folder.outputs("a.ipynb"), [["done\n"]]);
  run.process.kill("SIGINT");
  assert.equal((await within(run.status(), DEADLINE_MS, "its end")).code, 130);
});

/** Gives what waits until a program says something after what it said before. */
function listen(
  stream: ReadableStream<Uint8Array>,
): (text: string) => Promise<void> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let said = "";
  const wait = async (text: string) => {
    while (!said.includes(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`It ended without saying "${text}": ${said}`);
      said += decoder.decode(value, { stream: true });
    }
    said = said.slice(said.indexOf(text) + text.length);
  };
  return (text) => within(wait(text), DEADLINE_MS, `"${text}"`);
}
