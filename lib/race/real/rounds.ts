/**
 * Real threads: a Worker for each thread of a program, which run it over and
 * over on shared memory, each round beginning together.
 *
 * Nothing is chosen here and nothing is watched between two accesses; what they
 * left in memory is read when a batch of rounds is over.
 * @module
 */
import { startMember } from "../members.ts";
import type { RaceProgram, Sources } from "../program.ts";
import { readSources } from "../program.ts";
import { compile, type Compiled } from "./compile.ts";
import { type Layout, layOut } from "./layout.ts";
import {
  type RoundsReport,
  type RoundsSetup,
  serveRounds,
} from "./rounds_guest.ts";

/** A batch of rounds. */
export interface Batch {
  readonly rounds: number;
  final(round: number): Record<string, unknown>;
  /** What ended the round after those; `null` if nothing did. */
  readonly fault: {
    readonly thread: string;
    readonly kind: "error" | "stuck";
    readonly reason: string;
  } | null;
}

/** Workers that run rounds of one program. */
export interface RealThreads extends AsyncDisposable {
  readonly names: readonly string[];
  /** Cells that a thread uses by plain accesses, and another one uses too. */
  readonly racy: readonly string[];
  /** How many rounds a batch may have. */
  readonly most: number;
  run(rounds: number): Promise<Batch>;
}

/** Starts the Workers of a program. */
export async function openRealThreads<S extends object>(
  program: RaceProgram<S>,
  signal: AbortSignal | undefined,
): Promise<RealThreads> {
  const sources = await readSources(program);
  if (sources.kind === "async") {
    throw new TypeError(
      `Cannot run "${
        sources.threads[0]!.name
      }" on real threads: it is asynchronous, ` +
        `expected a function without async, with lockSync() in place of await lock()`,
    );
  }
  const layout = layOut(sources);
  const stride = layout.start.length;
  const most = Math.max(
    1,
    Math.min(MAX_ROUNDS, Math.floor(MAX_WORDS / stride)),
  );
  const memory = new SharedArrayBuffer(most * stride * 4);
  const sync = new SharedArrayBuffer(12);
  const compiled = sources.threads.map((thread) =>
    compile({ ...thread, cells: sources.shared.kinds }, layout)
  );
  const threads = compiled.length;
  const members = compiled.map(({ text }, id) =>
    startMember<RoundsReport>(writeWorker(text), {
      name: nameOf(sources, id),
      setup: { id, threads, memory, sync, stride } satisfies RoundsSetup,
    })
  );
  try {
    await Promise.all(members.map((member) => member.report(signal)));
  } catch (error) {
    for (const { worker } of members) worker.terminate();
    throw error;
  }
  return {
    names: sources.threads.map(({ name }) => name),
    racy: listRacy(compiled),
    most,
    run,
    [Symbol.asyncDispose]: () => {
      for (const { worker } of members) worker.terminate();
      return Promise.resolve();
    },
  };

  async function run(rounds: number): Promise<Batch> {
    const words = new Int32Array(memory);
    for (let round = 0; round < rounds; round++) {
      words.set(layout.start, round * stride);
    }
    new Int32Array(sync).fill(0);
    for (const { worker } of members) worker.postMessage(rounds);
    const reports = await Promise.all(
      members.map((member) => member.report(signal)),
    );
    return toBatch(reports, words, layout);
  }

  function toBatch(
    reports: readonly RoundsReport[],
    words: Int32Array,
    { read }: Layout,
  ): Batch {
    const at = reports.findIndex(({ fault }) => fault !== null);
    return {
      rounds: Math.min(...reports.map(({ done }) => done)),
      final: (round) => read(words, round * stride),
      fault: at === -1
        ? null
        : { thread: nameOf(sources, at), ...reports[at]!.fault! },
    };
  }
}

function listRacy(threads: readonly Compiled[]): readonly string[] {
  const names = threads.flatMap(({ plain }, id) =>
    [...plain].filter((name) =>
      threads.some(({ used }, other) => other !== id && used.has(name))
    )
  );
  return [...new Set(names)];
}

function nameOf({ threads }: Sources, id: number): string {
  return threads[id]!.name;
}

/** Rounds of a loop are counted for each call: no thread computes for ever. */
function writeWorker(text: string): string {
  return `const console = new Proxy({}, { get: () => () => {} });
const make = (__skein_words, __skein_whole, __skein_at, __skein_locks, __skein_end) => {
  const __skein_most = ${MAX_LOOPS};
  let __skein_rounds = 0;
  const thread = ${text};
  return (base, id) => {
    __skein_rounds = 0;
    return thread(base, id);
  };
};
(${serveRounds})(make);
`;
}

const MAX_ROUNDS = 5000;
/** 8 MiB. */
const MAX_WORDS = 2 ** 21;
const MAX_LOOPS = 300_000_000;
