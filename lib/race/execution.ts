/**
 * One execution of a program, a turn at a time, all threads on this one.
 *
 * The threads' own code runs as generators; the machine does their steps. The
 * same schedule always does the same, so an execution is repeated by repeating
 * its turns. Who decides on turns: `graph.ts`, `sample.ts`, `replay.ts`.
 * @module
 */
import { createMachine, findObstacle, perform, takeMemory } from "./machine.ts";
import type { MakeSteps, Note, Request } from "./operations.ts";
import { isNote, SWITCHES } from "./operations.ts";
import { judge } from "./judge.ts";
import type { Plan } from "./program.ts";
import type { RaceOutcome, RaceStep } from "./result.ts";
import { createTick, muteConsole, startAtOnce } from "./surroundings.ts";
import {
  type Intern,
  isStill,
  noteStep,
  takeNote,
  type Thread,
  watchPromise,
  writeKey,
} from "./thread.ts";
import { describeStep } from "./words.ts";

/** How an execution is watched. */
export interface ExecutionOptions {
  /** Tells histories apart; without it there are no keys. */
  readonly intern?: Intern;
  /** Whether steps are kept. @default false */
  readonly isTraced?: boolean;
  /** Told when a step's result goes to a thread: what its Worker is to be told too. */
  readonly onReply?: (reply: ThreadReply) => void;
}

/** What a thread's code is told. */
export interface ThreadReply {
  readonly thread: number;
  readonly type: "next" | "throw";
  readonly value: unknown;
}

/** A program while it runs. */
export class Execution {
  /** What happened so far, if it is kept. */
  readonly steps: RaceStep[] = [];
  /** Whether a thread rested in a loop that came to nothing. */
  hasRested = false;
  readonly #plan: Plan;
  readonly #names: readonly string[];
  readonly #machine;
  readonly #threads: Thread[];
  readonly #tick = createTick();
  readonly #intern: Intern | null;
  readonly #isTraced: boolean;
  readonly #onReply: (reply: ThreadReply) => void;
  #turn = 0;
  /** The asynchronous function that never gives the thread to the others. */
  #holder: number | null = null;
  #fault: { readonly thread: number; readonly error: unknown } | null = null;

  /** Starts all threads: each runs up to its first step. */
  constructor(
    plan: Plan,
    makers: readonly MakeSteps[],
    options: ExecutionOptions = {},
  ) {
    this.#plan = plan;
    this.#names = plan.threads.map(({ name }) => name);
    this.#machine = createMachine(plan);
    this.#intern = options.intern ?? null;
    this.#isTraced = options.isTraced ?? false;
    this.#onReply = options.onReply ?? (() => {});
    const memory = standInFor(plan);
    this.#threads = makers.map((make, id) => ({
      id,
      steps: make(this.#tick.tick, muteConsole(), startAtOnce)(memory, id),
      request: null,
      loops: [],
      watched: null,
      letsIn: false,
      awaited: null,
      history: 0,
      kept: 0,
    }));
    for (const thread of this.#threads) this.#advance(thread, "next");
  }

  /** Threads that can have the next turn. */
  get enabled(): readonly number[] {
    if (this.#fault !== null || this.#holder !== null) return [];
    return this.#threads.filter((thread) =>
      thread.request !== null && this.#obstacleOf(thread) === null
    ).map(({ id }) => id);
  }

  /** Tells this state from others: equal keys go on alike. Needs `intern`. */
  get key(): string {
    // What a thread that is done has seen no longer matters.
    const histories = this.#threads.map(({ request, history }) =>
      request === null ? "." : `${history}@${request[1]}`
    ).join(",");
    const cells = [...this.#machine.cells.values()].map(writeKey).join(",");
    const sleepers = [...this.#machine.sleepers].filter(([, ids]) =>
      ids.length > 0
    ).sort().join(";");
    const locks = [...this.#machine.locks].sort().join(";");
    // With the turns counted, no turn leads back to a state, and paths can be counted.
    return `${this.#turn}|${histories}|${cells}|${sleepers}|${locks}`;
  }

  /** Copies the cells as they are now. */
  get memory(): Record<string, unknown> {
    return takeMemory(this.#machine.cells, this.#plan.arrays);
  }

  get cells(): ReadonlyMap<string, unknown> {
    return this.#machine.cells;
  }

  /** What a thread asks for now; `null` if it is done. */
  requestOf(thread: number): Request | null {
    return this.#threads[thread]!.request;
  }

  /** What the invariant says of this state; `null` if it holds. */
  get violation(): string | null {
    return judge.invariant(this.#plan, () => this.memory);
  }

  /** How it ended; only when nobody is enabled. */
  get outcome(): RaceOutcome {
    const stuck = this.#threads.filter(({ request, id }) =>
      request !== null && (this.#holder === null || this.#holder === id)
    );
    return judge.end(this.#plan, this.memory, {
      fault: this.#fault && {
        name: this.#names[this.#fault.thread]!,
        error: this.#fault.error,
      },
      waiting: stuck.map((thread) => ({
        name: this.#names[thread.id]!,
        obstacle: this.#obstacleOf(thread) ?? "its turn",
        spins: thread.watched !== null,
      })),
    });
  }

  /**
   * Gives a thread its turn: one step, or for an asynchronous function all
   * steps up to where it awaits next.
   */
  takeTurn(id: number): void {
    const thread = this.#threads[id]!;
    const isAsync = this.#plan.kind === "async";
    const goesOn = () =>
      isAsync && thread.request !== null && this.#fault === null &&
      !SWITCHES.has(thread.request[0]);
    let isResting = false;
    do {
      this.#step(thread);
      isResting = goesOn() && this.#obstacleOf(thread) !== null;
      // Without an await, nobody ever comes in who could change what it sees.
      if (isResting && !thread.letsIn) this.#holder = id;
    } while (goesOn() && !isResting);
    this.#turn++;
  }

  /** Lets promises that threads await settle, as far as they do by themselves. */
  async settle(): Promise<void> {
    const isPending = () =>
      this.#threads.some(({ awaited }) => awaited?.type === "pending");
    for (let round = 0; round < MAX_ROUNDS && isPending(); round++) await null;
    // Nobody can go on: whatever is pending is waited for in earnest, for a while.
    const untilMs = performance.now() + MAX_PENDING_MS;
    while (
      isPending() && this.#fault === null && this.enabled.length === 0 &&
      performance.now() < untilMs
    ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  #step(thread: Thread): void {
    const { request, awaited } = thread;
    if (request === null) return;
    this.#tick.restart();
    thread.watched = null;
    let reply: "next" | "throw" = "next";
    let value: unknown;
    const before = this.#machine.cells.get(String(request[2]));
    try {
      value = perform(this.#machine, thread.id, request);
      if (request[0] === "wait") {
        thread.request = ["relock", request[1], request[2], request[3]];
        this.#keep(thread, request, { value, before });
        return;
      }
      if (awaited?.type === "value") value = awaited.value;
      if (awaited?.type === "error") [reply, value] = ["throw", awaited.value];
    } catch (error) {
      [reply, value] = ["throw", error];
    }
    this.#keep(thread, request, { value, before });
    this.#onReply({ thread: thread.id, type: reply, value });
    this.#advance(thread, reply, value);
  }

  #advance(thread: Thread, reply: "next" | "throw", value?: unknown): void {
    let answer = value;
    let method = reply;
    thread.request = null;
    thread.awaited = null;
    try {
      while (true) {
        const { done, value: asked } = thread.steps[method](answer);
        if (done) return;
        const wanted = asked as Request | Note;
        [method, answer] = ["next", undefined];
        if (isNote(wanted)) {
          takeNote(thread, wanted, this.#intern);
          continue;
        }
        thread.request = wanted;
        if (wanted[0] === "await") {
          thread.awaited = watchPromise(wanted[2], thread);
        }
        return;
      }
    } catch (error) {
      this.#fault = { thread: thread.id, error };
    }
  }

  #obstacleOf(thread: Thread): string | null {
    const { id, request, watched, awaited } = thread;
    if (request === null) return null;
    // As long as all it saw is still so, looking again gives the same and changes nothing.
    if (watched !== null && isStill(watched, this.#machine.cells)) {
      this.hasRested = true;
      const names = new Set(watched.map(([cell]) => cell));
      return `${[...names].join(" or ")} to change`;
    }
    if (awaited?.type === "pending") return "a promise that nobody settles";
    return findObstacle(this.#machine, id, request, this.#names);
  }

  #keep(
    thread: Thread,
    request: Request,
    { value, before }: { readonly value: unknown; readonly before: unknown },
  ): void {
    const after = this.#machine.cells.get(String(request[2]));
    const idle = noteStep(thread.loops, request, [before, after]);
    if (this.#intern !== null) {
      // What a promise gives follows from what the thread has seen before.
      const given = request[0] === "await" && typeof value === "object"
        ? "settled"
        : writeKey(value);
      thread.history = this.#intern(`${thread.history}:${given}:${idle}`);
    }
    if (!this.#isTraced) return;
    const [operation, site, target] = request;
    const place = this.#plan.threads[thread.id]!.sites[site]!;
    this.steps.push({
      thread: thread.id,
      turn: this.#turn,
      operation,
      target: operation === "await" ? "" : String(target),
      text: describeStep(request, value),
      line: place.line,
      column: place.column,
      source: place.source,
      memory: this.memory,
      locks: Object.fromEntries(
        [...this.#machine.locks].map(([lock, id]) => [lock, this.#names[id]!]),
      ),
    });
  }
}

/** What stands in for the memory: only lengths of arrays are ever asked of it. */
export function standInFor({ arrays }: Plan): unknown {
  return Object.fromEntries(
    [...arrays].map(([name, length]) => [name, { length }]),
  );
}

const MAX_ROUNDS = 100;
const MAX_PENDING_MS = 500;
