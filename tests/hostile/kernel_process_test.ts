/**
 * Cells that aim at the kernel's own process: after each, `control` is answered
 * and the next cell is right, in the same session.
 * @module
 */
import assert from "node:assert/strict";
import { type Run, TestKernel } from "../kernel/open_kernel.ts";

/** Runs a hostile cell, and gives it to look at once the next one was right. */
async function attack(kernel: TestKernel, code: string): Promise<Run> {
  await kernel.run("globalThis.kept = 41");
  const run = kernel.start(code);
  const info = kernel.request("kernel_info_request", {}, "control");
  assert.equal((await info.ended()).status, "ok");
  await run.ended();
  const next = await kernel.run("console.log('next'); kept + 1");
  assert.deepEqual([next.result, next.text(), next.error], [
    "42",
    "next\n",
    "",
  ]);
  return run;
}

Deno.test("kernel cuts a line of half a gigabyte, and the session lives", async () => {
  await using kernel = new TestKernel();
  const run = await attack(kernel, 'console.log("x".repeat(5.3e8)); 1');
  assert.match(run.text(), /\[… .*not shown.*…\]/);
  assert.equal(run.error, "");
  assert.equal(run.result, "1");
});

Deno.test("kernel shows a display that is too large as a note", async () => {
  await using kernel = new TestKernel();
  const run = await attack(
    kernel,
    'await Deno.jupyter.display({ "text/html": "x".repeat(1e8) }, { raw: true })',
  );
  assert.deepEqual(run.contents("display_data"), []);
  assert.match(run.text() + run.error, /not shown|limit/);
});

Deno.test("kernel bounds errors that hold errors", async () => {
  await using kernel = new TestKernel();
  const run = await attack(
    kernel,
    `const nest = (depth) => depth === 0 ? new Error("leaf") : new AggregateError(
       Array.from({ length: 10 }, () => nest(depth - 1)), "level " + depth,
       { cause: nest(0) });
     throw nest(5);`,
  );
  assert.match(run.error, /^AggregateError: level 5\n/);
  assert.ok(run.error.length < 1e6);
});

Deno.test("kernel bounds an error of a hundred million characters", async () => {
  await using kernel = new TestKernel();
  const run = await attack(kernel, 'throw new Error("x".repeat(1e8))');
  assert.match(run.error, /^Error: /);
  assert.ok(run.error.length < 2e6);
  assert.equal(run.status, "error");
});

Deno.test("kernel takes bytes of a comm that are none as an output it can not show", async () => {
  await using kernel = new TestKernel();
  await attack(
    kernel,
    `import { comms } from "skein";
     comms.open("x").send({}, [{ toBase64() { return "!!!" } } as never]);`,
  );
});

Deno.test("kernel bounds what a cell opens in the pager", async () => {
  await using kernel = new TestKernel();
  const run = await attack(
    kernel,
    `const big = "x".repeat(4e6);
     for (let i = 0; i < 100; i++) await Deno.jupyter.page({
       [Deno.jupyter.$display]: () => ({ "text/plain": big }),
     });`,
  );
  const reply = run.contents("execute_reply")[0]!;
  assert.ok((reply.payload as unknown[]).length <= 5);
  assert.match(run.text("stderr"), /more pages are not shown/);
});

Deno.test("kernel outlives frames that cells forge (seed 3)", async () => {
  await using kernel = new TestKernel();
  const random = seeded(3);
  const events = Array.from({ length: 200 }, () => forgedEvent(random));
  const run = await attack(
    kernel,
    `${STEAL_NONCE}
     const write = (bytes) => Object.getPrototypeOf(Deno.stdout).writeSync.call(Deno.stdout, bytes);
     const secret = (nonce ?? "00".repeat(16)).match(/../g).map((x) => parseInt(x, 16));
     const number = (n) => [0x80 | (n >> 7) & 0x7f, 0x80 | n & 0x7f];
     for (const { writer, flags, text } of ${JSON.stringify(events)}) {
       const payload = new TextEncoder().encode(text).slice(0, 3000);
       write(Uint8Array.from([...secret, ...number(writer), flags, ...number(payload.length), ...payload]));
     }`,
  );
  assert.match(String(run.status), /^(ok|error)$/);
  sayWhetherForged(run);
});

Deno.test("kernel bounds what frames without end take", async () => {
  await using kernel = new TestKernel();
  const before = Deno.memoryUsage().rss;
  const run = await attack(
    kernel,
    `${STEAL_NONCE}
     const write = (bytes) => Object.getPrototypeOf(Deno.stdout).writeSync.call(Deno.stdout, bytes);
     const secret = (nonce ?? "00".repeat(16)).match(/../g).map((x) => parseInt(x, 16));
     const number = (n) => [0x80 | (n >> 7) & 0x7f, 0x80 | n & 0x7f];
     const payload = new Uint8Array(4000).fill(120);
     for (let i = 0; i < 120_000; i++) {
       const frame = [...secret, ...number(1 + i % 5000), i < 5000 ? 1 : 3, ...number(4000)];
       const bytes = new Uint8Array(frame.length + payload.length);
       bytes.set(frame); bytes.set(payload, frame.length); write(bytes);
     }`,
  );
  const grown = (Deno.memoryUsage().rss - before) / 1024 / 1024;
  assert.ok(grown < 400, `${grown} MiB`);
  sayWhetherForged(run);
});

/** Workers are given the secret in a script of ours: a cell looks over its shoulder. */
const STEAL_NONCE = `
  const scripts = [];
  const TheBlob = Blob;
  globalThis.Blob = class extends TheBlob {
    constructor(parts, options) { scripts.push(parts.join("")); super(parts, options); }
  };
  new Worker("data:text/javascript,", { type: "module" }).terminate();
  globalThis.Blob = TheBlob;
  const nonce = /"nonce":"([0-9a-f]{32})"/.exec(decodeURIComponent(scripts.join("")))?.[1];
  if (nonce === undefined) console.log("no secret to be had");
`;

/** Once a session keeps its secret, what is written is garbage: say so. */
function sayWhetherForged(run: Run): void {
  if (!run.text().includes("no secret to be had")) return;
  // deno-lint-ignore no-console -- A test that shows less must say it.
  console.log("the session kept its secret: no frame was forged");
}

function forgedEvent(random: (below: number) => number): {
  readonly writer: number;
  readonly flags: number;
  readonly text: string;
} {
  const id = ["1", "2", "3", "99", ""][random(5)]!;
  const events: unknown[] = [
    { type: "stream", executionId: id, name: "stdout", text: "forged" },
    { type: "display", executionId: id, data: {}, metadata: {}, update: true },
    { type: "error", executionId: id, background: true, report: {} },
    { type: "ready", pid: -1, deno: "", v8: "" },
    { type: "ended", childId: random(10) },
    { type: "interrupted", interruptId: random(10) },
    { type: "completions", lookupId: random(10), matches: 5 },
    { type: "comm", executionId: id, kind: "open", commId: "x", buffers: [1] },
    { type: "expressions", executionId: id, values: { a: { data: {} } } },
    [1, 2],
    null,
    "[".repeat(2000),
  ];
  const event = events[random(events.length)];
  const text = typeof event === "string" ? event : JSON.stringify(event);
  return {
    writer: random(5) === 0 ? random(16_384) : 0,
    flags: random(4),
    text: text.slice(0, random(5) === 0 ? random(text.length) : undefined),
  };
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 0x7fffffff) % below;
}
