import assert from "node:assert/strict";
import type { Recording } from "../base/record/mod.ts";
import { trace } from "../trace.ts";
import { UNWATCHED } from "../base/record/mod.ts";

const ECHO = `onmessage = ({ data }) => postMessage(data);`;

function toAddress(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

/** Sends a message and awaits the answer. */
function ask(worker: Worker, message: unknown): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  worker.addEventListener("message", ({ data }) => resolve(data), {
    once: true,
  });
  worker.postMessage(message);
  return promise;
}

function check({ spans, links }: Recording, lane: string): void {
  const own = spans.filter((span) => span.lane === lane);
  assert.equal(own[0]?.state, "starting");
  assert.ok(own.some(({ label }) => label === "message"));
  const written = links.map(({ kind, from, to }) => `${kind} ${from} ${to}`);
  assert.deepEqual(written, [
    `spawn main ${lane}`,
    `message main ${lane}`,
    `message ${lane} main`,
  ]);
  const [, there, back] = links;
  assert.ok(there!.startMs <= there!.endMs);
  assert.ok(there!.endMs <= back!.startMs, "it answered what it had received");
  assert.ok(back!.startMs <= back!.endMs);
}

async function traceWorker(
  make: () => Worker,
  message: unknown = 1,
): Promise<Recording> {
  const { value, recording } = await trace(async () => {
    const worker = make();
    const answer = await ask(worker, message);
    worker.terminate();
    return answer;
  }, { cores: false });
  assert.deepEqual(value, message);
  return recording;
}

Deno.test("trace() sees both ends of a Worker's messages", async () => {
  const recording = await traceWorker(
    () => new Worker(toAddress(ECHO), { type: "module", name: "echo" }),
    new Uint8Array(8),
  );
  check(recording, "echo");
  assert.equal(recording.links[1]!.bytes, 8);
  assert.deepEqual(recording.lanes.map(({ kind }) => kind), ["main", "worker"]);
});

Deno.test("trace() sees into a Worker whose blob has no type and is revoked at once", async () => {
  const recording = await traceWorker(() => {
    const url = URL.createObjectURL(new Blob([ECHO]));
    const worker = new Worker(url, { type: "module", name: "blob" });
    URL.revokeObjectURL(url);
    return worker;
  });
  check(recording, "blob");
});

Deno.test("trace() sees into a Worker of a TypeScript file", async () => {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    path,
    `self.addEventListener("message", (event: MessageEvent) =>
       (self as unknown as Worker).postMessage(event.data));`,
  );
  const { href } = new URL(`file://${path}`);
  const recording = await traceWorker(() =>
    new Worker(href, { type: "module", name: "file" })
  );
  check(recording, "file");
  await Deno.remove(path);
});

Deno.test("trace() lets a Worker's own listeners be as they are", async () => {
  const text = `
    const heard = [];
    const gone = () => heard.push("gone");
    self.addEventListener("message", gone);
    self.removeEventListener("message", gone);
    self.addEventListener("message", { handleEvent: () => heard.push("object") });
    self.addEventListener("message", () => heard.push("once"), { once: true });
    const handler = function () {
      heard.push(this === globalThis, onmessage === handler);
      if (heard.length < 6) return;
      postMessage(heard);
    };
    onmessage = handler;
  `;
  const run = await trace(async () => {
    const worker = new Worker(toAddress(text), { type: "module" });
    worker.postMessage(1);
    const answer = await ask(worker, 2);
    worker.terminate();
    return answer;
  }, { cores: false });
  assert.deepEqual(run.value, [
    "object",
    "once",
    true,
    true,
    "object",
    true,
    true,
  ]);
});

Deno.test("trace() marks what a Worker throws, and leaves its handling to the program", async () => {
  const { value, recording } = await trace(async () => {
    const worker = new Worker(toAddress(`throw new Error("boom")`), {
      type: "module",
      name: "bad",
    });
    const { promise, resolve } = Promise.withResolvers<string>();
    worker.onerror = (event) => {
      event.preventDefault();
      resolve(event.message);
    };
    return await promise;
  }, { cores: false });
  assert.match(value, /boom/);
  assert.ok(
    recording.marks.some(({ label, lane }) =>
      lane === "bad" && label.includes("boom")
    ),
  );
});

Deno.test("trace() leaves Workers alone that ask for it", async () => {
  const { recording } = await trace(async () => {
    const options = { type: "module", [UNWATCHED]: true } as const;
    const worker = new Worker(toAddress(ECHO), options);
    await ask(worker, 1);
    worker.terminate();
  }, { cores: false });
  assert.deepEqual(recording.lanes.map(({ id }) => id), ["main"]);
  assert.deepEqual(recording.links, []);
});

Deno.test("trace() says how many messages a Worker had not taken", async () => {
  const { recording } = await trace(async () => {
    const text =
      `addEventListener("message", () => postMessage(0), { once: true })`;
    const worker = new Worker(toAddress(text), {
      type: "module",
      name: "deaf",
    });
    await ask(worker, 1);
    worker.postMessage(2);
    worker.terminate();
  }, { cores: false });
  assert.match(
    recording.missing.join(),
    /1 messages to deaf had not been taken/,
  );
});

Deno.test("trace() says that it could not see into a Worker that ended at once", async () => {
  const { recording } = await trace(() => {
    new Worker(toAddress(ECHO), { type: "module", name: "brief" }).terminate();
  }, { cores: false });
  assert.match(recording.missing.join(), /What brief did inside is missing/);
});
