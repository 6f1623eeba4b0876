// What Workers and processes have in common, held to the same cases.
import assert from "node:assert/strict";
import { Recorder } from "../../trace/recorder.ts";
import type { Span } from "../../base/record/mod.ts";
import { MODELS, type RunModel } from "./models.ts";
import { task } from "../../run/task.ts";

const LINUX = Deno.build.os === "linux";
const REMOTE = [["workers", MODELS.workers], [
  "processes",
  MODELS.processes,
]] as const;

for (const [model, run] of REMOTE) {
  Deno.test(`${model} return what the jobs return, in the order of the inputs`, async () => {
    const work = task(async (n: number, map: Map<string, bigint>) => {
      await new Promise((resolve) => setTimeout(resolve, 20 - 10 * n));
      return { n, map, nothing: undefined };
    });
    const map = new Map([["a", 1n]]);
    assert.deepEqual(await start(run, work, [[0, map], [1, map]]).results, [
      { n: 0, map, nothing: undefined },
      { n: 1, map, nothing: undefined },
    ]);
  });

  Deno.test(`${model} record spans that follow each other within the run`, async () => {
    const work = task(async () => {
      for (let step = 0; step < 1e6; step++);
      await new Promise((resolve) => setTimeout(resolve, 10));
      for (let step = 0; step < 1e6; step++);
    });
    const startMs = performance.now();
    const { results, recorder } = start(run, work, [[], []]);
    await results;
    const lengthMs = recorder.nowMs() - startMs;
    const lanes = Map.groupBy(recorder.spans, ({ lane }) => lane);
    assert.equal(lanes.size, 2);
    for (const spans of lanes.values()) {
      assert.equal(spans[0]?.state, "starting");
      const states = spans.map(({ state }) => state);
      assert.ok(states.includes("waiting") && states.includes("messaging"));
      assertInOrder(spans);
      assert.ok((spans[0]?.startMs ?? -1) >= 0);
      assert.ok((spans.at(-1)?.endMs ?? Infinity) <= lengthMs);
    }
  });

  Deno.test(`${model} bring errors back with class, message, stack and cause`, async () => {
    const work = task(function failing() {
      class OddError extends Error {}
      throw new RangeError("no", { cause: new OddError("why") });
    });
    const error = await start(run, work, [[]]).results.catch((error) => error);
    assert.ok(error instanceof RangeError);
    assert.equal(error.message, "no");
    assert.match(error.stack ?? "", /at failing \(task:\d+:\d+\)/);
    assert.ok(error.cause instanceof Error);
    assert.deepEqual([error.cause.name, error.cause.message], [
      "OddError",
      "why",
    ]);
  });

  Deno.test(`${model} refuse results that cannot be copied`, async () => {
    const work = task(function makesFunction() {
      return () => 1;
    });
    await assert.rejects(start(run, work as never, [[]]).results, {
      name: "TypeError",
      message: /^Cannot return result of "makesFunction": /,
    });
  });

  Deno.test(`${model} give a job that ends by itself an error`, async () => {
    const work = task(function leaves() {
      Deno.exit(3);
    });
    await assert.rejects(start(run, work, [[]]).results, {
      message: /^Cannot finish "leaves"/,
    });
  });

  Deno.test(`${model} give a job an error that is thrown beside it`, async () => {
    const work = task(function late() {
      // Thrown in a timer: no promise of the job's can tell.
      setTimeout(() => {
        throw new Error("expected in this test");
      }, 1);
      return new Promise(() => {});
    });
    await assert.rejects(start(run, work, [[]]).results, {
      message: /^Cannot finish "late".*, expected a result$/s,
    });
  });

  Deno.test(`${model} end all jobs when one fails`, async () => {
    const before = await countRunning();
    const work = task(async (fails: boolean) => {
      if (fails) throw new RangeError("first");
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });
    await assert.rejects(start(run, work, [[false], [true], [false]]).results, {
      message: "first",
    });
    await untilRunning(before);
  });

  Deno.test(`${model} end with the signal, and leave nothing running`, async () => {
    const before = await countRunning();
    const work = task(async () => {
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });
    const controller = new AbortController();
    const { results } = start(run, work, [[], []], controller.signal);
    const ended = assert.rejects(results, { message: "enough" });
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await ended;
    await untilRunning(before);
  });

  Deno.test(`${model} start nothing for a signal that is aborted`, async () => {
    const work = task(() => 1);
    const signal = AbortSignal.abort(new Error("before"));
    await assert.rejects(start(run, work, [[]], signal).results, {
      message: "before",
    });
  });
}

Deno.test({
  name:
    "processes end with the signal even while they compute, with what they started",
  ignore: !LINUX,
  fn: async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const work = task(async (port: number) => {
      const child = new Deno.Command("sleep", { args: ["600"] }).spawn();
      const connection = await Deno.connect({ port });
      await connection.write(
        new TextEncoder().encode(`${Deno.pid} ${child.pid}`),
      );
      for (;;);
    });
    const controller = new AbortController();
    const { port } = listener.addr;
    const { results } = start(
      MODELS.processes,
      work as never,
      [[port]],
      controller.signal,
    );
    const ended = assert.rejects(results, { message: "enough" });
    using connection = await listener.accept();
    const bytes = new Uint8Array(100);
    const size = await connection.read(bytes) ?? 0;
    const pids = new TextDecoder().decode(bytes.subarray(0, size)).split(" ")
      .map(Number);
    assert.equal(pids.length, 2);
    for (const pid of pids) assert.ok(isAlive(pid));
    controller.abort(new Error("enough"));
    await ended;
    // The job's own child is handed to another parent, who may take its time.
    await until(
      () => pids.every((pid) => !isAlive(pid)),
      "the processes have ended",
    );
  },
});

Deno.test("processes pass on what their jobs print, without the reports", async () => {
  const program = `
    import { MODELS } from "${new URL("./models.ts", import.meta.url)}";
    import { task } from "${new URL("../../run/task.ts", import.meta.url)}";
    import { Recorder } from "${new URL(
    "../../trace/recorder.ts",
    import.meta.url,
  )}";
    const work = task((n) => { console.log("job", n); Deno.stdout.writeSync(new Uint8Array([33])); });
    const signal = new AbortController().signal;
    await MODELS.processes(work, [[7]], { signal, recorder: new Recorder() });`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-config", "--no-lock", "--quiet", asUrl(program)],
    signal: AbortSignal.timeout(30_000),
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "job 7\n!");
});

function start(
  run: RunModel,
  work: Parameters<RunModel>[0],
  inputs: readonly (readonly unknown[])[],
  signal = new AbortController().signal,
) {
  const recorder = new Recorder();
  return { results: run(work, inputs, { signal, recorder }), recorder };
}

function assertInOrder(spans: readonly Span[]): void {
  for (const [index, span] of spans.entries()) {
    const next = spans[index + 1];
    // The two clocks of a process agree to a fraction of a millisecond.
    if (next) {
      assert.ok(
        next.startMs >= span.endMs - 1e-6,
        `${span.state}, ${next.state}`,
      );
    }
  }
}

/** Counts Worker threads and child processes of this process. */
async function countRunning(): Promise<number> {
  if (!LINUX) return 0;
  let count = 0;
  for await (const { name } of Deno.readDir("/proc/self/task")) {
    const path = `/proc/self/task/${name}`;
    const comm = await Deno.readTextFile(`${path}/comm`).catch(() => "");
    const children = await Deno.readTextFile(`${path}/children`).catch(() =>
      ""
    );
    if (comm.startsWith("worker-")) count++;
    count += children.split(" ").filter(Boolean).length;
  }
  return count;
}

function untilRunning(count: number): Promise<void> {
  return until(
    async () => await countRunning() <= count,
    `no more than ${count} are running`,
  );
}

/** Waits for something that the system does in its own time. */
async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const deadline = AbortSignal.timeout(10_000);
  while (!await isTrue()) {
    assert.ok(!deadline.aborted, `Waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    // No such directory: it is gone.
    return false;
  }
}

function asUrl(program: string): string {
  return `data:text/javascript,${encodeURIComponent(program)}`;
}
