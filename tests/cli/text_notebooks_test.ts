/**
 * The verbs of text notebooks and version control, as processes: convert, strip,
 * diff; and text notebooks where notebooks are expected.
 * @module
 */
import assert from "node:assert/strict";

const MAIN = new URL("../../main.ts", import.meta.url).pathname;

async function skein(
  args: readonly string[],
  { input, cwd }: { readonly input?: string; readonly cwd: string },
): Promise<{ code: number; out: string; err: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, ...args],
    env: { NO_COLOR: "1" },
    cwd,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(120_000),
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input ?? ""));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", metadata: {}, source: "# Hi" },
    {
      cell_type: "code",
      metadata: { tags: ["a"], execution: { x: 1 } },
      source: "const a: number = 6;\na * 7",
      execution_count: 3,
      outputs: [{
        output_type: "execute_result",
        execution_count: 3,
        data: { "text/plain": "42" },
        metadata: {},
      }],
    },
  ],
  metadata: {
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  },
  nbformat: 4,
  nbformat_minor: 4,
});

Deno.test("skein convert goes to text and back, and keeps outputs that are there", async () => {
  await inFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/a.ipynb`, NOTEBOOK);
    assert.equal(
      (await skein(["convert", "a.ipynb", "-o", "a.ts"], { cwd })).code,
      0,
    );
    const script = await Deno.readTextFile(`${cwd}/a.ts`);
    assert.match(
      script,
      /\n\/\/ %% tags=\["a"\]\nconst a: number = 6;\na \* 7\n$/,
    );
    const back = await skein(["convert", "a.ts"], { cwd });
    assert.equal(back.out.trim(), "a.ipynb");
    const notebook = JSON.parse(await Deno.readTextFile(`${cwd}/a.ipynb`));
    assert.deepEqual(notebook.cells[1].outputs[0].data, {
      "text/plain": ["42"],
    });
    // What it wrote can be read as it was.
    const again = await skein(["convert", "a.ipynb", "-o", "b.ts"], { cwd });
    assert.equal(again.code, 0, again.err);
    assert.equal(await Deno.readTextFile(`${cwd}/b.ts`), script);
  });
});

Deno.test("skein convert and run read a .md file that is MyST", async () => {
  await inFolder(async (cwd) => {
    const myst = "---\ntitle: T\n---\n\n# Hi\n\n" +
      "```{code-cell} typescript\n:tags: [a]\n\nconsole.log(6 * 7);\n```\n";
    await Deno.writeTextFile(`${cwd}/m.md`, myst);
    const ran = await skein(["run", "m.md", "-o", "out.ipynb"], { cwd });
    assert.equal(ran.code, 0, ran.err);
    const { cells } = JSON.parse(await Deno.readTextFile(`${cwd}/out.ipynb`));
    assert.deepEqual(cells[1].outputs[0].text, ["42\n"]);
    const args = ["convert", "m.md", "--to", "markdown", "-o", "a.md"];
    assert.equal((await skein(args, { cwd })).code, 0);
    // Nobody says the language: it is ours, not Python.
    const markdown = await Deno.readTextFile(`${cwd}/a.md`);
    assert.match(markdown, /\n```typescript tags=\["a"\]\nconsole/);
    const back = ["convert", "a.md", "--to", "myst", "-o", "b.md"];
    assert.equal((await skein(back, { cwd })).code, 0);
    const again = await Deno.readTextFile(`${cwd}/b.md`);
    assert.equal(again.split("---\n").at(-1), myst.split("---\n").at(-1));
  });
});

Deno.test("skein convert refuses what a format can not hold, unless --lossy", async () => {
  await inFolder(async (cwd) => {
    const notebook = JSON.parse(NOTEBOOK);
    notebook.cells[1].source = "1\n// %% no cell\n2";
    await Deno.writeTextFile(`${cwd}/a.ipynb`, JSON.stringify(notebook));
    const refused = await skein(["convert", "a.ipynb", "--to", "percent"], {
      cwd,
    });
    assert.equal(refused.code, 2);
    assert.match(refused.err, /cell 2: .*line 2.*markdown holds it.*--lossy/);
    assert.equal(await Deno.stat(`${cwd}/a.ts`).catch(() => null), null);
    const lossy = await skein([
      "convert",
      "a.ipynb",
      "--to",
      "percent",
      "--lossy",
    ], { cwd });
    assert.equal(lossy.code, 0);
    assert.match(lossy.out, /lost: cell 2/);
    assert.equal(
      (await skein(["convert", "a.ipynb", "--to", "markdown"], { cwd })).code,
      0,
    );
  });
});

Deno.test("skein strip is a filter that changes nothing the second time", async () => {
  await inFolder(async (cwd) => {
    const once = await skein(["strip"], { cwd, input: NOTEBOOK });
    assert.equal(once.code, 0);
    const { cells } = JSON.parse(once.out);
    assert.deepEqual(cells[1].outputs, []);
    assert.equal(cells[1].execution_count, null);
    assert.deepEqual(cells[1].metadata, { tags: ["a"] });
    const twice = await skein(["strip"], { cwd, input: once.out });
    assert.equal(twice.out, once.out);
    const broken = await skein(["strip"], { cwd, input: "no notebook" });
    assert.equal(broken.code, 2);
    assert.equal(broken.out, "");
  });
});

Deno.test("skein diff shows sources, and has its own exit code", async () => {
  await inFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/a.ipynb`, NOTEBOOK);
    await Deno.writeTextFile(
      `${cwd}/b.ipynb`,
      NOTEBOOK.replace("a * 7", "a * 8"),
    );
    const same = await skein(["diff", "a.ipynb", "a.ipynb"], { cwd });
    assert.deepEqual([same.code, same.out], [0, ""]);
    const differs = await skein(["diff", "a.ipynb", "b.ipynb"], { cwd });
    assert.equal(differs.code, 1);
    assert.match(differs.out, /^- a \* 7\n\+ a \* 8$/m);
    const one = await skein(["diff", "a.ipynb"], { cwd });
    assert.match(one.err, /expected two/);
  });
});

const hasGit = await new Deno.Command("git", { args: ["--version"] }).output()
  .then(() => true, () => false);

Deno.test({
  name: `skein strip and skein diff work in git${
    hasGit ? "" : " (skipped: no git here)"
  }`,
  ignore: !hasGit,
  fn: () =>
    inFolder(async (cwd) => {
      const git = async (...args: readonly string[]) => {
        const { stdout } = await new Deno.Command("git", {
          args: ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args],
          cwd,
          env: { NO_COLOR: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
          signal: AbortSignal.timeout(120_000),
        }).output();
        return new TextDecoder().decode(stdout);
      };
      const skein = `'${Deno.execPath()}' run -A '${MAIN}'`;
      await git("init", "-q", ".");
      await git("config", "filter.skein.clean", `${skein} strip`);
      await git("config", "diff.skein.command", `${skein} diff`);
      await Deno.writeTextFile(
        `${cwd}/.gitattributes`,
        "*.ipynb filter=skein diff=skein\n",
      );
      await Deno.writeTextFile(`${cwd}/a.ipynb`, NOTEBOOK);
      await git("add", "-A");
      await git("commit", "-q", "-m", "a");
      // The file has its outputs, what is committed has none, and git is quiet.
      assert.match(await git("show", "HEAD:a.ipynb"), /"outputs": \[\]/);
      assert.equal(await Deno.readTextFile(`${cwd}/a.ipynb`), NOTEBOOK);
      assert.equal(await git("status", "--short"), "");
      await Deno.writeTextFile(
        `${cwd}/a.ipynb`,
        NOTEBOOK.replace("* 7", "* 8"),
      );
      const lines = (await git("diff")).split("\n").slice(2)
        .filter((line) => line !== "");
      assert.deepEqual(lines, [
        "@@ cell 2 (code)",
        "  const a: number = 6;",
        "- a * 7",
        "+ a * 8",
      ]);
    }),
});

Deno.test("skein run and export take text notebooks", async () => {
  await inFolder(async (cwd) => {
    await Deno.writeTextFile(
      `${cwd}/a.md`,
      "# Hi\n\n```typescript\n6 * 7\n```\n",
    );
    const run = await skein(["run", "a.md", "-o", "a.ipynb"], { cwd });
    assert.equal(run.code, 0, run.err);
    assert.match(await Deno.readTextFile(`${cwd}/a.ipynb`), /"42"/);
    const onto = await skein(["run", "a.md", "-o", "a.md"], { cwd });
    assert.equal(onto.code, 2);
    assert.match(onto.err, /a text notebook holds no outputs/);
    const page = await skein(["export", "a.md"], { cwd });
    assert.equal(page.code, 0, page.err);
    assert.match(await Deno.readTextFile(`${cwd}/a.html`), /<h1[^>]*>Hi/);
  });
});
