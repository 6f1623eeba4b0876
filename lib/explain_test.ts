import assert from "node:assert/strict";
import { DISPLAY } from "./base/mod.ts";
import { measure } from "./measure/measure/measure.ts";
import { trace } from "./trace.ts";
import { explain, type Explainable } from "./explain.ts";
import type { Finding } from "./explain/mod.ts";
import { record } from "./explain/test_recording.ts";

/** Starts Workers that run code on each message, and awaits that all are there. */
async function startWorkers(count: number, code: string): Promise<Worker[]> {
  const text = `onmessage = ({ data }) => { ${code} postMessage("done"); };
postMessage("ready");`;
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  const workers = Array.from(
    { length: count },
    () => new Worker(url, { type: "module" }),
  );
  await Promise.all(workers.map(hear));
  return workers;
}

function hear(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = (event) => reject(new Error(event.message));
  return promise;
}

async function ask(worker: Worker, message: unknown): Promise<void> {
  const answer = hear(worker);
  worker.postMessage(message);
  await answer;
}

async function find(
  value: Explainable,
  rule: Finding["rule"],
): Promise<Finding> {
  const { findings } = await explain(value);
  const names = findings.map((finding) => finding.rule);
  assert.ok(names.includes(rule), `${rule} is among ${names}`);
  return findings.find((finding) => finding.rule === rule)!;
}

Deno.test("explain() finds code of a real run that holds the event loop", async () => {
  const run = await trace(async (t) => {
    // Longer by far than what is held: a timer is due meanwhile, however slow the machine.
    const endMs = performance.now() + 200;
    await t.task("hog", () => {
      while (performance.now() < endMs) Math.sqrt(endMs);
    });
  }, { cores: false });
  const { lanes, sentence } = await find(run, "loop held");
  assert.deepEqual(lanes, ["hog"]);
  assert.match(
    sentence,
    /by code of task hog, called at explain_test\.ts:\d+:/,
  );
});

Deno.test("explain() finds real Workers that are asked in turn", async () => {
  const run = await trace(async () => {
    const workers = await startWorkers(
      2,
      `const endMs = performance.now() + 40;
       while (performance.now() < endMs) Math.sqrt(endMs);`,
    );
    for (const worker of workers) await ask(worker, null);
    for (const worker of workers) worker.terminate();
  }, { cores: false });
  const { lanes } = await find(run, "one at a time");
  assert.deepEqual(lanes, ["worker 1", "worker 2"]);
});

Deno.test("explain() finds jobs of a pool that cost more to send than to do", async () => {
  const timing = {
    queueMs: 3,
    serialiseMs: 0.01,
    wakeMs: 0.05,
    loadMs: 0,
    runMs: 0.01,
    deserialiseMs: 0.01,
  };
  const reports = Array.from(
    { length: 12 },
    (_, i) => ({ value: i, thread: 1 + i % 2, timing }),
  );
  const { sentence, lanes } = await find(reports, "small round trips");
  assert.match(sentence, /^Round trips of 70\.0 µs carry 10\.0 µs of work/);
  assert.deepEqual(lanes, ["worker 1", "worker 2"]);
  const long = reports.map((one) => ({
    ...one,
    timing: { ...timing, runMs: 5 },
  }));
  assert.deepEqual((await explain(long)).findings, []);
});

Deno.test("explain() shows a list, in Markdown and in words, and says when there is none", async () => {
  const stairs = record({
    "worker 1": [["running", 0, 30]],
    "worker 2": [["running", 0, 100]],
  }, { title: "a <b>" });
  const found = await explain({ recording: stairs });
  assert.deepEqual(Object.keys(found), ["title", "findings"]);
  const bundle = await found[DISPLAY]();
  assert.match(
    String(bundle["text/plain"]),
    /^What the numbers of "a <b>" say\n- Stair-step ends: .*\n {2}Cut the work/,
  );
  assert.match(
    String(bundle["text/markdown"]),
    /^\*\*What the numbers of "a \\<b\\>" say\*\*\n\n- Stair-step ends: .*\n\n {2}\*Cut the work.*\*\n/,
  );
  const nothing = await explain(record({}));
  assert.match(
    String((await nothing[DISPLAY]())["text/plain"]),
    /nothing stands out\.$/,
  );
});

Deno.test("explain() shows what others have found of themselves", async () => {
  const measured = await measure(() => {}, { samples: 3 });
  const { title, findings } = await explain(measured);
  assert.equal(title, measured.title);
  assert.deepEqual(
    findings.map(({ sentence }) => sentence),
    measured.findings,
  );
});

Deno.test("explain() refuses what it cannot explain", async () => {
  for (const value of [undefined, 7, {}, [1]]) {
    await assert.rejects(
      explain(value as unknown as Explainable),
      {
        name: "TypeError",
        message: /^Cannot explain: .*, expected what trace/,
      },
    );
  }
});
