/**
 * Scripts of notebooks, run by `deno run` itself.
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Cell, parseNotebook } from "../../nbformat/mod.ts";
import { FORMATS } from "../../export/mod.ts";
import { SCRIPT_CASES, type ScriptCase } from "./script_cases.ts";

for (const one of SCRIPT_CASES) {
  Deno.test(`a script runs: ${one.name}`, async () => {
    const { text, problems } = await writeScript(listCells(one));
    const ran = await run(text);
    assert.equal(ran.stdout, one.prints, `${ran.stderr}\n${text}`);
    assert.equal(ran.code, 0, `${ran.stderr}\n${text}`);
    assert.match(text, one.text ?? /./);
    const expected = one.problems ?? [];
    assert.equal(problems.length, expected.length, problems.join("\n"));
    expected.forEach((part, at) => assert.ok(problems[at]!.includes(part)));
  });
}

Deno.test("the script of a notebook with JSX ends in .tsx", async () => {
  const { extension } = await writeScript([
    code("/** @jsxImportSource npm:preact */\nconst a = <b>1</b>;"),
  ]);
  assert.equal(extension, ".tsx");
});

Deno.test("a script finds what the notebook imports, wherever it is", async () => {
  const { text } = await writeScript([
    code('import { a } from "./a.ts";\nconst b = await import("../b.ts");'),
  ], "../lessons/");
  assert.match(text, /import \{ a \} from "\.\.\/lessons\/a\.ts";/);
  assert.match(text, /import\("\.\.\/lessons\/\.\.\/b\.ts"\)/);
});

Deno.test("a script finds the library that cells know by name", async () => {
  const { text } = await writeScript(
    [code('import { md } from "skein";\nawait import("skein");')],
    "",
    { skein: "../mod.ts" },
  );
  assert.match(text, /import \{ md \} from "\.\.\/mod\.ts";/);
  assert.match(text, /import\("\.\.\/mod\.ts"\)/);
});

Deno.test("a notebook in Python has no script, and says so", async () => {
  const { render } = await FORMATS.script!();
  await assert.rejects(
    async () =>
      await render({
        metadata: { language_info: { name: "python" } },
        cells: [],
      }, {}),
    /the notebook is in Python, expected TypeScript or JavaScript/,
  );
});

const LESSONS = new URL("../../notebooks/", import.meta.url);

for (const { name } of Deno.readDirSync(LESSONS)) {
  // All others are run by `deno task course`: they measure, which takes long.
  if (!/^0[069].*\.ipynb$/.test(name)) continue;
  Deno.test(`the script of lesson ${name} runs to its end`, async () => {
    const notebook = parseNotebook(
      await Deno.readTextFile(new URL(name, LESSONS)),
    );
    const { text, problems } = await writeScript(notebook.cells, "", {
      skein: "../mod.ts",
    });
    assert.deepEqual(problems, []);
    const { code, stderr } = await run(`${text}\nDeno.exit(0);`, LESSONS);
    assert.equal(code, 0, stderr);
  });
}

/** Runs a script that is written into a folder. */
async function run(text: string, folder?: URL) {
  const made = folder === undefined
    ? await Deno.makeTempDir({ prefix: "skein script " })
    : fileURLToPath(folder);
  const path = `${made}/.script-${crypto.randomUUID().slice(0, 8)}.ts`;
  try {
    await Deno.writeTextFile(path, text);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", path],
      env: { NO_COLOR: "1" },
      stdin: "null",
      signal: AbortSignal.timeout(MAX_RUN_MS),
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: decode(stdout), stderr: decode(stderr) };
  } finally {
    await Deno.remove(folder === undefined ? made : path, { recursive: true });
  }
}

async function writeScript(
  cells: readonly Cell[],
  base = "",
  modules: Readonly<Record<string, string>> = {},
) {
  const problems: string[] = [];
  const { render } = await FORMATS.script!();
  const { content, extension } = await render({ metadata: {}, cells }, {
    base,
    modules,
    report: (problem) => problems.push(problem),
  });
  const text = [...content as Iterable<string>].join("");
  return { text, problems, extension };
}

function listCells({ cells }: ScriptCase): readonly Cell[] {
  return cells.map((cell) =>
    typeof cell === "string" ? code(cell) : code(cell[0], cell.slice(1))
  );
}

function code(source: string, tags: readonly string[] = []): Cell {
  return {
    cell_type: "code",
    id: "a",
    metadata: { tags },
    source,
    execution_count: null,
    outputs: [],
  };
}

/** A lesson measures for a while, on a machine that may be busy. */
const MAX_RUN_MS = 240_000;
