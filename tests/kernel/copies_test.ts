// Copies of the session: what cells may start that may start no program.
import assert from "node:assert/strict";
import { defaultPermissions, fromFileUrl } from "../../session/mod.ts";
import { isAlive, untilGone } from "../session/within.ts";
import { openFolder, type TestFolder, TestKernel } from "./open_kernel.ts";

const SKEIN = import.meta.resolve("../../mod.ts");
const CONFIG = fromFileUrl(import.meta.resolve("../../deno.json"));

/** A kernel with the rights that a notebook has unless the user says otherwise. */
async function openDefault(
  folder: TestFolder,
  change: Partial<ReturnType<typeof defaultPermissions>> = {},
): Promise<TestKernel> {
  const permissions = defaultPermissions(folder.path);
  const kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    configPath: CONFIG,
    permissions: { ...permissions, ...change } as typeof permissions,
  });
  const loaded = await kernel.run(
    `import { process, compare, task } from ${JSON.stringify(SKEIN)};`,
  );
  assert.equal(loaded.error, "");
  return kernel;
}

Deno.test("a function has a process without any grant, and its errors come back", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = await kernel.run(`
    const work = process((n) => {
      if (n < 0) throw new RangeError("too small", { cause: n });
      return { doubled: 2 * n, pid: Deno.pid };
    });
    const { doubled, pid } = await work(21);
    [doubled, pid !== Deno.pid]`);
  assert.equal(run.result, "[ 42, true ]", run.error);
  const failed = await kernel.run("await work(-1)");
  assert.match(failed.error, /^RangeError: too small\n/);
  const again = await kernel.run("(await work(1)).pid === pid");
  assert.equal(again.result, "true", again.error);
});

Deno.test("compare runs all four ways without any grant", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = await kernel.run(`
    const square = task((n) => n * n);
    const { results, findings } = await compare(square, { inputs: [2, 3], samples: 3 });
    console.log(findings.join(" "));
    JSON.stringify(results.map(({ model, results }) => [model, ...results]))`);
  assert.equal(
    run.result,
    `'[["sequential",4,9],["async",4,9],["workers",4,9],["processes",4,9]]'`,
    run.error,
  );
  assert.doesNotMatch(run.text(), /left out/);
});

Deno.test("costs of processes are measured without any grant, and say by which line", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  await kernel.run(
    `import { messageCost, spawnCost, switchCost } from ${
      JSON.stringify(SKEIN)
    };`,
  );
  const check = async (call: string, row: string, words: RegExp) => {
    const { result, error } = await kernel.run(`
      var { costs, findings } = await ${call};
      var row = costs.find(({ kind, mode }) => (kind ?? mode) === "${row}");
      [(row.samples ?? row.samplesMs ?? row.points[1].samplesMs).length, ...findings].join("; ")`);
    assert.equal(error, "");
    assert.match(String(result), /^["'`]3; /);
    assert.match(String(result), words);
  };
  await check(
    `switchCost({ samples: 3 })`,
    "process",
    /processes, by sockets, /,
  );
  await check(
    `spawnCost({ samples: 3, kinds: ["promise", "deno"] })`,
    "deno",
    /copy of this session/,
  );
  await check(
    `messageCost({ samples: 3, modes: ["pipe"], sizes: [64, 300_000], burst: 5 })`,
    "pipe",
    /loopback socket/,
  );
});

Deno.test("a copy has the rights of its session, no more and no less", async () => {
  await using folder = await openFolder({ "in.txt": "inside" });
  await using kernel = await openDefault(folder, { env: ["HOME"] });
  const ask = `(path) => {
    const attempt = (act) => { try { return String(act()); } catch (error) { return error.name; } };
    return [
      () => Deno.readTextFileSync(path + "/in.txt"),
      () => { Deno.writeTextFileSync(path + "/out.txt", "x"); return "written"; },
      () => Deno.readTextFileSync("/etc/hostname"),
      () => { Deno.writeTextFileSync("/tmp/skein-copy-test", "x"); },
      () => new Deno.Command("id").outputSync(),
      () => new Deno.Command(Deno.execPath()).outputSync(),
      () => typeof Deno.env.get("HOME"),
      () => Deno.env.get("PATH"),
      () => Deno.hostname(),
      () => { Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(); return "listens"; },
      () => { Deno.listen({ hostname: "0.0.0.0", port: 0 }).close(); return "listens"; },
      () => Deno.cwd(),
    ].map(attempt);
  }`;
  const path = JSON.stringify(folder.path);
  const run = await kernel.run(`
    const ask = ${ask};
    const there = JSON.stringify(await process(ask)(${path}));
    const here = JSON.stringify(ask(${path}));
    console.log(there);
    there === here || here`);
  assert.equal(run.error, "");
  assert.equal(run.result, "true");
  const found = JSON.parse(run.text());
  assert.deepEqual(found.slice(0, 6), [
    "inside",
    "written",
    ...Array(4).fill("NotCapable"),
  ]);
});

Deno.test("what a copy prints reaches the cell that calls it, in order with what the cell prints", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const first = await kernel.run(`
    const loud = process((n) => {
      for (let i = 0; i < 200; i++) console.log("line " + i + " of " + n);
      console.error("the end of " + n);
      return n;
    });
    await loud(99);`);
  assert.equal(first.text("stderr"), "the end of 99\n");
  const run = await kernel.run(`
    for (let n = 0; n < 5; n++) {
      console.log("ask " + n);
      console.log("got " + await loud(n));
    }`);
  assert.equal(run.error, "");
  const lines = run.text("stdout").trimEnd().split("\n");
  const expected = [0, 1, 2, 3, 4].flatMap((n) => [
    `ask ${n}`,
    ...Array.from({ length: 200 }, (_, i) => `line ${i} of ${n}`),
    `got ${n}`,
  ]);
  assert.deepEqual(lines, expected);
  assert.equal(
    run.text("stderr"),
    "0\n1\n2\n3\n4\n".replace(/^/gm, "the end of ").replace(/the end of $/, ""),
  );
  // All of it before the cell was over.
  assert.equal(run.types.at(-1), "status");
});

Deno.test("an interrupt ends a copy that computes, and what is called next works", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = kernel.start(`
    const spin = process((spins) => {
      if (spins) console.log("pid " + Deno.pid);
      while (spins);
      return 7;
    });
    await spin(true)`);
  await run.printed("pid ");
  const pid = Number(/pid (\d+)/.exec(run.text())![1]);
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  await untilGone(pid);
  const next = await kernel.run("await spin(false)");
  assert.equal(next.result, "7", next.error);
});

Deno.test("copies end with a session that is killed, and with one that is closed", async () => {
  await using folder = await openFolder();
  const start = `
    const work = process(() => { console.log("pid " + Deno.pid); for (;;); });
    work().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 0)); 1`;
  let pid: number;
  {
    await using kernel = await openDefault(folder);
    const run = kernel.start(start);
    await run.printed("pid ");
    const killed = Number(/pid (\d+)/.exec(run.text())![1]);
    await run.ended();
    const end = await kernel.run(`Deno.exit(3)`);
    assert.match(end.error, /^SessionEnded/);
    await untilGone(killed);
    await kernel.run(
      `import { process, compare, task } from ${JSON.stringify(SKEIN)};`,
    );
    const again = kernel.start(start);
    await again.printed("pid ");
    pid = Number(/pid (\d+)/.exec(again.text())![1]);
    assert.ok(isAlive(pid));
  }
  assert.equal(isAlive(pid), false);
});

Deno.test("a copy that ends by itself is told of as any process", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = await kernel.run(`
    const leave = process((code) => code === 0 ? code : Deno.exit(code));
    console.log(await leave(3).catch(String));
    console.log(await leave(0));`);
  assert.match(
    run.text(),
    /^Error: Cannot finish ".*": its process ended with code 3, expected a result\n0\n$/,
    run.error,
  );
});

Deno.test("cells are told what a copy needs that they may not use", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder, { net: [] });
  const run = await kernel.run("await process(() => 1)()");
  assert.match(
    run.error,
    /^Error: Cannot start process: this notebook may not use the loopback network, expected --allow-net=127\.0\.0\.1\n/,
  );
  const compared = await kernel.run(
    `(await compare(task((n) => n), { inputs: [1], samples: 3 })).findings.join("\\n")`,
  );
  assert.match(
    String(compared.result),
    /Processes were left out: the loopback network is not permitted, allow it with `skein run --allow-net=127\.0\.0\.1`/,
    compared.error,
  );
});

Deno.test("a copy starts no copy of itself, and says what would help", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = await kernel.run(`
    const outer = process(async (skein) => {
      const { process } = await import(skein);
      return await process(() => 1)().catch(String);
    });
    await outer(${JSON.stringify(SKEIN)})`);
  assert.match(
    String(run.result),
    /NotCapable: Cannot start process: running ".*" is not permitted here, expected a cell of a notebook, or --allow-run=/,
    run.error,
  );
});

Deno.test("programs need a grant all the same", async () => {
  await using folder = await openFolder();
  await using kernel = await openDefault(folder);
  const run = await kernel.run(`await process(["id"])`);
  assert.match(run.error, /^NotCapable: Requires run access to "id"/);
});
