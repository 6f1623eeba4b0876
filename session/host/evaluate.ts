/**
 * Runs cells and answers for each. Cells of different shells take turns where
 * they await something.
 *
 * A cell is started from a microtask of its own: only such code can be ended
 * from outside by V8 without harm to the rest of the process. The promise of
 * a cell ended that way never settles: its interrupt answers for it.
 * @module
 */
import { Script } from "node:vm";
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
import { ThePromise } from "./intrinsics.ts";
import type { CellMeta } from "./modules.ts";

/** What running cells needs from its surroundings. */
export interface EvaluatorOptions {
  /** Where outputs and answers go. */
  readonly emit: (event: SessionEvent) => void;
  /** What cells see as `import.meta`. */
  readonly meta: CellMeta;
  /** Waits for what a run displays without awaiting it. */
  readonly settle: (executionId: string) => Promise<void>;
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

type CellFunction = (
  globals: typeof globalThis,
  meta: CellMeta,
  bindings: Bindings,
) => Promise<{ value: unknown } | undefined>;

const { RangeError: TheRangeError, SyntaxError: TheSyntaxError } = globalThis;

/** Runs cells: one at a time for each shell. */
export class Evaluator {
  readonly #options: EvaluatorOptions;
  readonly #bindings = createBindings(globalThis);
  /** The runs that have not been answered for. */
  readonly #running = new Set<string>();

  /** @param options What it needs. */
  constructor(options: EvaluatorOptions) {
    this.#options = options;
  }

  /**
   * Runs a cell and emits its outputs and its answer. Never rejects.
   *
   * @param command The cell.
   */
  async execute(command: ExecuteCommand): Promise<void> {
    const { executionId } = command;
    this.#running.add(executionId);
    const outcome = await runAs(executionId, () => this.#run(command));
    // Else an interrupt has answered, and this run has gone on all the same.
    if (this.#running.has(executionId)) this.#answer(executionId, outcome);
  }

  /**
   * Lets a listener of a cell take what a front end says. Never rejects.
   *
   * @param executionId Names this run.
   * @param listen Calls the listener; what it returns is waited for.
   */
  async listen(executionId: string, listen: () => unknown): Promise<void> {
    this.#running.add(executionId);
    const outcome = await runAs(
      executionId,
      () => this.#call(executionId, listen),
    );
    if (this.#running.has(executionId)) this.#answer(executionId, outcome);
  }

  /**
   * Ends all runs by answering for them at once; also one that had ended by
   * itself, but was kept from answering when V8 ended our code.
   */
  interrupt(): void {
    for (const executionId of [...this.#running]) {
      this.#options.stopStarted(executionId);
      this.#answer(executionId, { type: "interrupted" });
    }
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
  }

  async #run(
    { executionId, name, hoisted, body, expressions }: ExecuteCommand,
  ): Promise<Outcome> {
    const { meta } = this.#options;
    try {
      if (hoisted !== null) {
        this.#load<HoistedFunction>(hoisted, name)(
          globalThis,
          meta,
          this.#bindings,
        );
      }
      const cell = this.#load<CellFunction>(body, name);
      // A microtask with no frame of ours on the stack, as the header demands.
      const result = await ThePromise.resolve()
        // An interrupt that came in the same breath has answered by now.
        .then(() => this.#checkWanted(executionId))
        .then(cell.bind(undefined, globalThis, meta, this.#bindings));
      await this.#options.settle(executionId);
      const data = result?.value === undefined
        ? null
        : await formatValue(result.value);
      const values = expressions === undefined
        ? null
        : await this.#evaluate(expressions, name);
      return { type: "ok", data, values };
    } catch (error) {
      return { type: "error", report: reportError(error) };
    }
  }

  async #call(executionId: string, listen: () => unknown): Promise<Outcome> {
    try {
      // A microtask of its own, for V8 to end.
      await ThePromise.resolve()
        .then(() => this.#checkWanted(executionId))
        .then(listen);
      await this.#options.settle(executionId);
      return { type: "ok", data: null, values: null };
    } catch (error) {
      return { type: "error", report: reportError(error) };
    }
  }

  #checkWanted(executionId: string): void {
    if (!this.#running.has(executionId)) throw new Error("Interrupted");
  }

  /** Evaluates what the request asks for besides the cell. */
  async #evaluate(
    expressions: Readonly<Record<string, string>>,
    name: string,
  ): Promise<Values> {
    const values: Values = {};
    for (const [key, body] of Object.entries(expressions)) {
      try {
        const evaluate = this.#load<CellFunction>(body, `${name}#${key}`);
        const result = await evaluate.call(
          undefined,
          globalThis,
          this.#options.meta,
          this.#bindings,
        );
        values[key] = { data: await formatValue(result?.value) };
      } catch (error) {
        values[key] = { report: reportError(error) };
      }
    }
    return values;
  }

  /** A script, not `eval`: stack traces then name the cell and nothing of ours. */
  #load<T>(source: string, filename: string): T {
    const { meta } = this.#options;
    try {
      return new Script(source, {
        filename,
        importModuleDynamically: (specifier, _, attributes) =>
          import(meta.resolve(specifier), {
            with: attributes as ImportAttributes,
          }),
      }).runInThisContext();
    } catch (error) {
      // Nothing has run yet: it was V8's parser that used up the stack.
      if (!(error instanceof TheRangeError)) throw error;
      throw new TheSyntaxError("the cell is nested too deeply for V8");
    }
  }
}
