/**
 * Histories that can not be written: no cell is kept from running, now or later.
 * @module
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { FileHistory } from "../../kernel/mod.ts";
import { fromFileUrl } from "../../session/mod.ts";
import { TestKernel } from "../kernel/open_kernel.ts";

/** Runs cells with a history file that somebody has spoilt. */
async function check(
  spoil: (path: string) => Disposable | void | Promise<void>,
  isTold: boolean,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    using _spoilt = await spoil(path) ?? null;
    const told: string[] = [];
    using history = new FileHistory(path, (line) => told.push(line));
    await using kernel = new TestKernel({ history });
    assert.equal((await kernel.run("1 + 1")).result, "2");
    assert.equal((await kernel.run("2 + 2")).result, "4");
    const run = await kernel.request("history_request", {
      hist_access_type: "tail",
      n: 10,
      output: true,
    }).ended();
    const [reply] = run.contents("history_reply");
    const entries = reply?.history as [unknown, number, [string, string]][];
    assert.deepEqual(entries.map(([, line, source]) => [line, source]), [
      [1, ["1 + 1", "2"]],
      [2, ["2 + 2", "4"]],
    ]);
    assert.equal((await kernel.run("3 + 3")).result, "6");
    assert.equal(told.length, isTold ? 1 : 0, told.join("\n"));
    if (isTold) assert.match(told[0]!, /^History is kept in memory only: /);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function openDatabase(path: string, sql: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(sql);
  return database;
}

Deno.test("kernel runs cells while its history is locked", async () => {
  await check((path) => {
    const database = openDatabase(path, "BEGIN EXCLUSIVE");
    return { [Symbol.dispose]: () => database.close() };
  }, false);
});

Deno.test("kernel runs cells although its history is none of ours", async () => {
  await check((path) => {
    openDatabase(path, "CREATE TABLE entries (a, b); CREATE TABLE sessions (c)")
      .close();
  }, true);
});

Deno.test("kernel runs cells although its history is no database", async () => {
  await check((path) => Deno.writeTextFile(path, "text ".repeat(5000)), true);
});

Deno.test("kernel runs cells although its history is a folder", async () => {
  await check((path) => Deno.mkdir(path), true);
});

Deno.test("kernel runs cells although its history can not be made", async () => {
  await check((path) => Deno.remove(path.slice(0, path.lastIndexOf("/"))), true)
    // The folder is gone already.
    .catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
});

Deno.test("kernel runs cells although its history is cut short meanwhile", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    const told: string[] = [];
    using history = new FileHistory(path, (line) => told.push(line));
    await using kernel = new TestKernel({ history });
    assert.equal((await kernel.run("1 + 1")).result, "2");
    history.find({ type: "tail", n: 1 });
    for await (const { name } of Deno.readDir(folder)) {
      await Deno.truncate(`${folder}/${name}`, 100);
    }
    for (let i = 0; i < 3; i++) {
      assert.equal((await kernel.run("40 + 2")).result, "42");
      const content = { hist_access_type: "search", pattern: "*" };
      const run = await kernel.request("history_request", content).ended();
      assert.equal(run.status, "ok");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("kernels that open one history at once lose nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    const names = Array.from({ length: 6 }, (_, i) => `kernel ${i}`);
    const outputs = await Promise.all(
      names.map((name) =>
        new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--no-check", WRITER, path, name, "20"],
        }).output()
      ),
    );
    const texts = outputs.map(({ stdout, stderr }) =>
      new TextDecoder().decode(stdout.length > 0 ? stdout : stderr).trim()
    );
    assert.deepEqual(texts, names.map(() => "[]"));
    const database = new DatabaseSync(path);
    const { n } = database.prepare("SELECT count(*) AS n FROM entries").get()!;
    database.close();
    assert.equal(n, 6 * 20);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test({
  name: "FileHistory is nobody else's to read (skipped on Windows)",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const path = `${folder}/history.sqlite`;
      // As versions before have left it.
      await Deno.writeTextFile(path, "", { mode: 0o644 });
      using history = new FileHistory(path, assert.fail);
      history.append({ line: 1, source: "1", output: null });
      history.find({ type: "tail", n: 1 });
      for await (const { name } of Deno.readDir(folder)) {
        const { mode } = await Deno.stat(`${folder}/${name}`);
        assert.equal(mode! & 0o777, 0o600, name);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("FileHistory reads what versions before have written", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    using old = openDatabase(
      path,
      `PRAGMA journal_mode = WAL;
       CREATE TABLE sessions (session INTEGER PRIMARY KEY AUTOINCREMENT,
         started TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
       CREATE TABLE entries (session INTEGER NOT NULL, line INTEGER NOT NULL,
         source TEXT NOT NULL, output TEXT, PRIMARY KEY (session, line)) WITHOUT ROWID;
       INSERT INTO sessions DEFAULT VALUES;
       INSERT INTO entries VALUES (1, 1, 'old', NULL);`,
    );
    for (const isOldOver of [false, true]) {
      if (isOldOver) old.close();
      using history = new FileHistory(path, assert.fail);
      history.append({ line: 1, source: "new", output: null });
      const [first] = history.find({ type: "tail", n: 10 });
      assert.deepEqual([first?.session, first?.source], [1, "old"]);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("FileHistory keeps the beginning of a long output, and no endless file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/history.sqlite`;
    using history = new FileHistory(path, assert.fail);
    history.append({ line: 1, source: "long", output: null });
    history.setOutput(1, "x".repeat(10_000_000));
    const [entry] = history.find({ type: "tail", n: 1 });
    assert.equal(entry?.output?.length, 64 * 1024 + 1);
    for (let session = 2; session <= 21; session++) {
      for (let line = 1; line <= 1100; line++) {
        history.append({ line, source: `cell ${line}`, output: null });
      }
      history.beginSession();
    }
    history.beginSession();
    const all = history.find({ type: "tail", n: 1_000_000 });
    assert.ok(all.length < 22_100, `${all.length} entries`);
    assert.equal(all.at(-1)?.source, "cell 1100");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const WRITER = fromFileUrl(import.meta.resolve("./history_writer.ts"));
