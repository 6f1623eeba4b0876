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
import { hasWorkers } from "../platform/mod.ts";
import { CELL_BYTES, openCells, operate } from "./cells.ts";
import { Execution, standInFor, type ThreadReply } from "./execution.ts";
import { type Member, startMember } from "./members.ts";
import type { Walk } from "./replay.ts";
import type { RaceConfirmation, RaceEnding } from "./result.ts";
import { readSchedule } from "./schedule_text.ts";
import { createTick, muteConsole, startAtOnce } from "./surroundings.ts";
import {
  serveThread,
  type ThreadReport,
  type ThreadSetup,
} from "./thread_guest.ts";

/** What is repeated, and where is told what can not be. */
export interface ConfirmOptions {
  readonly runs: readonly RaceEnding[];
  readonly signal: AbortSignal | undefined;
  /** Told what could not be done, and why. */
  readonly missing: string[];
}

/** Holds some schedules of the search against real threads. */
export async function confirm(
  walk: Walk,
  { runs, signal, missing }: ConfirmOptions,
): Promise<RaceConfirmation | null> {
  const chosen = runs.filter(({ steps }) => steps.length <= MAX_STEPS)
    .slice(0, MAX_SCHEDULES);
  const why = !hasWorkers()
    ? "there is no Worker here, so schedules ran on one thread only; " +
      "use Deno to repeat them in Workers"
    : chosen.length === 0
    ? `no schedule has ${MAX_STEPS} steps or fewer`
    : null;
  if (why !== null) {
    missing.push(`Real threads are missing: ${why}`);
    return null;
  }
  const names = chosen.map(({ schedule }) => schedule);
  const differences = (await repeatOnThreads(walk, names, signal))
    .flatMap((found, i) => found === null ? [] : [`${names[i]}: ${found}`]);
  const schedules = chosen.length;
  return { schedules, agreed: schedules - differences.length, differences };
}

/**
 * Repeats schedules in Workers, one for each thread; for each schedule gives the
 * first thing that they did differently from the execution here, or `null`.
 *
 * At the end all of them are woken and ended, and have said so: `terminate()`
 * alone does not end a Worker that sleeps in `Atomics.wait` (Deno 2.7 to 2.9.6).
 */
export async function repeatOnThreads(
  { plan, makers }: Walk,
  schedules: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly (string | null)[]> {
  const cellNames = [...plan.cells.keys()];
  const memory = new SharedArrayBuffer(
    Math.max(1, cellNames.length) * CELL_BYTES,
  );
  const cells = openCells(memory);
  const standIn = standInFor(plan);
  const members = plan.threads.map((thread, id) => {
    const gate = new SharedArrayBuffer(4);
    return startThread(thread, { id, memory, gate, cellNames, standIn });
  });
  const found: (string | null)[] = [];
  try {
    for (const member of members) await member.report(signal);
    for (const schedule of schedules) {
      found.push(await repeat(readSchedule(schedule, members.length)));
    }
  } finally {
    await Promise.all(members.map(end));
  }
  return found;

  async function repeat(turns: readonly number[]): Promise<string | null> {
    cellNames.forEach((name, cell) => cells.write(cell, plan.cells.get(name)));
    const replies: ThreadReply[] = [];
    const execution = new Execution(plan, makers, {
      onReply: (reply) => replies.push(reply),
    });
    const differences: (string | null)[] = [];
    const order = async (thread: number, number: number) => {
      const member = members[thread]!;
      member.order(number);
      const report = await member.report(signal);
      differences.push(compareRequest(execution, thread, report));
      return report;
    };
    for (const id of members.keys()) await order(id, AGAIN);
    for (const turn of turns) {
      execution.takeTurn(turn);
      for (const { thread, type, value } of replies.splice(0)) {
        const report = await order(thread, type === "next" ? GO_ON : FAIL);
        const isSame = type === "throw" || !("value" in report) ||
          Object.is(report.value, value);
        if (!isSame) differences.push("a step gave another value");
      }
      for (const [cell, name] of cellNames.entries()) {
        if (Object.is(cells.read(cell), execution.cells.get(name))) continue;
        differences.push(`${name} held another value`);
      }
    }
    return differences.find((difference) => difference !== null) ?? null;
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

async function end({ worker, report, order }: OrderedMember): Promise<void> {
  try {
    // Its order may come before it stops at its gate, which would undo it.
    do order(END); while ((await report()).type !== "ended");
  } catch {
    // Silent for long: it computes without end, and nobody can stop it.
  }
  worker.terminate();
}

interface OrderedMember extends Member<ThreadReport> {
  order(number: number): void;
}

function startThread(
  { name, source }: Walk["plan"]["threads"][number],
  setup: ThreadSetup,
): OrderedMember {
  const gate = new Int32Array(setup.gate);
  const silenceMs = MAX_SILENCE_MS;
  return {
    ...startMember<ThreadReport>(writeWorker(source), {
      name,
      setup,
      silenceMs,
    }),
    order(number) {
      Atomics.store(gate, 0, number);
      Atomics.notify(gate, 0);
    },
  };
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
const MAX_SCHEDULES = 8;
const MAX_STEPS = 500;
const MAX_SILENCE_MS = 10_000;
