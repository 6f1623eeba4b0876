/**
 * The command as it is typed: exit codes, what it says, what it writes.
 * @module
 */
import assert from "node:assert/strict";
import { untilGone, within } from "../session/within.ts";
import { DEADLINE_MS, notebook, openFolder } from "./folder.ts";

Deno.test("skein shows its help when asked, and for each verb", async () => {
  await using folder = await openFolder({});
  const check = async (args: readonly string[], expected: RegExp) => {
    const { code, stdout, stderr } = await folder.skein(...args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.match(stdout, expected);
  };
  await check(["--help"], /run NOTEBOOK[^]*export NOTEBOOK/);
  await check(["-h"], /Usage: skein VERB/);
  await check(["run", "--help"], /Usage: skein run NOTEBOOK[^]*--allow-net/);
  await check(["export", "none.ipynb", "-h"], /Usage: skein export[^]*--trust/);
});

Deno.test("skein says in one line what is wrong with what was typed", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["1"]),
    "sub/x": "",
  });
  const check = async (args: readonly string[], expected: string) => {
    const { code, stdout, stderr } = await folder.skein(...args);
    assert.deepEqual(
      { code, stdout, stderr },
      { code: 2, stdout: "", stderr: expected + "\n" },
    );
  };
  await check(
    ["run"],
    "Cannot run: found nothing, expected at least one NOTEBOOK (see skein run --help)",
  );
  await check(
    ["run", "n.ipynb", "--nope"],
    "Cannot run: unknown option '--nope' (see skein run --help)",
  );
  await check(
    ["run", "none.ipynb"],
    'Cannot read notebook "none.ipynb": there is no such file',
  );
  await check(
    ["run", "n"],
    'Cannot read notebook "n": there is no such file, but there is "n.ipynb"',
  );
  await check(
    ["run", "n.ipynb", "--timeout", "0x10"],
    'Cannot run: --timeout is "0x10", expected a number above 0',
  );
  await check(
    ["run", "n.ipynb", "--max-threads", "1e3"],
    'Cannot run: --max-threads is "1e3", expected an integer above 0',
  );
  await check(
    ["run", "n.ipynb", "--timeout", "soon"],
    'Cannot run: --timeout is "soon", expected a number above 0',
  );
  await check(
    ["run", "n.ipynb", "--max-heap-mb", "0.5"],
    'Cannot run: --max-heap-mb is "0.5", expected an integer above 0',
  );
  await check(
    ["run", "n.ipynb", "--param", "x"],
    'Cannot set parameter: found "x", expected NAME=VALUE',
  );
  await check(
    ["run", "n.ipynb", "--check", "hard"],
    'Cannot run: --check is "hard", expected off, warn or strict',
  );
  await check(
    ["run", "n.ipynb", "--html", "./n.ipynb"],
    'Cannot write page "./n.ipynb": the notebook is there, expected another path',
  );
  await check(
    ["run", "n.ipynb", "--allow-read="],
    'Cannot run: --allow-read is "", expected entries with a comma between them, or no = for all',
  );
  // Before the run: nobody wants to learn of it afterwards.
  await check(
    ["run", "n.ipynb", "-o", "sub"],
    'Cannot write "sub": it is a folder',
  );
  await check(
    ["export", "n.ipynb", "--to", "docx"],
    'Cannot export: --to is "docx", expected markdown, script, ipynb, html, slides, pdf',
  );
  await check(
    ["export", "n.ipynb", "-o", "n.ipynb"],
    'Cannot write page "n.ipynb": the notebook is there, expected another path',
  );
  assert.deepEqual(folder.files(), ["n.ipynb", "sub/x"]);
});

Deno.test("skein lists its verbs when it does not know one", async () => {
  await using folder = await openFolder({ "n.ipynb": notebook(["1"]) });
  const check = async (verb: string) => {
    const { code, stdout, stderr } = await folder.skein(verb, "n.ipynb");
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.ok(stderr.startsWith(`Cannot run skein: found "${verb}", `), stderr);
    assert.match(
      stderr,
      /^[^\n]* run, open, serve, export\b[^\n]* \(see skein --help\)\n$/,
    );
  };
  await check("fly");
  await check("__proto__");
  await check("--allow-all");
});

Deno.test("skein without a verb shows its help and fails", async () => {
  await using folder = await openFolder({});
  const { code, stdout } = await folder.skein();
  assert.equal(code, 2);
  assert.match(stdout, /^Skein runs notebooks[^]*Usage: skein VERB/);
});

Deno.test("skein run names the place where a notebook is damaged", async () => {
  const cut = notebook(["1"]).slice(0, -5);
  const wrong = notebook(["1"]).replace('"source"', '"sauce"');
  await using folder = await openFolder({ "cut.ipynb": cut, "w.ipynb": wrong });
  const check = async (name: string, text: string, expected: RegExp) => {
    const { code, stderr } = await folder.skein("run", name, "-o", name);
    assert.equal(code, 2);
    assert.match(stderr, expected);
    assert.equal(await folder.read(name), text);
    assert.deepEqual(folder.files(), ["cut.ipynb", "w.ipynb"]);
  };
  await check(
    "cut.ipynb",
    cut,
    /^Cannot read notebook "cut.ipynb" at \d+:\d+: .+\n$/,
  );
  await check(
    "w.ipynb",
    wrong,
    /^Cannot read notebook "w.ipynb": cells\[0\]\.source is missing, .+\n$/,
  );
});

Deno.test("skein run refuses a notebook of another language by name, and exports it", async () => {
  const python = notebook(['print(f"{1 + 1}")'], {
    kernelspec: {
      name: "python3",
      language: "python",
      display_name: "Python 3",
    },
    language_info: { name: "python" },
  });
  await using folder = await openFolder({ "p.ipynb": python });
  const { code, stdout, stderr } = await folder.skein(
    ...["run", "p.ipynb", "-o", "out.ipynb"],
  );
  assert.deepEqual({ code, stdout, stderr }, {
    code: 2,
    stdout: "",
    stderr:
      'Cannot run notebook "p.ipynb": it is a notebook for python3 (python), expected TypeScript or JavaScript\n',
  });
  assert.deepEqual(folder.files(), ["p.ipynb"]);
  assert.equal((await folder.skein("export", "p.ipynb")).code, 0);
});

Deno.test("skein runs and exports old, newer and odd notebooks", async () => {
  const old = JSON.stringify({
    ...{ metadata: { name: "" }, nbformat: 3, nbformat_minor: 0 },
    worksheets: [{
      cells: [
        { cell_type: "heading", level: 1, source: ["Title"] },
        {
          ...{ cell_type: "code", language: "javascript", input: ["1+1"] },
          outputs: [{ output_type: "pyout", text: ["old"] }],
        },
      ],
    }],
  });
  const answered = JSON.parse(notebook(["1"]));
  answered.cells[0].metadata = { tags: ["skip-execution"] };
  answered.cells[0].outputs = [
    { output_type: "stream", name: "stdin", text: "Who? Ann\n" },
  ];
  const later = JSON.parse(notebook(["1"]));
  later.nbformat_minor = 6;
  later.cells.unshift({ cell_type: "chat", id: "new", turns: ["hello"] });
  await using folder = await openFolder({
    "old.ipynb": old,
    "answered.ipynb": JSON.stringify(answered),
    "later.ipynb": JSON.stringify(later),
    "nan.ipynb": notebook(["1"]).replace(
      '"outputs": []',
      '"outputs": [{"output_type": "display_data", "metadata": {}, "data": {"application/json": {"v": NaN}}}]',
    ),
  });
  const check = async (name: string, inPage: RegExp, outputs: string[][]) => {
    const exported = await folder.skein("export", name);
    assert.equal(exported.code, 0, exported.stderr);
    assert.match(await folder.read(name.replace("ipynb", "html")), inPage);
    const ran = await folder.skein("run", name, "-o", "out.ipynb");
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(await folder.outputs("out.ipynb"), outputs);
  };
  await check("old.ipynb", /<h1 id="Title">[^]*old/, [["2"]]);
  await check("answered.ipynb", /Who\? Ann/, [["Who? Ann\n"]]);
  await check("nan.ipynb", /hljs[^]*null/, [["1"]]);
  await check("later.ipynb", /Cell that a page cannot show: chat/, [["1"]]);
  const { cells } = JSON.parse(await folder.read("out.ipynb"));
  assert.deepEqual(cells[0], later.cells[0]);
});

Deno.test("skein run prints what cells print", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["console.log('a\\nb')", "1 + 1", "undefined"]),
  });
  const { code, stdout, stderr } = await folder.skein("run", "n.ipynb");
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  assert.equal(
    stdout.replace(/\d+\.\d+ ?s/g, "T"),
    `[1/3]   T  console.log('a\\nb')
a
b
[2/3]   T  1 + 1
2
[3/3]   T  undefined
3 cells run, 0 errors, T
`,
  );
  assert.deepEqual(folder.files(), ["n.ipynb"]);
});

Deno.test("skein run writes the notebook and its page at odd places", async () => {
  await using folder = await openFolder({
    "a b/ü ✓.ipynb": notebook(["Deno.readTextFileSync('x')", "6 * 7"]),
    "a b/x": "from beside the notebook",
  });
  const { code, stdout } = await folder.skein(
    ...["run", "a b/ü ✓.ipynb", "-o", "new/ö.ipynb", "--html", "a b/p.html"],
  );
  assert.equal(code, 0);
  assert.match(
    stdout,
    /\n {2}notebook {2}new\/ö.ipynb\n {2}page {6}a b\/p.html\n$/,
  );
  const [first, second] = await folder.outputs("new/ö.ipynb");
  assert.deepEqual(first, ['"from beside the notebook"']);
  assert.deepEqual(second, ["42"]);
  const page = await folder.read("a b/p.html");
  assert.match(
    page,
    /^<!doctype html>[^]*from beside the notebook[^]*<\/html>/,
  );
  assert.deepEqual(
    folder.files(),
    ["a b/p.html", "a b/x", "a b/ü ✓.ipynb", "new/ö.ipynb"],
  );
});

Deno.test("skein run in the notebook's own place keeps unknown fields", async () => {
  const json = JSON.parse(notebook(["7"]));
  json.x_top = [1];
  json.cells[0].x_cell = { a: 1 };
  json.metadata.x_tool = "y";
  await using folder = await openFolder({ "n.ipynb": JSON.stringify(json) });
  const { code } = await folder.skein("run", "n.ipynb", "-o", "n.ipynb");
  assert.equal(code, 0);
  const after = JSON.parse(await folder.read("n.ipynb"));
  assert.deepEqual(after.x_top, [1]);
  assert.deepEqual(after.cells[0].x_cell, { a: 1 });
  assert.equal(after.metadata.x_tool, "y");
  assert.deepEqual(await folder.outputs("n.ipynb"), [["7"]]);
  assert.deepEqual(folder.files(), ["n.ipynb"]);
});

Deno.test("skein run of a notebook that fails writes what was run", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["1", "\n// Here.\nthrow new RangeError('no')", "3"]),
  });
  const run = (...args: readonly string[]) =>
    folder.skein("run", "n.ipynb", "-o", "out.ipynb", ...args);
  const { code, stdout, stderr } = await run();
  assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
  assert.match(stdout, /\[2\/3\].*\/\/ Here\. {2}✗ RangeError\n/);
  assert.match(stdout, /Cell 2 failed:\nRangeError: no\n.*line 3/);
  assert.match(stdout, /\n2 cells run, 1 error, /);
  // deno-lint-ignore no-control-regex -- Colors are control characters.
  assert.doesNotMatch(stdout, /\x1b/, "a pipe gets no colors");
  assert.deepEqual(
    await folder.outputs("out.ipynb"),
    [["1"], ["RangeError: no"], []],
  );
  const all = await run("--allow-errors");
  assert.equal(all.code, 1);
  assert.deepEqual((await folder.outputs("out.ipynb"))[2], ["3"]);
});

Deno.test("skein run says how to grant what a cell may not do", async () => {
  const check = async (source: string) => {
    await using folder = await openFolder({
      "sub/n.ipynb": notebook([source]),
      "secret": "found",
    });
    const run = (...flags: readonly string[]) =>
      folder.skein("run", "sub/n.ipynb", ...flags);
    const refused = await run();
    assert.equal(refused.code, 1, refused.stdout);
    const [flag] = refused.stdout.match(/--allow-\w+=[^\s,]+/) ?? [];
    assert.ok(flag !== undefined, refused.stdout);
    const granted = await run(flag);
    assert.equal(granted.code, 0, granted.stdout);
    assert.match(granted.stdout, /found/);
  };
  await check("Deno.readTextFileSync('../secret')");
  await check("Deno.env.get('HOME'); 'found'");
  await check("Deno.hostname(); 'found'");
  await check("Deno.writeTextFileSync('../new', ''); 'found'");
  await check(
    `const { code } = await new Deno.Command(Deno.execPath(), { args: ["-V"] }).output();
     code === 0 ? "found" : code`,
  );
});

Deno.test("skein run checks types as it is told, the nearer word first", async () => {
  const wrong = "const n: number = 's'; n";
  const metadata = { skein: { check: "strict" } };
  await using folder = await openFolder({
    "free.ipynb": notebook([wrong]),
    "strict.ipynb": notebook([wrong], metadata),
    "odd.ipynb": notebook(["1"], { skein: { check: 1 } }),
  });
  const check = async (args: readonly string[], expected: RegExp) => {
    const { stdout, stderr } = await folder.skein("run", ...args);
    const said = (stdout + stderr).replaceAll(/\d+\.\d+ ?s/g, "T");
    assert.match(said, expected);
  };
  const shown = /TS2322 Cell \[1\], line 1, column 7: Type 'string' is not/;
  const none = /^\[1\/1\].*\n"s"\n1 cell run, 0 errors/;
  await check(["free.ipynb"], none);
  await check(["free.ipynb", "--check", "warn"], shown);
  await check(["free.ipynb", "--check", "warn"], /"s"\n[^]* 0 errors/);
  await check(
    ["strict.ipynb"],
    /^Types are not checked: the notebook asks for it, run with --check strict to allow it\n[^]*\n"s"\n1 cell run, 0 errors/,
  );
  await check(["strict.ipynb", "--allow-all"], shown);
  await check(
    ["strict.ipynb", "--check", "strict"],
    /✗ TypeCheckError[^]* 1 error/,
  );
  await check(["strict.ipynb", "--check", "off"], none);
  await check(
    ["strict.ipynb", "--check=strict", "--no-language-server"],
    /Types of Cell \[1\] were not checked: [^\n]+\n"s"\n[^]* 0 errors/,
  );
  await check(
    ["odd.ipynb"],
    /^Cannot check types: metadata\.skein\.check is 1, expected off, warn or strict\n$/,
  );
});

Deno.test("skein run --param sets variables after their defaults", async () => {
  const cells = JSON.parse(
    notebook(["let a = [1], b = 'x', c = 3;", "[a, b, c]"]),
  );
  cells.cells[0].metadata.tags = ["parameters"];
  await using folder = await openFolder({ "n.ipynb": JSON.stringify(cells) });
  const { code } = await folder.skein(
    ...["run", "n.ipynb", "-o", "out.ipynb", "--param", "a=[2]"],
    ...["--param", `b=it's "ü" </script>`],
  );
  assert.equal(code, 0);
  const [, , shown] = await folder.outputs("out.ipynb");
  assert.deepEqual(shown, [`[ [ 2 ], \`it's "ü" </script>\`, 3 ]`]);
});

Deno.test("skein run --param refuses what the notebook does not declare before it runs", async () => {
  const cells = JSON.parse(notebook(["let a: number = 1;", "console.log(a)"]));
  cells.cells[0].metadata.tags = ["parameters"];
  await using folder = await openFolder({
    "n.ipynb": JSON.stringify(cells),
    "none.ipynb": notebook(["1"]),
  });
  const check = async (args: readonly string[], expected: RegExp) => {
    const { code, stdout, stderr } = await folder.skein("run", ...args);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, expected);
  };
  await check(
    ["n.ipynb", "--param", "b=1"],
    /"b": the notebook does not declare it, expected one of a\n$/,
  );
  await check(
    ["n.ipynb", "--param", "a=x"],
    /"a": x is text, expected a number \(the notebook says: let a: number = 1\)\n$/,
  );
  await check(
    ["none.ipynb", "--param", "a=1"],
    /has no cell tagged parameters/,
  );
});

Deno.test("skein run --timeout interrupts a cell and says why", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["while (true) {}", "2"]),
  });
  const { code, stdout } = await folder.skein(
    ...["run", "n.ipynb", "-o", "out.ipynb", "--timeout", "0.5"],
  );
  assert.equal(code, 1);
  const text =
    "the cell took longer than 0.5 s (--timeout) and was interrupted";
  assert.ok(stdout.includes(`Cell 1 failed:\nTimeoutError: ${text}\n`), stdout);
  assert.deepEqual(
    await folder.outputs("out.ipynb"),
    [[`TimeoutError: ${text}`], []],
  );
});

Deno.test("skein run tells in plain words that memory ran out", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook([
      "const all: number[][] = []; for (;;) all.push(new Array(1e5).fill(0.5));",
    ]),
  });
  const { code, stdout, stderr } = await folder.skein(
    ...["run", "n.ipynb", "-o", "out.ipynb", "--max-heap-mb", "64"],
  );
  assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
  assert.match(stdout, /ran out of memory: .* 64 MiB \(--max-heap-mb\)/);
  const [shown] = await folder.outputs("out.ipynb");
  assert.match(shown!.at(-1)!, /^SessionEnded: .*ran out of memory/);
});

Deno.test("skein run writes its files though nobody reads what it says", async () => {
  await using folder = await openFolder({ "n.ipynb": notebook(["1", "2"]) });
  await using skein = folder.start("run", "n.ipynb", "-o", "out.ipynb");
  await skein.process.stdout.cancel();
  const stderr = new Response(skein.process.stderr).text();
  assert.deepEqual(await skein.status(), { code: 0, signal: null });
  assert.equal(await stderr, "");
  assert.deepEqual(await folder.outputs("out.ipynb"), [["1"], ["2"]]);
});

Deno.test("skein run waits for a reader that is slow", async () => {
  const source = "for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);";
  await using folder = await openFolder({ "n.ipynb": notebook([source, "2"]) });
  await using skein = folder.start("run", "n.ipynb", "-o", "out.ipynb");
  const stderr = new Response(skein.process.stderr).text();
  const reader = skein.process.stdout.getReader({ mode: "byob" });
  // Some bytes at a time, so that the pipe is full most of the time.
  for (let buffer = new Uint8Array(512);;) {
    const { value } = await within(reader.read(buffer), DEADLINE_MS, "text");
    if (value === undefined || value.length === 0) break;
    buffer = new Uint8Array(value.buffer);
  }
  assert.deepEqual(await skein.status(), { code: 0, signal: null });
  assert.equal(await stderr, "");
});

Deno.test({
  name: "skein run ends at Ctrl-C with all it started, and writes what was run",
  ignore: Deno.build.os === "windows",
  async fn() {
    const spinning = `
      const child = new Deno.Command("sleep", { args: ["1000"] }).spawn();
      console.log(Deno.pid, child.pid);
      Deno.writeTextFileSync("spinning", "");
      while (true) {}`;
    await using folder = await openFolder({
      "n.ipynb": notebook(["1", spinning, "3"]),
    });
    await using skein = folder.start(
      ...["run", "n.ipynb", "-A", "-o", "out.ipynb", "--html", "out.html"],
    );
    const stdout = new Response(skein.process.stdout).text();
    const stderr = new Response(skein.process.stderr).text();
    await folder.untilWritten("spinning");
    skein.process.kill("SIGINT");
    assert.deepEqual(await skein.status(), { code: 130, signal: null });
    assert.equal(await stderr, "");
    assert.match(
      await stdout,
      /s; stopped before its end; 1 cell not run\n {2}notebook/,
    );
    const [first, second, third] = await folder.outputs("out.ipynb");
    assert.deepEqual(first, ["1"]);
    assert.deepEqual(third, []);
    assert.equal(
      second!.at(-1),
      "RunStopped: the run was stopped while this cell ran; 1 cell after it did not run",
    );
    const pids = second![0]!.match(/\d+/g)!.map(Number);
    assert.equal(pids.length, 2);
    await untilGone(...pids);
    assert.deepEqual(
      folder.files(),
      ["n.ipynb", "out.html", "out.ipynb", "spinning"],
    );
  },
});

Deno.test("skein export writes a page beside the notebook, or elsewhere", async () => {
  await using folder = await openFolder({
    "a b/n.ipynb": notebook(["40 + 2"]),
  });
  const check = async (args: readonly string[], path: string) => {
    const { code, stdout, stderr } = await folder.skein("export", ...args);
    assert.deepEqual({ code, stdout, stderr }, {
      code: 0,
      stdout: `${path}\n`,
      stderr: "",
    });
    assert.match(await folder.read(path), /^<!doctype html>[^]*40[^]*<\/html>/);
  };
  await check(["a b/n.ipynb"], "a b/n.html");
  await check(
    ["a b/n.ipynb", "-o", "new/p.html", "--to", "html"],
    "new/p.html",
  );
  await check(["a b/n.ipynb", "--title", "A <b> title"], "a b/n.html");
  assert.match(
    await folder.read("a b/n.html"),
    /<title>A &lt;b> title|<title>A &lt;b&gt; title/,
  );
  assert.deepEqual(folder.files(), ["a b/n.html", "a b/n.ipynb", "new/p.html"]);
});

Deno.test("skein export writes several notebooks into a folder, and goes on after a bad one", async () => {
  await using folder = await openFolder({
    "a.ipynb": notebook(["//| echo: maybe\n1"]),
    "b.ipynb": "no JSON",
    "sub/a.ipynb": notebook(["2"]),
    "c.ipynb": notebook(["3"]),
  });
  const some = await folder.skein(
    ...["export", "a.ipynb", "b.ipynb", "c.ipynb", "-o", "out"],
  );
  assert.equal(some.code, 2);
  assert.equal(
    some.stdout,
    '"a.ipynb": Cell 1: its option "echo" is "maybe", expected true or false or fenced\n' +
      "out/a.html\n" +
      'Cannot read notebook "b.ipynb" at 1:2: found "o", expected JSON\n' +
      "out/c.html\n",
  );
  const same = await folder.skein(
    "export",
    "a.ipynb",
    "sub/a.ipynb",
    "-o",
    "o",
  );
  assert.equal(
    same.stderr,
    'Cannot export "sub/a.ipynb" to "o/a.html": "a.ipynb" goes there, expected notebooks with different names\n',
  );
});

Deno.test("skein export --execute runs the notebook first, --redact hides the machine", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["Deno.cwd()", "throw new Error('no')"]),
    "page.html": "<html{{theme}}>{{head}}<body>{{body}}",
  });
  const { code, stdout } = await folder.skein(
    ...["export", "n.ipynb", "--execute", "--redact"],
    ...["--template", "page.html", "--theme", "dark"],
  );
  assert.equal(code, 1);
  assert.match(stdout, /\[2\/2\][^]*no[^]*n\.html\n$/);
  const page = await folder.read("n.html");
  assert.match(page, /^<html data-theme="dark">/);
  assert.match(page, /&#x27;.&#x27;|"\."|&quot;\.&quot;/);
  assert.match(page, /class="output error"/);
  assert.ok(!page.includes(folder.path), "the folder's name is gone");
});

Deno.test("skein export names a bad format, theme and template", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(["1"]),
    "t.html": "{{body}}",
  });
  const check = async (args: readonly string[], expected: RegExp) => {
    const { code, stderr } = await folder.skein("export", "n.ipynb", ...args);
    assert.equal(code, 2);
    assert.match(stderr, expected);
  };
  await check(["--to", "docx"], /--to is "docx", expected .*html/);
  await check(["--theme", "x"], /--theme is "x", expected light, dark or auto/);
  await check(
    ["--template", "none"],
    /Cannot read template "none": there is no/,
  );
  await check(["--template", "t.html"], /{{head}} is missing/);
  await check(["--timeout", "3"], /unknown option '--timeout'/);
  assert.deepEqual(folder.files(), ["n.ipynb", "t.html"]);
});

Deno.test("skein export --trust lets scripts of outputs into the page", async () => {
  const json = JSON.parse(notebook(["1"]));
  const html = "<p>Shown</p><script>activeMarker()</script>";
  json.cells[0].outputs = [{
    output_type: "display_data",
    data: { "text/html": html, "text/plain": "plain" },
    metadata: {},
  }];
  await using folder = await openFolder({ "n.ipynb": JSON.stringify(json) });
  const check = async (args: readonly string[], isIn: boolean) => {
    const { code } = await folder.skein("export", "n.ipynb", ...args);
    assert.equal(code, 0);
    const page = await folder.read("n.html");
    assert.equal(page.includes("<script>activeMarker()</script>"), isIn);
  };
  await check([], false);
  await check(["--trust"], true);
});

Deno.test("skein run --trust lets scripts of outputs into its page", async () => {
  const source = `Deno.jupyter.html\`<script>activeMarker()</script>\``;
  await using folder = await openFolder({ "n.ipynb": notebook([source]) });
  const check = async (args: readonly string[], isIn: boolean) => {
    const { code } = await folder
      .skein("run", "n.ipynb", "--html", "n.html", ...args);
    assert.equal(code, 0);
    const page = await folder.read("n.html");
    assert.equal(page.includes("<script>activeMarker()</script>"), isIn);
  };
  await check([], false);
  await check(["--trust"], true);
});
