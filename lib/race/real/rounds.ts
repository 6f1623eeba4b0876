/**
 * Real threads: a Worker for each thread of a program, which run it over and
 * over on shared memory, each round beginning together.
 *
 * Nothing is chosen here and nothing is watched between two accesses; what they
 * left in memory is read when a batch of rounds is over.
 * @module
 */
import { startMember } from "../members.ts";
import { type RaceProgram, readSources } from "../program.ts";
import { compile, type Compiled } from "./compile.ts";
import { layOut } from "./layout.ts";
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
export interface RealThreads extends Disposable {
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
  const names = sources.threads.map(({ name }) => name);
  if (sources.kind === "async") {
    throw new TypeError(
      `Cannot run "${names[0]}" on real threads: it is asynchronous, ` +
        `expected a function without async, with lockSync() in place of await lock()`,
    );
  }
  const layout = layOut(sources);
  const stride = layout.start.length;
  const fits = Math.max(1, Math.floor(MAX_WORDS / stride));
  const most = Math.min(MAX_ROUNDS, fits);
  const memory = new SharedArrayBuffer(most * stride * 4);
  const sync = new SharedArrayBuffer(12);
  const compiled = sources.threads.map((thread) =>
    compile({ ...thread, cells: sources.shared.kinds }, layout)
  );
  const threads = compiled.length;
  const members = compiled.map(({ text }, id) => {
    const setup: RoundsSetup = { id, threads, memory, sync, stride };
    return startMember<RoundsReport>(writeWorker(text), {
      name: names[id]!,
      setup,
    });
  });
  const close = () => members.forEach(({ worker }) => worker.terminate());
  const report = () => Promise.all(members.map((one) => one.report(signal)));
  try {
    await report();
  } catch (error) {
    close();
    throw error;
  }
  return {
    names,
    racy: listRacy(compiled),
    most,
    async run(rounds) {
      const words = new Int32Array(memory);
      for (let round = 0; round < rounds; round++) {
        words.set(layout.start, round * stride);
      }
      new Int32Array(sync).fill(0);
      for (const { worker } of members) worker.postMessage(rounds);
      const reports = await report();
      const at = reports.findIndex(({ fault }) => fault !== null);
      const fault = reports[at]?.fault ?? null;
      return {
        rounds: Math.min(...reports.map(({ done }) => done)),
        final: (round) => layout.read(words, round * stride),
        fault: fault && { thread: names[at]!, ...fault },
      };
    },
    [Symbol.dispose]: close,
  };
}

function listRacy(threads: readonly Compiled[]): readonly string[] {
  const names = threads.flatMap(({ plain }, id) =>
    [...plain].filter((name) =>
      threads.some(({ used }, other) => other !== id && used.has(name))
    )
  );
  return [...new Set(names)];
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
