/**
 * The command line among closed terminals, full disks, odd files and cells that
 * write to the terminal: one line each, nothing lost, nothing left behind.
 * @module
 */
import assert from "node:assert/strict";
import {
  type Folder,
  HAS_TERMINAL,
  notebook,
  openFolder,
} from "../cli/folder.ts";

const IS_WINDOWS = Deno.build.os === "windows";

/** Says by a file that it runs, and does not end by itself. */
const SPINS = `console.log("begun"); Deno.writeTextFileSync("spinning", "");
while (true) {}`;

async function checkStopped(
  signals: readonly Deno.Signal[],
): Promise<void> {
  await using folder = await openFolder({
    "n.ipynb": notebook(["1", SPINS, "3", "4"]),
  });
  await using skein = folder.start("run", "n.ipynb", "-o", "out.ipynb");
  const stdout = new Response(skein.process.stdout).text();
  const stderr = new Response(skein.process.stderr).text();
  await folder.untilWritten("spinning");
  for (const signal of signals) skein.process.kill(signal);
  assert.deepEqual(await skein.status(), { code: 130, signal: null });
  assert.equal(await stderr, "");
  assert.match(await stdout, /stopped before its end; 2 cells not run\n/);
  assert.deepEqual(await folder.outputs("out.ipynb"), [
    ["1"],
    [
      "begun\n",
      "RunStopped: the run was stopped while this cell ran; 2 cells after it did not run",
    ],
    [],
    [],
  ]);
  assert.deepEqual(folder.files(), ["n.ipynb", "out.ipynb", "spinning"]);
}

for (
  const signals of [
    ["SIGHUP"],
    ["SIGTERM"],
    // A shell and the system both tell that a terminal is closed.
    ["SIGHUP", "SIGHUP", "SIGHUP"],
    ["SIGTERM", "SIGHUP"],
  ] as const
) {
  Deno.test({
    name: `skein run saves what was run at ${signals.join(", ")}`,
    ignore: IS_WINDOWS,
    fn: () => checkStopped(signals),
  });
}

Deno.test({
  name: "skein run goes on when what it says can not be written",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook(["1", "console.log('x'.repeat(1e6)); 2"]),
    });
    for (const redirection of ["> /dev/full", ">&-", "> /dev/full 2>&1"]) {
      const { code, stderr } = await folder.inShell(
        `skein run n.ipynb -o out.ipynb ${redirection}`,
      );
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      assert.deepEqual((await folder.outputs("out.ipynb"))[1]?.at(-1), "2");
      await Deno.remove(`${folder.path}/out.ipynb`);
    }
    // A usage error that nobody can read still has its code.
    const { code } = await folder.inShell("skein run none.ipynb 2> /dev/full");
    assert.equal(code, 2);
  },
});

Deno.test({
  name: "skein run says in one line that the system refuses",
  ignore: IS_WINDOWS,
  async fn() {
    await using folder = await openFolder({ "n.ipynb": notebook(["1"]) });
    for (const limit of [28, 30, 32]) {
      const { code, stdout, stderr } = await folder.inShell(
        `ulimit -n ${limit}; skein run n.ipynb`,
      );
      // With a few more files a run is possible, and Deno itself needs some.
      if (code === 0) continue;
      assert.match(stdout + stderr, /os error 24|Too many open files/);
      assert.doesNotMatch(stdout + stderr, /Uncaught|Stack backtrace/);
    }
  },
});

Deno.test("skein refuses a notebook nested without bound before any cell runs", async () => {
  const deep = (open: string, close: string) =>
    open.repeat(100_000) + "1" + close.repeat(100_000);
  const json = notebook(["Deno.writeTextFileSync('ran', '')"]);
  const table = [
    json.replace('"metadata": {}', `"metadata": {"a": ${deep("[", "]")}}`),
    json.replace('"metadata": {}', `"metadata": ${deep('{"a":', "}")}`),
    json.replace(
      '"outputs": []',
      `"outputs": [{"output_type": "display_data", "metadata": {}, "data": {"application/json": ${
        deep('[{"a":', "}]")
      }}}]`,
    ),
    deep("[", "]"),
  ];
  for (const text of table) {
    await using folder = await openFolder({ "n.ipynb": text });
    for (const verb of ["run", "export", "trust"]) {
      const { code, stdout, stderr } = await folder.skein(verb, "n.ipynb");
      assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
      assert.equal(
        stderr,
        'Cannot read notebook "n.ipynb": its JSON is nested too deep, expected at most 1000 levels\n',
      );
    }
    assert.deepEqual(folder.files(), ["n.ipynb"]);
  }
});

Deno.test("skein run says in one line what Deno would not take", async () => {
  await using folder = await openFolder({ "n.ipynb": notebook(["1"]) });
  const check = async (option: string, expected: string) => {
    const { code, stdout, stderr } = await folder.skein(
      ...["run", "n.ipynb", option],
    );
    assert.deepEqual(
      { code, stdout, stderr },
      { code: 2, stdout: "", stderr: `Cannot run: ${expected}\n` },
    );
  };
  await check("--allow-net=a:b", "invalid port in 'a:b': 'b'");
  await check(
    "--allow-net=http://a",
    "invalid value 'http://a': URLs are not supported, only domains and IPs",
  );
  await check("--allow-env=A=B", "invalid env var name: 'A=B'");
  await check("--allow-sys=bad", "unknown sys descriptor: 'bad'");
});

Deno.test("skein run keeps what was written into the notebook meanwhile", async () => {
  const edits = `const json = JSON.parse(Deno.readTextFileSync("n.ipynb"));
json.metadata.edited = true;
Deno.writeTextFileSync("n.ipynb", JSON.stringify(json));
"done"`;
  await using folder = await openFolder({ "n.ipynb": notebook([edits]) });
  const check = async (output: string, place: string) => {
    await Deno.writeTextFile(`${folder.path}/n.ipynb`, notebook([edits]));
    const { code, stdout } = await folder.skein(
      ...["run", "n.ipynb", "-o", output],
    );
    assert.equal(code, 0, stdout);
    assert.match(
      stdout,
      /was changed while it ran and stays as it is: the executed notebook goes to "(?:\.\/)?n\.run/,
    );
    assert.match(stdout, new RegExp(`\n {2}notebook {2}${place}\n`));
    assert.equal(
      JSON.parse(await folder.read("n.ipynb")).metadata.edited,
      true,
    );
    assert.deepEqual(await folder.outputs(place), [['"done"']]);
  };
  await check("n.ipynb", "n.run.ipynb");
  await check("n.ipynb", "n.run-2.ipynb");
  await check("./n.ipynb", "./n.run-3.ipynb");
  assert.deepEqual(folder.files(), [
    "n.ipynb",
    "n.run-2.ipynb",
    "n.run-3.ipynb",
    "n.run.ipynb",
  ]);
});

Deno.test({
  name: "skein never follows a link at a path that nobody named",
  ignore: IS_WINDOWS,
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook(["1"]),
      "keys": "secret",
    });
    await Deno.symlink("keys", `${folder.path}/n.html`);
    const { code, stdout, stderr } = await folder.skein("export", "n.ipynb");
    assert.deepEqual({ code, stdout, stderr }, {
      code: 2,
      stdout: "",
      stderr:
        'Cannot write "n.html": it is a link to "keys", expected a file or nothing (name another path with --output)\n',
    });
    assert.equal(await folder.read("keys"), "secret");
    // Whoever names the link means the file it leads to.
    const named = await folder.skein("export", "n.ipynb", "-o", "n.html");
    assert.equal(named.code, 0);
    assert.match(await folder.read("keys"), /^<!doctype html>/);
  },
});

Deno.test({
  name: "skein replaces no notebook by a page, by whatever name",
  ignore: IS_WINDOWS,
  async fn() {
    const text = notebook(["1"]);
    await using folder = await openFolder({ "n.ipynb": text });
    await Deno.symlink("n.ipynb", `${folder.path}/link`);
    await Deno.link(`${folder.path}/n.ipynb`, `${folder.path}/hard`);
    await Deno.symlink(".", `${folder.path}/here`);
    for (const page of ["link", "hard", "here/n.ipynb"]) {
      for (
        const args of [["run", "n.ipynb", "--html"], [
          "export",
          "n.ipynb",
          "-o",
        ]]
      ) {
        const { code, stderr } = await folder.skein(...args, page);
        assert.equal(code, 2);
        assert.match(
          stderr,
          /^Cannot write page "[^"]+": the notebook is there/,
        );
        assert.equal(await folder.read("n.ipynb"), text);
      }
    }
  },
});

Deno.test({
  name: "skein ends at SIGTERM while a pipe without a peer keeps it waiting",
  ignore: IS_WINDOWS,
  async fn() {
    await using folder = await openFolder({ "n.ipynb": notebook(["1"]) });
    const made = await folder.inShell("mkfifo in.ipynb out.ipynb");
    assert.equal(made.code, 0, made.stderr);
    // Waits for a writer from the start.
    await checkEnds(folder, ["run", "in.ipynb"], null);
    // Waits for a reader when all has run; the signal may be heard before that.
    await checkEnds(folder, ["run", "n.ipynb", "-o", "out.ipynb"], "[1/1]");
  },
});

async function checkEnds(
  folder: Folder,
  args: readonly string[],
  said: string | null,
): Promise<void> {
  await using skein = folder.start(...args);
  if (said !== null) await skein.says(said);
  skein.process.kill("SIGTERM");
  const { code } = await skein.status();
  assert.ok([143, 130, 2].includes(code), `${args.join(" ")}: ${code}`);
}

const ESCAPES = [
  `console.log("a\\x1b]52;c;eA==\\x07b\\x1b[2J\\x1b[Hc\\x9b2Jd\\x1bce\\x1b[1;31mred\\x1b[0m")`,
  `Deno.jupyter.display({ "text/plain": "f\\x1b]0;title\\x1b\\\\g" }, { raw: true })`,
  `throw new Error("h\\x1b[2J\\x1b]52;c;eA==\\x07i")`,
];

Deno.test("skein run lets no escapes of a cell into what it says", async () => {
  await using folder = await openFolder({
    "n.ipynb": notebook(ESCAPES),
    "\x1b]52;c;eA==\x07.ipynb": "{",
  });
  const { stdout } = await folder.skein("run", "n.ipynb");
  assert.match(stdout, /abcdered\n[^]*fg\n[^]*Error: hi\n/);
  // deno-lint-ignore no-control-regex -- This is what must not be there.
  assert.doesNotMatch(stdout, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  const { stderr } = await folder.skein("run", "\x1b]52;c;eA==\x07.ipynb");
  assert.match(stderr, /^Cannot read notebook "[\x20-\x7e]+\.ipynb" at 1:2/);
});

Deno.test({
  name:
    "skein run lets only colors through to a terminal (skipped where no `script` makes one)",
  ignore: !HAS_TERMINAL,
  async fn() {
    await using folder = await openFolder({ "n.ipynb": notebook(ESCAPES) });
    const shown = await folder.onTerminal(["run", "n.ipynb"], "");
    assert.ok(shown.includes("abcde\x1b[1;31mred\x1b[0m\r\n"), shown);
    assert.match(shown, /fg\r\n/);
    // Our own: back to the start of the line that says what runs.
    const others = shown.replaceAll("\r\x1b[K", "").replaceAll("\r\n", "\n")
      // deno-lint-ignore no-control-regex -- Colors are control characters.
      .replace(/\x1b\[[\d;]*m/g, "");
    // deno-lint-ignore no-control-regex -- This is what must not be there.
    assert.doesNotMatch(others, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  },
});
