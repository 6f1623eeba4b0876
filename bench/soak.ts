/**
 * `deno task bench soak [SECONDS]`: one kernel for a long time, doing all that
 * notebooks do, in turns, some of it hostile. Says how memory, descriptors and
 * processes went, and what was answered wrongly.
 * @module
 */
import { Kernel } from "../kernel/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import { listFamily, type Member } from "./family.ts";

/** What a soak found. */
export interface SoakResult {
  /** How many requests were answered. */
  readonly requests: number;
  /** What was answered wrongly, a sentence each. */
  readonly wrong: readonly string[];
  /** How it went: at the start, then at even distances. */
  readonly samples: readonly SoakSample[];
  /** Processes that were there after the end. */
  readonly left: readonly Member[];
}

/** How much there was at a moment. */
export interface SoakSample {
  /** Since the start, in seconds. */
  readonly atS: number;
  /** How many requests had been answered. */
  readonly requests: number;
  /** Resident memory of each process of ours. Units: MiB. */
  readonly memoryMib: Readonly<Record<string, number>>;
  /** Descriptors that the kernel's process had open; `null` if unknown. */
  readonly descriptors: number | null;
  /** How many processes there were besides. */
  readonly processes: number;
}

/** A request, and what has to come of it. */
interface Step {
  readonly type?: string;
  readonly content: Record<string, unknown>;
  /** Text that has to be among what is sent. */
  readonly expected: string;
  /** Whether it is interrupted once it has printed something. */
  readonly isInterrupted?: boolean;
}

/**
 * Soaks a kernel.
 *
 * @param seconds For how long.
 * @param onSample Is told how it goes.
 */
export async function soak(
  seconds: number,
  onSample: (sample: SoakSample) => void = () => {},
): Promise<SoakResult> {
  const wrong: string[] = [];
  const samples: SoakSample[] = [];
  const startMs = performance.now();
  let requests = 0;
  const sample = () => {
    const atS = (performance.now() - startMs) / 1000;
    const found = takeSample(atS, requests);
    samples.push(found);
    onSample(found);
  };
  const client = new SoakClient();
  try {
    await client.carryOut({ content: { code: "1" }, expected: '"1"' });
    sample();
    for (let round = 0; performance.now() - startMs < seconds * 1000; round++) {
      const steps = STEPS.toSpliced(
        0,
        0,
        cell(`${round} + 1`, `"${round + 1}"`),
      );
      for (const step of steps) {
        const problem = await client.carryOut(step);
        requests++;
        if (problem !== null) wrong.push(problem);
      }
      const dueMs = samples.length * seconds * 1000 / SAMPLES;
      if (performance.now() - startMs >= dueMs) sample();
    }
    sample();
  } finally {
    await client.close();
  }
  return { requests, wrong, samples, left: listFamily(Deno.pid) };
}

/** Soaks a kernel, and prints how it went. */
export async function printSoak(seconds: number): Promise<void> {
  const { requests, wrong, left } = await soak(seconds, (sample) => {
    const memory = Object.entries(sample.memoryMib)
      .map(([name, mib]) => `${name} ${mib.toFixed(0)}`).join(", ");
    print(
      `${sample.atS.toFixed(0).padStart(5)} s  ${
        String(sample.requests).padStart(6)
      } requests  memory in MiB: ${memory}  descriptors ${
        sample.descriptors ?? "?"
      }  processes ${sample.processes}`,
    );
  });
  print(`${requests} requests, ${wrong.length} answered wrongly`);
  for (const sentence of wrong.slice(0, MAX_SHOWN)) print(`  ${sentence}`);
  print(`processes left: ${left.map(({ name }) => name).join(", ") || "none"}`);
}

/** Sends requests to a kernel, one after another. */
class SoakClient {
  readonly #kernel: Kernel;
  #messages: OutgoingMessage[] = [];
  #look: () => void = () => {};
  #lastId = 0;

  constructor() {
    this.#kernel = new Kernel({
      notebookUrl: import.meta.url,
      permissions: { type: "all" },
      check: "warn",
      send: (message) => {
        this.#messages.push(message);
        this.#look();
      },
    });
  }

  /** Gives what is wrong with what came of a step. */
  async carryOut(step: Step): Promise<string | null> {
    const { type = "execute_request", content, expected } = step;
    const msg_id = String(++this.#lastId);
    this.#messages = [];
    const header = { msg_id, session: "soak", msg_type: type };
    const { promise, resolve } = Promise.withResolvers<void>();
    let isInterrupted = false;
    this.#look = () => {
      const { header: { msg_type }, content, parent_header } = this.#messages
        .at(-1)!;
      if (parent_header.msg_id !== msg_id) return;
      if (step.isInterrupted && msg_type === "stream" && !isInterrupted) {
        isInterrupted = true;
        this.#kernel.interrupt();
      }
      if (content.execution_state === "idle") resolve();
    };
    this.#kernel.handle({ header, content }, { channel: "shell" });
    const timer = setTimeout(resolve, MAX_MS);
    await promise;
    clearTimeout(timer);
    const all = JSON.stringify(
      this.#messages.map(({ content }) => content),
    );
    return all.includes(expected)
      ? null
      : `${JSON.stringify(content).slice(0, 100)} gave ${all.slice(0, 300)}`;
  }

  async close(): Promise<void> {
    await this.#kernel.close();
  }
}

function takeSample(atS: number, requests: number): SoakSample {
  const family = listFamily(Deno.pid);
  const memoryMib: Record<string, number> = {
    kernel: Deno.memoryUsage().rss / 1024 / 1024,
  };
  for (const { name, residentMib } of family) {
    if (name === "other") continue;
    memoryMib[name] = (memoryMib[name] ?? 0) + residentMib;
  }
  return {
    atS,
    requests,
    memoryMib,
    descriptors: countDescriptors(),
    processes: family.length,
  };
}

function countDescriptors(): number | null {
  try {
    return [...Deno.readDirSync("/proc/self/fd")].length;
  } catch {
    // Only Linux tells.
    return null;
  }
}

function cell(code: string, expected: string): Step {
  return { content: { code }, expected };
}

function print(line: string): void {
  // deno-lint-ignore no-console -- Printing is what this file is for.
  console.log(line);
}

const STEPS: readonly Step[] = [
  cell("for (let i = 0; i < 500; i++) console.log('line', i)", "line 499"),
  cell(
    "const list = Array.from({ length: 100 }, (_, i) => i * 2); list.length",
    '"100"',
  ),
  cell("interface P { x: number } const p: P = { x: 1 }; p.x", '"1"'),
  cell("const n: number = 'text'", "ok"),
  cell("Deno.jupyter.html`<b>${'x'.repeat(10_000)}</b>`", "<b>xxx"),
  cell("throw new Error('expected')", "expected"),
  cell("let = 5", "SyntaxError"),
  cell("(".repeat(2000), "SyntaxError"),
  cell(
    "setTimeout(() => {}, 1); await new Promise((r) => setTimeout(r, 2)); 'slept'",
    "slept",
  ),
  cell(
    `const worker = new Worker("data:text/javascript,postMessage(7);close()", { type: "module" });
     const told = await new Promise((r) => worker.onmessage = ({ data }) => r(data)); told`,
    '"7"',
  ),
  cell(
    'await new Deno.Command("true").output().then(({ success }) => success)',
    "true",
  ),
  {
    ...cell("console.log('begun'); for (;;) {}", "KeyboardInterrupt"),
    isInterrupted: true,
  },
  {
    ...cell(
      "console.log('begun'); await new Promise(() => {})",
      "KeyboardInterrupt",
    ),
    isInterrupted: true,
  },
  {
    type: "complete_request",
    content: { code: "list.", cursor_pos: 5 },
    expected: "flatMap",
  },
  {
    type: "inspect_request",
    content: { code: "list", cursor_pos: 4 },
    expected: '"found":true',
  },
  {
    type: "is_complete_request",
    content: { code: "for (;;) {" },
    expected: "incomplete",
  },
  { type: "kernel_info_request", content: {}, expected: "skein" },
];

const SAMPLES = 10;
const MAX_MS = 60_000;
const MAX_SHOWN = 20;
