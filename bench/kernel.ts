/**
 * How fast a kernel is: its session's start, whole runs, cells of few
 * milliseconds with types checked and not.
 * @module
 */
import { type CheckMode, Kernel } from "../kernel/mod.ts";
import { printRows, type Row, summarize } from "./report.ts";
import { measureFirstResult } from "./session.ts";
import { measureNotebookRun, measureScript } from "./whole_process.ts";

/** Measures and prints. */
export async function measureKernel(): Promise<void> {
  const samples: Record<string, number[]> = {};
  const add = (name: string, ms: number) => (samples[name] ??= []).push(ms);
  for (let round = 0; round < ROUNDS; round++) {
    add("empty script", await measureScript());
    add("session", await measureFirstResult());
    add("notebook", await measureNotebookRun());
  }
  const cells = await measureCells();
  const empty = summarize(samples["empty script"]!);
  const one = (mode: CheckMode) => summarize(cells[mode]!.one);
  const typed = (mode: CheckMode) => summarize(cells[mode]!.typed);
  const rows: Row[] = [
    { name: "deno run of an empty script, whole process", summary: empty },
    {
      name: "session start to first result",
      summary: summarize(samples["session"]!),
      goal: "120 ms",
      than: empty,
    },
    {
      name: "skein run of 10 trivial cells, whole process",
      summary: summarize(samples["notebook"]!),
      goal: "400 ms",
      than: empty,
    },
  ];
  printRows(rows);
  printRows([
    {
      name: "1+1 through the kernel, check off",
      summary: one("off"),
      goal: "1 ms",
    },
    {
      name: "… with check warn",
      summary: one("warn"),
      goal: "1×",
      than: one("off"),
    },
    { name: "a typed cell of 12 lines, check off", summary: typed("off") },
    {
      name: "… with check warn",
      summary: typed("warn"),
      goal: "1×",
      than: typed("off"),
    },
  ]);
}

interface CellTimes {
  readonly one: number[];
  readonly typed: number[];
}

/** Kernels of both modes take turns, so that a slow moment hits both. */
async function measureCells(): Promise<Record<string, CellTimes>> {
  await using off = new BenchKernel("off");
  await using warn = new BenchKernel("warn");
  const kernels = [off, warn];
  for (const kernel of kernels) {
    for (let i = 0; i < WARM_UP; i++) await kernel.time("1+1");
    await kernel.checked();
  }
  const times: Record<string, CellTimes> = {};
  for (let i = 0; i < CELLS; i++) {
    for (const kernel of i % 2 === 0 ? kernels : kernels.toReversed()) {
      const of = times[kernel.mode] ??= { one: [], typed: [] };
      of.one.push(await kernel.time("1+1"));
      of.typed.push(await kernel.time(typedCell(i)));
    }
  }
  return times;
}

class BenchKernel implements AsyncDisposable {
  readonly mode: CheckMode;
  readonly #kernel: Kernel;
  #answered: () => void = () => {};
  #lastId = 0;

  constructor(mode: CheckMode) {
    this.mode = mode;
    this.#kernel = new Kernel({
      notebookUrl: import.meta.url,
      permissions: { type: "all" },
      check: mode,
      send: ({ header }) => {
        if (header.msg_type === "execute_reply") this.#answered();
      },
    });
  }

  /** Milliseconds from the request to its reply. */
  async time(code: string): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#answered = resolve;
    const startMs = performance.now();
    const header = {
      msg_id: String(++this.#lastId),
      session: "bench",
      msg_type: "execute_request",
    };
    this.#kernel.handle({ header, content: { code } }, { channel: "shell" });
    await promise;
    return performance.now() - startMs;
  }

  async checked(): Promise<void> {
    await this.#kernel.checked();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kernel.close();
  }
}

function typedCell(i: number): string {
  return `interface Order${i % 50} {
  readonly id: number;
  readonly lines: readonly { readonly price: number; readonly count: number }[];
}
function total${i % 50}(order: Order${i % 50}): number {
  return order.lines.reduce((sum, { price, count }) => sum + price * count, 0);
}
const order${i % 50}: Order${i % 50} = {
  id: ${i},
  lines: Array.from({ length: 10 }, (_, n) => ({ price: n, count: ${i} })),
};
total${i % 50}(order${i % 50});`;
}

const ROUNDS = 9;
const CELLS = 200;
const WARM_UP = 30;
