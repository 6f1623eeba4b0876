/**
 * Runs cells, one at a time, and answers for each.
 *
 * A cell is started from a microtask of its own: only such code can be ended
 * from outside by V8 without harm to the rest of the process. The promise of
 * a cell ended that way never settles, so each run races with its interrupt.
 * @module
 */
import type {
  ErrorReport,
  ExecuteCommand,
  SessionEvent,
} from "../../protocol/session.ts";
import { runAs } from "./attribution.ts";
import { reportError } from "./errors.ts";
import { formatValue } from "./format.ts";
import type { CellMeta } from "./modules.ts";

/** What running cells needs from its surroundings. */
export interface EvaluatorOptions {
  /** Where outputs and answers go. */
  readonly emit: (event: SessionEvent) => void;
  /** What cells see as `import.meta`. */
  readonly meta: CellMeta;
  /** Called after the last output of a run, before its answer. */
  readonly flush: (executionId: string) => void;
  /** Ends what an interrupted run has started. */
  readonly stopStarted: (executionId: string) => void;
}

type Outcome = { type: "ok" } | { type: "error"; report: ErrorReport };

type CellFunction = (
  globals: typeof globalThis,
  meta: CellMeta,
) => Promise<{ value: unknown } | undefined>;

/** Runs cells, one at a time. */
export class Evaluator {
  readonly #options: EvaluatorOptions;
  #running: { executionId: string; interrupt: () => void } | null = null;

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
    const { emit, flush } = this.#options;
    const ended = Promise.withResolvers<Outcome | typeof INTERRUPTED>();
    this.#running = {
      executionId,
      interrupt: () => ended.resolve(INTERRUPTED),
    };
    queueMicrotask(() =>
      runAs(executionId, () => this.#run(command).then(ended.resolve))
    );
    const outcome = await ended.promise;
    this.#running = null;
    if (outcome === INTERRUPTED) this.#options.stopStarted(executionId);
    else if (outcome.type === "error") {
      const { report } = outcome;
      emit({ type: "error", executionId, background: false, report });
    }
    flush(executionId);
    emit({
      type: "done",
      executionId,
      outcome: outcome === INTERRUPTED ? "interrupted" : outcome.type,
    });
  }

  /** Ends the run, if there is one: its answer follows at once. */
  interrupt(): void {
    this.#running?.interrupt();
  }

  async #run(
    { executionId, hoisted, body }: ExecuteCommand,
  ): Promise<Outcome> {
    const { emit, meta } = this.#options;
    try {
      // Indirect, so that the cell sees the global scope and none of ours.
      const evaluate = globalThis.eval;
      if (hoisted !== null) evaluate(hoisted)(globalThis, meta);
      const cell: CellFunction = evaluate(body);
      const result = await cell(globalThis, meta);
      if (result !== undefined && result.value !== undefined) {
        const data = await formatValue(result.value);
        emit({ type: "result", executionId, data, metadata: {} });
      }
      return { type: "ok" };
    } catch (error) {
      return { type: "error", report: reportError(error) };
    }
  }
}

const INTERRUPTED = Symbol("interrupted");
