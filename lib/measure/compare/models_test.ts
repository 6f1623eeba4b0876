import assert from "node:assert/strict";
import { Recorder } from "../../trace/recorder.ts";
import { MODELS } from "./models.ts";
import { task } from "../../run/task.ts";

Deno.test("sequential starts a job when the one before has ended", async () => {
  const work = task(async (n: number) =>
    await new Promise<number>((resolve) => setTimeout(resolve, 5, n))
  );
  const recorder = new Recorder();
  const { signal } = new AbortController();
  assert.deepEqual(
    await MODELS.sequential(work, [[1], [2]], { signal, recorder }),
    [1, 2],
  );
  const [first, second] = ["job 1", "job 2"].map((job) =>
    recorder.spans.filter(({ label }) => label === job)
  );
  assert.ok(first && second);
  assert.ok((first.at(-1)?.endMs ?? NaN) <= (second[0]?.startMs ?? NaN));
  assert.ok(
    recorder.spans.every(({ lane, kind }) =>
      lane === "main" && kind === "main"
    ),
  );
});

Deno.test("async starts all jobs before the first has ended", async () => {
  const work = task(async (n: number) =>
    await new Promise<number>((resolve) => setTimeout(resolve, 5, n))
  );
  const recorder = new Recorder();
  const { signal } = new AbortController();
  assert.deepEqual(await MODELS.async(work, [[1], [2]], { signal, recorder }), [
    1,
    2,
  ]);
  const [first, second] = ["job 1", "job 2"].map((job) =>
    recorder.spans.filter(({ lane }) => lane === job)
  );
  assert.ok((second?.[0]?.startMs ?? NaN) < (first?.at(-1)?.endMs ?? NaN));
});

for (const model of ["sequential", "async"] as const) {
  Deno.test(`${model} stops waiting when the signal says so`, async () => {
    const work = task(() => new Promise(() => {}));
    const controller = new AbortController();
    const options = { signal: controller.signal, recorder: new Recorder() };
    const run = assert.rejects(MODELS[model](work, [[], []], options), {
      message: "enough",
    });
    controller.abort(new Error("enough"));
    await run;
  });

  Deno.test(`${model} throws what a job throws`, async () => {
    const work = task((n: number) => {
      if (n === 2) throw new RangeError("second");
    });
    const options = {
      signal: new AbortController().signal,
      recorder: new Recorder(),
    };
    await assert.rejects(MODELS[model](work, [[1], [2]], options), {
      name: "RangeError",
      message: "second",
    });
  });
}

Deno.test("workers and processes are asked of the global constructors, at call time", async () => {
  const { Worker } = globalThis;
  const { Command } = Deno;
  const asked: string[] = [];
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      asked.push("worker");
    }
  };
  Deno.Command = class extends Command {
    constructor(command: string | URL, options?: Deno.CommandOptions) {
      super(command, options);
      // Not its guard, a shell; see `orphan_guard.ts`.
      if (command === Deno.execPath()) asked.push("process");
    }
  };
  try {
    const options = {
      signal: new AbortController().signal,
      recorder: new Recorder(),
    };
    await MODELS.workers(task(() => 1), [[]], options);
    await MODELS.processes(task(() => 1), [[]], options);
  } finally {
    globalThis.Worker = Worker;
    Deno.Command = Command;
  }
  assert.deepEqual(asked, ["worker", "process"]);
});
