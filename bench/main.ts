/**
 * `deno task bench`: measures what README claims, side by side with a bare
 * `deno run`, in rounds that take turns, so that a slow moment hits all alike.
 *
 * Prints, never asserts: a test that asserts a time fails on a busy machine.
 * @module
 */
import { Kernel } from "../kernel/mod.ts";
import { measureNotebookRun, measureScript } from "./whole_process.ts";
import { printRows, type Row, summarize } from "./report.ts";
import { measureFirstResult } from "./session.ts";

const ROUNDS = 9;
const CELLS = 300;
const WARM_UP = 30;

const samples: Record<string, number[]> = {};
const add = (name: string, ms: number) => (samples[name] ??= []).push(ms);

for (let round = 0; round < ROUNDS; round++) {
  add("empty script", await measureScript());
  add("session", await measureFirstResult());
  add("notebook", await measureNotebookRun());
}
for (const ms of await measureRoundTrips(CELLS)) add("1+1", ms);

const empty = summarize(samples["empty script"]!);
const rows: Row[] = [
  { name: "deno run of an empty script, whole process", summary: empty },
  {
    name: "session start to first result",
    summary: summarize(samples["session"]!),
    goal: "120 ms",
    than: empty,
  },
  {
    name: "1+1 through the kernel object",
    summary: summarize(samples["1+1"]!),
    goal: "1 ms",
  },
  {
    name: "skein run of 10 trivial cells, whole process",
    summary: summarize(samples["notebook"]!),
    goal: "400 ms",
    than: empty,
  },
];
printRows(rows);

/** Milliseconds from each request to its reply, warm. */
async function measureRoundTrips(count: number): Promise<number[]> {
  let answered: () => void = () => {};
  await using kernel = new Kernel({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    send: ({ header }) => {
      if (header.msg_type === "execute_reply") answered();
    },
  });
  const times: number[] = [];
  for (let i = -WARM_UP; i < count; i++) {
    const { promise, resolve } = Promise.withResolvers<void>();
    answered = resolve;
    const startMs = performance.now();
    const header = {
      msg_id: String(i),
      session: "bench",
      msg_type: "execute_request",
    };
    kernel.handle({ header, content: { code: "1+1" } }, { channel: "shell" });
    await promise;
    if (i >= 0) times.push(performance.now() - startMs);
  }
  return times;
}
