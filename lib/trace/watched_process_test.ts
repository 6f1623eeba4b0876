import assert from "node:assert/strict";
import { process } from "../run/pool/process.ts";
import { trace } from "../trace.ts";

const DENO = Deno.execPath();
const ARGS = ["eval", "console.log(1)"];
const QUIET = { cores: false } as const;

Deno.test("trace() gives each subprocess one lane, however it is started", async () => {
  const { value, recording } = await trace(async () => {
    const options = { args: ARGS, stdout: "piped", stderr: "null" } as const;
    const first = new Deno.Command(DENO, options);
    const child = first.spawn();
    const { stdout } = await child.output();
    const second = await first.output();
    const third = first.outputSync();
    return [stdout, second.stdout, third.stdout].map((bytes) =>
      new TextDecoder().decode(bytes).trim()
    );
  }, QUIET);
  assert.deepEqual(value, ["1", "1", "1"]);
  const name = DENO.split("/").at(-1);
  const processes = recording.lanes.filter(({ kind }) => kind === "process");
  assert.deepEqual(
    processes.map(({ id }) => id),
    [`process 1 ${name}`, `process 2 ${name}`, `process 3 ${name}`],
  );
  for (const { id } of processes) {
    const spans = recording.spans.filter(({ lane }) => lane === id);
    assert.equal(spans.at(-1)?.state, "alive");
    const links = recording.links.filter(({ to }) => to === id);
    assert.deepEqual(links.map(({ kind, from }) => [kind, from]), [
      ["spawn", "main"],
    ]);
  }
  const blocked = recording.spans.filter(({ state }) => state === "blocked");
  assert.deepEqual(
    blocked.map(({ lane, reason }) => [lane, reason]),
    [["main", `process 3 ${name}`]],
  );
});

Deno.test("trace() gives the lane of a task that starts a process an arrow to it", async () => {
  const { recording } = await trace((t) =>
    t.task("build", async () => {
      await new Deno.Command(DENO, { args: ["--version"] }).output();
    }), QUIET);
  const spawns = recording.links.map(({ from, to }) => `${from} > ${to}`);
  assert.deepEqual(spawns, [
    "main > build",
    `build > process 1 ${DENO.split("/").at(-1)}`,
  ]);
});

Deno.test("trace() gives a process one lane, also where process() tells of it too", async () => {
  const { recording } = await trace(async () => {
    await using double = process(function double(n: number) {
      return 2 * n;
    });
    await double(1);
    await process([DENO, ...ARGS]);
  }, QUIET);
  const name = DENO.split("/").at(-1);
  const processes = recording.lanes.filter(({ kind }) => kind === "process");
  assert.deepEqual(
    processes.map(({ id }) => id),
    [`process 1 ${name}`, `process 2 ${name}`],
  );
  const calls = recording.spans
    .filter(({ label, lane }) => label === "double" && lane !== "main");
  assert.ok(calls.length > 0);
  assert.ok(calls.every(({ lane }) => lane === `process 1 ${name}`));
  const spawns = recording.links.filter(({ kind }) => kind === "spawn");
  assert.equal(spawns.length, 2);
});

Deno.test("trace() passes on that a program is not there", async () => {
  const error = await trace(
    async () => await new Deno.Command("./no-such-program").output(),
    QUIET,
  ).catch((error) => error);
  assert.ok(error instanceof Deno.errors.NotFound);
});
