/**
 * Type tests of the public API: what a user writes infers what they expect, and
 * what is wrong is wrong before it runs.
 *
 * Nothing here is called; `deno check` is the test. A line after `@ts-expect-error`
 * that is no error any more fails it.
 */
import * as skein from "./mod.ts";
import {
  compare,
  crossover,
  lag,
  load,
  measure,
  memory,
  messageCost,
  pool,
  process,
  scale,
  show,
  spawnCost,
  switchCost,
  task,
  trace,
  worker,
} from "./mod.ts";

/** Whether two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

/** Takes only `true`: fails to compile where a type is another. */
function same<_T extends true>(): void {}

const square = (n: number) => n * n;
const join = (one: string, other: number) => `${one}${other}`;

/** Measurements: options, results, and what tells them apart. */
export async function measurements(): Promise<void> {
  const single = await measure(() => 1, { samples: 3 });
  same<Same<typeof single.type, "measurement">>();
  same<Same<typeof single.summary, skein.Summary>>();
  const command = await measure("sort a.txt");
  same<Same<typeof command.summary, skein.Summary>>();
  const several = await measure({ one: () => 1, other: ["sort", "a.txt"] });
  // @ts-expect-error Several have no one summary.
  several.summary;
  // @ts-expect-error A number is neither function nor command.
  await measure(5);
  // @ts-expect-error There is no such option.
  await measure(() => 1, { sample: 3 });

  const compared = await compare(join, { inputs: [["a", 1], ["b", 2]] });
  same<Same<typeof compared.type, "comparison">>();
  await compare(square, {
    inputs: [1, 2],
    models: ["async", "python-threads"],
  });
  // @ts-expect-error An input has the wrong type.
  await compare(square, { inputs: ["1"] });
  // @ts-expect-error There is no such model.
  await compare(square, { inputs: [1], models: ["threads"] });
  // @ts-expect-error A comparison needs inputs.
  await compare(square);

  const scaled = await scale(square, { inputs: [1, 2], n: [1, 2] });
  same<Same<typeof scaled.model, "workers" | "processes">>();
  // @ts-expect-error Sizes are needed.
  await crossover(square, {});
  const { curves } = await crossover(square, { sizes: [1, 2] });
  same<Same<typeof curves[0]["crossing"]["type"], "at" | "never" | "always">>();

  const { costs } = await messageCost({ modes: ["clone", "process", "pipe"] });
  same<
    Same<typeof costs[0]["mode"], skein.MessageMode>
  >();
  // @ts-expect-error There is no such way.
  await messageCost({ modes: ["copy"] });
  await memory({ models: ["promises"], k: [1, 2] });
  await spawnCost({ kinds: ["promise", "deno"] });
  const switched = await switchCost({ kinds: ["await"], oneCore: false });
  same<Same<typeof switched.oneCore, boolean>>();
}

/** Results told apart by their type. */
export function title(
  found: skein.Comparison | skein.LagReport | skein.MemoryCosts,
): string {
  switch (found.type) {
    case "comparison":
      return `${found.jobs} jobs`;
    case "lag":
      return `${found.p50Ms} ms`;
    case "memory":
      return found.count;
    default:
      return found satisfies never;
  }
}

/** Short forms. */
export async function shortForms(): Promise<void> {
  same<Same<Awaited<ReturnType<typeof watched>>, skein.ShownLag>>();
  same<Same<ReturnType<typeof open>, skein.LagWatch>>();
  await lag({ python: "1 + 1" });
  // @ts-expect-error Python needs code.
  await lag({ python: 5 });
  await load(() => 1, 100, { durationMs: 50 });
  // @ts-expect-error The rate is given already.
  await load(() => 1, 100, { rate: 5 });
  // @ts-expect-error A load needs a rate.
  await load(() => 1);
  await using threads = pool(4);
  const sum = await threads.run(join, ["a", 1]);
  same<Same<typeof sum, string>>();
  // @ts-expect-error An argument has the wrong type.
  await threads.run(join, [1, "a"]);

  function watched() {
    return lag(1000);
  }
  function open() {
    return lag();
  }
}

/** Functions elsewhere keep their types, made asynchronous. */
export async function elsewhere(): Promise<void> {
  await using there = worker(join);
  const joined = await there("a", 1);
  same<Same<typeof joined, string>>();
  // @ts-expect-error An argument is missing.
  await there("a");
  await using apart = process(square);
  same<Same<Awaited<ReturnType<typeof apart>>, number>>();
  const shipped = task(join);
  same<
    Same<typeof shipped, skein.Task<[one: string, other: number], string>>
  >();
}

/** Traces and views. */
export async function views(): Promise<void> {
  const run = await trace(() => Promise.resolve(7));
  same<Same<typeof run.value, number>>();
  skein.lockContention(run);
  skein.taskTree(run.recording);
  show(run, "locks", { size: "projector" });
  // @ts-expect-error There is no such view.
  show(run, "lock");
  // @ts-expect-error A number has no recording.
  skein.taskTree(5);
  const { findings } = await skein.explain(run);
  same<Same<typeof findings[0]["rule"], skein.RuleName>>();
}

Deno.test("what a user writes has the types that they expect", () => {
  // Checked by `deno check`; here, that the names exist at run time as well.
  for (const name of ["measure", "switchCost", "show", "explain"] as const) {
    if (typeof skein[name] !== "function") {
      throw new Error(`${name} is missing`);
    }
  }
});
