import assert from "node:assert/strict";
import type { Launched, LaunchOptions } from "../session/mod.ts";
import { notebookUrl, startEarly, takeEarly } from "./early_session.ts";

const MODULES = { skein: "file:///mod.ts" };

/** Starts nothing, and notes with what. */
async function start(args: readonly string[], name?: string) {
  const asked: LaunchOptions[] = [];
  const killed: string[] = [];
  const launched = {
    process: {
      kill: (signal: string) => killed.push(signal),
      status: Promise.resolve({}),
    },
    dispose: async () => {},
  } as unknown as Launched;
  const early = await startEarly(args, {
    launch(options) {
      asked.push(options);
      return launched;
    },
    modules: MODULES,
    env: (key) => key === "JPY_SESSION_NAME" ? name : undefined,
  });
  return { early, asked, killed, launched };
}

Deno.test("startEarly() starts a session only where all is allowed and nothing is limited", async () => {
  const file = ["--connection-file", "k.json"];
  for (
    const args of [
      file,
      [...file, "--allow-net"],
      [...file, "--allow-all", "--max-heap-mb", "100"],
      [...file, "--allow-all", "--max-heap-mb=100"],
      ["--help", "--allow-all"],
    ]
  ) {
    const { early, asked } = await start(args);
    assert.equal(early, undefined, args.join(" "));
    assert.equal(asked.length, 0);
  }
  const { asked } = await start([...file, "--allow-all"], "a/my notes.ipynb");
  assert.equal(asked.length, 1);
  assert.equal(asked[0]!.permissions.type, "all");
  assert.equal(
    asked[0]!.notebookUrl,
    notebookUrl(Deno.cwd(), "a/my notes.ipynb"),
  );
  assert.match(asked[0]!.notebookUrl, /\/my%20notes\.ipynb$/);
  assert.match(asked[0]!.configPath ?? "", /deno\.json$/);
  assert.deepEqual(asked[0]!.modules, MODULES);
});

Deno.test("takeEarly() takes what the kernel would start, and ends all else", async () => {
  const right = async () => {
    const { early, killed, launched } = await start(["--allow-all"]);
    return { early: early!, killed, launched };
  };
  const { early, killed, launched } = await right();
  assert.equal(takeEarly(early, early.options), launched);
  assert.deepEqual(killed, []);
  const others: readonly Partial<LaunchOptions>[] = [
    { notebookUrl: "file:///other.ipynb" },
    { configPath: "/other/deno.json" },
    { maxHeapMb: 5 },
    {
      permissions: { type: "some" } as unknown as LaunchOptions["permissions"],
    },
  ];
  for (const other of others) {
    const { early, killed } = await right();
    assert.equal(takeEarly(early, { ...early.options, ...other }), undefined);
    assert.deepEqual(killed, ["SIGKILL"]);
  }
  assert.equal(takeEarly(undefined, early.options), undefined);
});
