/**
 * Runs cells and answers for each. Cells of different shells take turns where
 * they await something.
 *
 * A cell is started from a microtask of its own: only such code can be ended
 * from outside by V8 without harm to the rest of the process. The promise of
 * a cell ended that way never settles: its interrupt answers for it.
 * @module
 */
import type {
  ErrorReport,
  ExecuteCommand,
  MimeBundle,
  SessionEvent,
} from "../../protocol/session.ts";
import { runAs } from "./attribution.ts";
import { type Bindings, createBindings } from "./bindings.ts";
import { reportError } from "./errors.ts";
import { formatValue } from "./format.ts";
import {
  bare,
  inMicrotask,
  keysOf,
  own,
  OwnMap,
  TheError,
  turnOfLoop,
} from "./intrinsics.ts";
import type { CellMeta } from "./modules.ts";
import { installLastValues } from "./last_values.ts";
import { loadScript } from "./script.ts";
import { nameScript } from "./stacks.ts";
import { Turns } from "./turns.ts";

/** What running cells needs from its surroundings. */
export interface EvaluatorOptions {
  /** Where outputs and answers go. */
  readonly emit: (event: SessionEvent) => void;
  /** What cells see as `import.meta`. */
  readonly meta: CellMeta;
  /** Waits for what a run displays without awaiting it. */
  readonly settle: (executionId: string) => Promise<void>;
  /** Runs the tests that a run has defined; gives how many, and what failed. */
  readonly runTests: (
    executionId: string,
  ) => Promise<
    { readonly count: number; readonly report: ErrorReport | null }
  >;
  /** Called before a cell imports a module. */
  readonly prepareImport: (url: string) => Promise<void>;
  /** Keeps a module that a cell is. */
  readonly keepModule: Bindings["module"];
  /** Called when a run has ended, before its answer. */
  readonly flush: (executionId: string) => void;
  /** Ends what an interrupted run has started. */
  readonly stopStarted: (executionId: string) => void;
}

type Outcome =
  | { type: "ok"; data: MimeBundle | null; values: Values | null }
  | { type: "error"; report: ErrorReport }
  | { type: "interrupted" };

/** What the expressions of a request gave. */
type Values = Extract<SessionEvent, { type: "expressions" }>["values"];

type HoistedFunction = (
  globals: typeof globalThis,
  meta: CellMeta,
  bindings: Bindings,
) => void;

/** Gives an object without a prototype: else a cell could make it a promise. */
type CellFunction = (
  globals: typeof globalThis,
  meta: CellMeta,
  bindings: Bindings,
) => Promise<{ value: unknown } | undefined>;

/** Runs cells: one at a time for each shell. */
export class Evaluator {
  readonly #options: EvaluatorOptions;
  readonly #bindings: Bindings;
  readonly #last = installLastValues();
  /** The runs that have not been answered for. */
  readonly #running = new OwnMap<string, true>();
  /** Whose turn it is, cells or what goes on for them later. */
  readonly turns: Turns = new Turns();

  /** @param options What it needs. */
  constructor(options: EvaluatorOptions) {
    this.#options = options;
    this.#bindings = createBindings(globalThis, options.keepModule);
  }

  /**
   * Runs a cell and emits its outputs and its answer. Never rejects.
   *
   * @param command The cell.
   */
  async execute(command: ExecuteCommand): Promise<void> {
    const { executionId, canAsk = false } = command;
    await own(
      this.#runToEnd(executionId, async () => {
        // One that waits says so: who never begins is taken for broken.
        if (this.turns.areTaken) this.#begin(executionId);
        await own(this.turns.enter(executionId, canAsk));
        return await own(this.#run(command));
      }),
    );
  }

  /**
   * Lets a listener of a cell take what a front end says. Never rejects.
   *
   * @param executionId Names this run.
   * @param listen Calls the listener; what it returns is waited for.
   */
  async listen(executionId: string, listen: () => unknown): Promise<void> {
    await own(
      this.#runToEnd(executionId, () => this.#call(executionId, listen)),
    );
  }

  /**
   * Ends all runs by answering for them at once; also one that had ended by
   * itself, but was kept from answering when V8 ended our code.
   */
  interrupt(): void {
    const late = this.turns.giveUp();
    if (late !== null) this.#options.stopStarted(late);
    const ids = this.#running.keys();
    for (let i = 0; i < ids.length; i++) {
      this.#options.stopStarted(ids[i]!);
      this.#answer(ids[i]!, { type: "interrupted" });
    }
  }

  async #runToEnd(
    executionId: string,
    run: () => Promise<Outcome>,
  ): Promise<void> {
    this.#running.set(executionId, true);
    const outcome = await own(runAs(executionId, run));
    // V8 ends a cell by an error, too; who told it to has told us before.
    if (outcome.type === "error") await own(turnOfLoop());
    // Else an interrupt has answered, and this run has gone on all the same.
    if (this.#running.has(executionId)) this.#answer(executionId, outcome);
  }

  /** Whether a run has not been answered for. */
  isRunning(executionId: string): boolean {
    return this.#running.has(executionId);
  }

  #answer(executionId: string, outcome: Outcome): void {
    const { emit, flush } = this.#options;
    let { type } = outcome;
    // First, so that the kernel reads it while the rest is still on its way.
    flush(executionId);
    try {
      if (outcome.type === "ok" && outcome.data !== null) {
        const { data } = outcome;
        emit({ type: "result", executionId, data, metadata: {} });
      }
      if (outcome.type === "ok" && outcome.values !== null) {
        emit({ type: "expressions", executionId, values: outcome.values });
      }
    } catch (error) {
      // Not all that a display method may give can be written as JSON.
      type = "error";
      outcome = { type, report: reportError(error) };
    }
    if (outcome.type === "error") {
      const { report } = outcome;
      emit({ type: "error", executionId, background: false, report });
    }
    emit({ type: "done", executionId, outcome: type });
    this.#running.delete(executionId);
    this.turns.leave(executionId);
  }

  async #run(
    { executionId, name, hoisted, body, map, expressions }: ExecuteCommand,
  ): Promise<Outcome> {
    if (map !== undefined) nameScript(name, map);
    const { meta } = this.#options;
    try {
      if (hoisted !== null) {
        loadScript<HoistedFunction>(hoisted, name, this.#options)(
          globalThis,
          meta,
          this.#bindings,
        );
      }
      const cell = loadScript<CellFunction>(body, name, this.#options);
      // In a microtask with no loop of ours on the stack, as the header demands.
      const { promise } = await inMicrotask(() => {
        // An interrupt that came in the same breath has answered by now.
        this.#begin(executionId);
        return bare({ promise: cell(globalThis, meta, this.#bindings) });
      });
      const result = await own(promise);
      const value = result?.value;
      if (value !== undefined) this.#last.value = value;
      const { count, report } = await own(this.#options.runTests(executionId));
      await own(this.#options.settle(executionId));
      if (report !== null) return bare({ type: "error", report });
      let data = result === undefined || result.value === undefined
        ? null
        : (await own(formatValue(result.value))).bundle;
      // What `describe` and `it` of node:test return, when all of it has run.
      if (count > 0 && data?.["text/plain"] === "Promise { undefined }") {
        data = null;
      }
      const values = expressions === undefined
        ? null
        : (await own(this.#evaluate(expressions, name))).values;
      return bare({ type: "ok", data, values });
    } catch (error) {
      this.#last.error = error;
      return bare({ type: "error", report: reportError(error) });
    }
  }

  async #call(executionId: string, listen: () => unknown): Promise<Outcome> {
    try {
      // A microtask of its own, for V8 to end.
      const { promise } = await inMicrotask(() => {
        this.#begin(executionId);
        return bare({ promise: listen() });
      });
      await promise;
      await own(this.#options.settle(executionId));
      return bare({ type: "ok", data: null, values: null });
    } catch (error) {
      return bare({ type: "error", report: reportError(error) });
    }
  }

  #begin(executionId: string): void {
    if (!this.#running.has(executionId)) throw new TheError("Interrupted");
    this.#options.emit({ type: "begun", executionId });
  }

  /** Evaluates what the request asks for besides the cell. */
  async #evaluate(
    expressions: Readonly<Record<string, string>>,
    name: string,
  ): Promise<{ values: Values }> {
    const values: Values = bare({});
    const keys = keysOf(expressions);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      try {
        const evaluate = loadScript<CellFunction>(
          expressions[key]!,
          `${name}#${key}`,
          this.#options,
        );
        const result = await own(
          evaluate(globalThis, this.#options.meta, this.#bindings),
        );
        const { bundle } = await own(formatValue(result?.value));
        values[key] = { data: bundle };
      } catch (error) {
        values[key] = { report: reportError(error) };
      }
    }
    return bare({ values });
  }
}
