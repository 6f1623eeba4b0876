/**
 * The inside of a Worker that is one thread of a race.
 *
 * Shipped by its own text, so nothing from outside is used. The Worker runs the
 * same generator as the search does; before each step it says what it is about
 * to do and sleeps in `Atomics.wait` until the controller (`threads.ts`) lets
 * it go on. Cells are read and written here, in memory that all threads share.
 * @module
 */
import type { openCells, operate } from "./cells.ts";
import type { MakeSteps, Note, Request } from "./operations.ts";
import type { createTick, muteConsole, startAtOnce } from "./surroundings.ts";

/** What a Worker gets to work with. */
export interface ThreadSetup {
  readonly id: number;
  readonly memory: SharedArrayBuffer;
  /** One number: 1 go on, 2 begin anew, 3 end, 4 the step fails; 0 when the Worker stops at it. */
  readonly gate: SharedArrayBuffer;
  /** Names of cells, in the order of their numbers. */
  readonly cellNames: readonly string[];
  readonly standIn: unknown;
}

/** What a Worker says when it has stopped at its gate. */
export type ThreadReport =
  | { readonly type: "loaded" }
  | { readonly type: "ended" }
  /** It wants to make a step; the value is what its last step gave. */
  | {
    readonly type: "step";
    readonly request: readonly unknown[];
    readonly value: unknown;
  }
  | { readonly type: "done"; readonly value: unknown }
  | {
    readonly type: "threw";
    readonly name: string;
    readonly message: string;
    readonly value: unknown;
  };

/** The functions that come with it, as it can import nothing. */
export interface ThreadTools {
  readonly openCells: typeof openCells;
  readonly operate: typeof operate;
  readonly createTick: typeof createTick;
  readonly muteConsole: typeof muteConsole;
  readonly startAtOnce: typeof startAtOnce;
}

/** Waits for its setup, then runs the thread as often as it is told to. */
export function serveThread(tools: ThreadTools, make: MakeSteps): void {
  const scope = globalThis as unknown as {
    postMessage(message: ThreadReport): void;
    close(): void;
    addEventListener(
      type: "message",
      listener: (event: MessageEvent<ThreadSetup>) => void,
    ): void;
  };
  const [goOn, end, fail] = [1, 3, 4];
  scope.addEventListener("message", ({ data: setup }) => {
    const gate = new Int32Array(setup.gate);
    const cells = tools.openCells(setup.memory);
    const numbers = new Map(setup.cellNames.map((name, i) => [name, i]));
    const named = {
      get: (name: string) => cells.read(numbers.get(name)!),
      set: (name: string, value: unknown) =>
        cells.write(numbers.get(name)!, value),
    };
    let order = stop({ type: "loaded" });
    while (order !== end) order = runOnce();
    scope.postMessage({ type: "ended" });
    scope.close();

    /** Says something, and sleeps until there is an order. */
    function stop(report: ThreadReport): number {
      Atomics.store(gate, 0, 0);
      scope.postMessage(report);
      Atomics.wait(gate, 0, 0);
      return Atomics.load(gate, 0);
    }

    /** Runs the thread from its start; gives the order that ended it. */
    function runOnce(): number {
      const { tick, restart } = tools.createTick();
      let value: unknown;
      try {
        const makeThread = make(tick, tools.muteConsole(), tools.startAtOnce);
        const steps = makeThread(setup.standIn, setup.id);
        let turn = steps.next();
        while (!turn.done) {
          const asked: Request | Note = turn.value;
          // Notes are for the search.
          if (asked.length === 2) {
            turn = steps.next();
            continue;
          }
          const order = stop({ type: "step", request: [...asked], value });
          value = undefined;
          restart();
          if (order === fail) {
            turn = steps.throw(new Error("This step is not allowed"));
          } else if (order === goOn) {
            value = perform(asked as Request);
            turn = steps.next(value);
          } else return order;
        }
      } catch (error) {
        const { name, message } = error instanceof Error
          ? error
          : { name: "Error", message: String(error) };
        return stop({ type: "threw", name, message, value });
      }
      return stop({ type: "done", value });
    }

    /** Does a step on the shared memory; locks and conditions are the controller's. */
    function perform(request: Request): unknown {
      return numbers.has(String(request[2]))
        ? tools.operate(named, request)
        : undefined;
    }
  });
}
