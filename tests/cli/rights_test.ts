/**
 * What a notebook asks for is granted by the user and by nobody else.
 * @module
 */
import assert from "node:assert/strict";
import { HAS_TERMINAL, notebook, openFolder } from "./folder.ts";

/** Says "outside" if it may start `sh`. */
const STARTS_SH =
  `const { stdout } = await new Deno.Command("sh", { args: ["-c", "echo outside; echo > started"] }).output();
   new TextDecoder().decode(stdout);`;
const ASKS = { skein: { permissions: { run: ["sh"] } } };

Deno.test({
  name: "skein run starts no program because the notebook asks for it",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook([STARTS_SH], ASKS),
    });
    const { code, stdout } = await folder.skein("run", "n.ipynb");
    assert.equal(code, 1, stdout);
    assert.match(
      stdout,
      /^Not allowed: to start the program "sh"\. The notebook asks for it; allow it with --allow-run=sh, or for good with skein trust\.\n/,
    );
    assert.match(stdout, /NotCapable: [^]*run with --allow-run=sh/);
    assert.doesNotMatch(stdout, /^"outside/m);
    assert.deepEqual(folder.files(), ["n.ipynb"]);
  },
});

Deno.test({
  name: "skein run starts what an option grants",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook([STARTS_SH], ASKS),
    });
    for (
      const option of ["--allow-run=sh", "--allow-requested", "--allow-all"]
    ) {
      const { code, stdout } = await folder.skein("run", "n.ipynb", option);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /outside/);
      assert.ok(!stdout.includes("Not allowed"), stdout);
    }
  },
});

Deno.test({
  name: "skein trust grants what a notebook asks for, until that changes",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook([STARTS_SH], ASKS),
      "plain.ipynb": notebook(["1"]),
    });
    const path = `${folder.path}/n.ipynb`;
    const check = async (args: readonly string[], expected: string) => {
      const { code, stdout, stderr } = await folder.skein("trust", ...args);
      assert.deepEqual({ code, stdout, stderr }, {
        code: 0,
        stdout: expected,
        stderr: "",
      });
    };
    const runs = async (name: string) =>
      (await folder.skein("run", name)).code === 0;
    await check(["--list"], "No notebook is trusted.\n");
    await check(["n.ipynb"], `"${path}" may start the program "sh"\n`);
    await check(["--list"], `"${path}" may start the program "sh"\n`);
    assert.ok(await runs("n.ipynb"));
    // A link is another name of it; a copy is another notebook.
    await Deno.symlink("n.ipynb", `${folder.path}/link.ipynb`);
    assert.ok(await runs("link.ipynb"));
    await Deno.copyFile(path, `${folder.path}/copy.ipynb`);
    assert.ok(!await runs("copy.ipynb"));
    const more = { skein: { permissions: { run: ["sh", "ls"] } } };
    await Deno.writeTextFile(path, notebook([STARTS_SH], more));
    assert.ok(!await runs("n.ipynb"));
    await Deno.writeTextFile(path, notebook([STARTS_SH], ASKS));
    assert.ok(await runs("n.ipynb"));
    await check(["--remove", "n.ipynb"], `"${path}" is not trusted any more\n`);
    assert.ok(!await runs("n.ipynb"));
    await check(
      ["plain.ipynb"],
      `"${folder.path}/plain.ipynb" asks for no permission: there is nothing to trust\n`,
    );
  },
});

Deno.test({
  name:
    "skein run asks on a terminal, and remembers what is granted for good (skipped where no `script` makes one)",
  ignore: !HAS_TERMINAL,
  async fn() {
    await using folder = await openFolder({
      "n.ipynb": notebook([STARTS_SH], ASKS),
    });
    const check = async (answer: string, expected: RegExp) => {
      assert.match(
        await folder.onTerminal(["run", "n.ipynb"], answer),
        expected,
      );
    };
    const asked =
      /^The notebook asks to start the program "sh"\.\r\nA program can do whatever you can do/;
    await check("n\n", new RegExp(`${asked.source}[^]*Not allowed: `));
    await check("\n", new RegExp(`${asked.source}[^]*Not allowed: `));
    await check("y\n", new RegExp(`${asked.source}[^]*outside`));
    await check("a\n", new RegExp(`${asked.source}[^]*outside`));
    await check("", /^(?!The notebook)[^]*outside/);
  },
});

Deno.test("skein trust says in one line what is wrong", async () => {
  await using folder = await openFolder({ "n.ipynb": notebook(["1"]) });
  const check = async (args: readonly string[], expected: RegExp) => {
    const { code, stdout, stderr } = await folder.skein("trust", ...args);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(stderr, expected);
  };
  await check([], /^Cannot trust: expected one NOTEBOOK, or --list[^\n]+\n$/);
  await check(["--list", "n.ipynb"], /^Cannot trust: expected one NOTEBOOK/);
  await check(["none.ipynb"], /^Cannot read notebook "none.ipynb": there is/);
  await check(
    ["--remove", "n.ipynb"],
    /^Cannot remove trust: ".*n.ipynb" is not trusted\n$/,
  );
});

Deno.test("skein run asks before it grants a folder as broad as the home", async () => {
  const source = `await Deno.readTextFile("secret")`;
  await using folder = await openFolder({
    "n.ipynb": notebook([source]),
    "secret": "found",
    "sub/n.ipynb": notebook(["Deno.readTextFileSync('x')"]),
    "sub/x": "found",
  });
  const check = async (
    args: readonly string[],
    expected: { code: number; isTold: boolean },
  ) => {
    const { code, stdout } = await folder.skeinIn({ HOME: folder.path }, [
      "run",
      ...args,
    ]);
    const isTold = stdout.startsWith(
      `Not allowed: to read and write all of "${folder.path}", the folder it is in.`,
    );
    assert.deepEqual({ code, isTold }, expected, stdout);
  };
  await check(["n.ipynb"], { code: 1, isTold: true });
  await check(["sub/n.ipynb"], { code: 0, isTold: false });
  await check(["n.ipynb", "--allow-requested"], { code: 0, isTold: false });
  await check(
    [
      ...["n.ipynb", `--allow-read=${folder.path}`],
      `--allow-write=${folder.path}`,
    ],
    { code: 0, isTold: false },
  );
});

Deno.test("skein run refuses names that can not be shown or are not one program", async () => {
  for (const name of ["\r\x1b[2K\x1b[1A", "*", "a\u202eb", "\x9b2J"]) {
    const metadata = { skein: { permissions: { run: ["id", name] } } };
    await using folder = await openFolder({
      "n.ipynb": notebook(["1"], metadata),
    });
    const { code, stdout, stderr } = await folder.skein("run", "n.ipynb");
    assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
    assert.match(
      stderr,
      /^Cannot read permissions: metadata\.skein\.permissions\.run\.1 is "[\x20-\x7e]+", expected [^\n]+\n$/,
    );
  }
});
