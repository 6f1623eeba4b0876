/**
 * Runs schedules on real threads: a Worker for each thread of a race, all of
 * them asleep but the one whose turn it is.
 *
 * The same execution runs here beside them. It says who may go on (locks are
 * held by the controller, not by Workers) and what each step must give; what
 * the Workers do in shared memory is compared with it. Inside of a Worker is
 * `thread_guest.ts`.
 * @module
 */
import { toModuleAddress } from "../run/mod.ts";
import { openWorker } from "../platform/mod.ts";
import { CELL_BYTES, openCells, operate } from "./cells.ts";
import { Execution, type ThreadReply } from "./execution.ts";
import type { Walk } from "./replay.ts";
import { createTick, muteConsole, startAtOnce } from "./surroundings.ts";
import {
  serveThread,
  type ThreadReport,
  type ThreadSetup,
} from "./thread_guest.ts";

/** Workers that run schedules of one program, one after another. */
export interface Team extends AsyncDisposable {
  /**
   * Runs a whole schedule, and gives the first thing that the Workers did
   * differently from the execution here; `null` if there is none.
   */
  run(turns: readonly number[]): Promise<string | null>;
}

/**
 * Starts a Worker for each thread.
 *
 * Disposing wakes and ends every one of them, and waits until they have said so:
 * `terminate()` alone does not end a Worker that sleeps in `Atomics.wait`
 * (Deno 2.7 to 2.9.6).
 */
export async function openTeam(
  program: Walk,
  signal: AbortSignal | undefined,
): Promise<Team> {
  const { plan } = program;
  const names = [...plan.cells.keys()];
  const memory = new SharedArrayBuffer(Math.max(1, names.length) * CELL_BYTES);
  const cells = openCells(memory);
  const members = plan.threads.map((thread, id) =>
    startMember(thread, {
      id,
      memory,
      gate: new SharedArrayBuffer(4),
      cellNames: names,
      standIn: Object.fromEntries(
        [...plan.arrays].map(([name, length]) => [name, { length }]),
      ),
    }, signal)
  );
  const team: Team = {
    run,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(members.map((member) => member.end()));
    },
  };
  try {
    for (const member of members) await member.nextReport();
  } catch (error) {
    await team[Symbol.asyncDispose]();
    throw error;
  }
  return team;

  async function run(turns: readonly number[]): Promise<string | null> {
    names.forEach((name, cell) => cells.write(cell, plan.cells.get(name)));
    const replies: ThreadReply[] = [];
    const execution = new Execution(plan, program.makers, {
      onReply: (reply) => replies.push(reply),
    });
    const differences: (string | null)[] = [];
    for (const [id, member] of members.entries()) {
      member.order(AGAIN);
      const report = await member.nextReport();
      differences.push(compareRequest(execution, id, report));
    }
    for (const turn of turns) {
      execution.takeTurn(turn);
      for (const { thread, type, value } of replies.splice(0)) {
        const member = members[thread]!;
        member.order(type === "next" ? GO_ON : FAIL);
        const report = await member.nextReport();
        differences.push(compareRequest(execution, thread, report));
        const isSame = type === "throw" || !("value" in report) ||
          Object.is(report.value, value);
        if (!isSame) differences.push("a step gave another value");
      }
      for (const [cell, name] of names.entries()) {
        if (Object.is(cells.read(cell), execution.cells.get(name))) continue;
        differences.push(`${name} held another value`);
      }
    }
    return differences.find((found) => found !== null) ?? null;
  }
}

function compareRequest(
  execution: Execution,
  thread: number,
  report: ThreadReport,
): string | null {
  const expected = execution.requestOf(thread);
  if (expected === null) {
    return report.type === "step" ? "a thread made one more step" : null;
  }
  if (report.type !== "step") return "a thread ended early";
  const isSame = expected.every((part, i) =>
    Object.is(part, report.request[i])
  );
  return isSame ? null : "a thread made another step";
}

interface Member {
  order(number: number): void;
  nextReport(): Promise<ThreadReport>;
  end(): Promise<void>;
}

function startMember(
  thread: Walk["plan"]["threads"][number],
  setup: ThreadSetup,
  signal: AbortSignal | undefined,
): Member {
  const gate = new Int32Array(setup.gate);
  const reports: ThreadReport[] = [];
  let failure: Error | null = null;
  let wake = () => {};
  const worker = openWorker(
    toModuleAddress(writeWorker(thread.source)),
    `race ${thread.name}`,
  );
  worker.addEventListener("message", ({ data }) => {
    reports.push(data);
    wake();
  });
  worker.addEventListener("error", (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    failure = new Error(
      `Cannot run "${thread.name}" in a Worker: ${event.message}, expected steps`,
    );
    wake();
  });
  worker.postMessage(setup);

  return { order, nextReport: () => nextReport(signal), end };

  function order(number: number): void {
    Atomics.store(gate, 0, number);
    Atomics.notify(gate, 0);
  }

  async function nextReport(stop?: AbortSignal): Promise<ThreadReport> {
    const untilMs = performance.now() + MAX_SILENCE_MS;
    while (reports.length === 0) {
      stop?.throwIfAborted();
      if (failure !== null) throw failure;
      if (performance.now() > untilMs) {
        throw new Error(
          `Cannot run "${thread.name}" in a Worker: it has said nothing for ` +
            `${MAX_SILENCE_MS / 1000} s, expected its next step`,
        );
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, MAX_SILENCE_MS);
      stop?.addEventListener("abort", wake, { once: true });
      await promise;
      clearTimeout(timer);
      stop?.removeEventListener("abort", wake);
    }
    return reports.shift()!;
  }

  async function end(): Promise<void> {
    try {
      // Its order may come before it stops at its gate, which would undo it.
      while (failure === null) {
        order(END);
        if ((await nextReport()).type === "ended") break;
      }
    } catch {
      // Silent for long: it computes without end, and nobody can stop it.
    }
    worker.terminate();
  }
}

function writeWorker(source: string): string {
  return `import make from ${JSON.stringify(toModuleAddress(source))};
const tools = {
  openCells: ${openCells},
  operate: ${operate},
  createTick: ${createTick},
  muteConsole: ${muteConsole},
  startAtOnce: ${startAtOnce},
};
(${serveThread})(tools, make);
`;
}

const GO_ON = 1;
const AGAIN = 2;
const END = 3;
const FAIL = 4;
const MAX_SILENCE_MS = 10_000;
