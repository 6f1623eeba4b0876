/**
 * Runs cells, one at a time, and answers for each.
 *
 * A cell is started from a microtask of its own: only such code can be ended
 * from outside by V8 without harm to the rest of the process. The promise of
 * a cell ended that way never settles, so each run races with its interrupt.
 * @module
 */
import { Script } from "node:vm";
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

type HoistedFunction = (globals: typeof globalThis, meta: CellMeta) => void;

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
    runAs(executionId, () => void this.#run(command).then(ended.resolve));
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
    { executionId, name, hoisted, body }: ExecuteCommand,
  ): Promise<Outcome> {
    const { emit, meta } = this.#options;
    try {
      if (hoisted !== null) {
        this.#load<HoistedFunction>(hoisted, name)(globalThis, meta);
      }
      const cell = this.#load<CellFunction>(body, name);
      // A microtask with no frame of ours on the stack, as the header demands.
      const result = await Promise.resolve()
        .then(cell.bind(undefined, globalThis, meta));
      if (result !== undefined && result.value !== undefined) {
        const data = await formatValue(result.value);
        emit({ type: "result", executionId, data, metadata: {} });
      }
      return { type: "ok" };
    } catch (error) {
      return { type: "error", report: reportError(error) };
    }
  }

  /** A script, not `eval`: stack traces then name the cell and nothing of ours. */
  #load<T>(source: string, filename: string): T {
    const { meta } = this.#options;
    return new Script(source, {
      filename,
      importModuleDynamically: (specifier, _, attributes) =>
        import(meta.resolve(specifier), {
          with: attributes as ImportAttributes,
        }),
    }).runInThisContext();
  }
}

const INTERRUPTED = Symbol("interrupted");
