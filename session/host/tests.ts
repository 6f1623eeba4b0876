/**
 * `Deno.test` in cells, and with it `node:test`, which defines its tests there.
 *
 * What a cell defines, or a module that it imports, runs when the cell's own
 * code has ended, and before its answer: so it may use all that the cell
 * declares. What is defined later runs in the background, at once. Leaks are not
 * looked for: in a notebook, other cells may open things meanwhile. A test that
 * asks for it is told.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";
import { currentExecution } from "./attribution.ts";
import type { EmitEvent, WriteStream } from "./frames.ts";
import {
  append,
  apply,
  bare,
  isArray,
  joinList,
  own,
  OwnMap,
  TheTypeError,
} from "./intrinsics.ts";
import {
  argumentsOf,
  type Definition,
  fillName,
  type Options,
  readDefinition,
} from "./test_definitions.ts";
import type { Hooks, LeakChecks, TestHooks } from "./test_run.ts";

/** All that an execution has defined and that has not run. */
interface Batch {
  readonly tests: Definition[];
  readonly hooks: TestHooks;
  /** What `Deno.test.sanitizer` was told. */
  leaks: LeakChecks;
  readonly benches: Definition[];
}

/** What the tests of cells need from their surroundings. */
export interface TestHost {
  /** URL of the notebook. */
  readonly origin: string;
  /** Where the report goes. */
  readonly write: WriteStream;
  /** Where what programs read of tests goes. */
  readonly emit: EmitEvent;
  /** Whether an execution is running: then its end runs its tests. */
  readonly isRunning: (executionId: string) => boolean;
  /** Tells of failures in the background. */
  readonly reportLate: (report: ErrorReport) => void;
}

/** Keeps what cells define, and runs it. */
export class Tests {
  readonly #host: TestHost;
  readonly #batches = new OwnMap<string, Batch>();
  /** The execution whose output is that of repeated calls. */
  #muted: string | null = null;
  /** The execution whose test may not exit. */
  #guarded: string | null = null;

  /** @param host What is needed. */
  constructor(host: TestHost) {
    this.#host = host;
  }

  /** Replaces `Deno.test` and `Deno.bench`. */
  install(): void {
    const hook = (kind: Hooks) => (fn: () => unknown) => {
      if (typeof fn !== "function") {
        throw new TheTypeError(
          `Cannot define Deno.test.${kind}: found no function`,
        );
      }
      append(this.#batch().hooks[kind], fn);
    };
    const withEach = (more: Options) =>
      Object.assign(
        (...args: unknown[]) => this.#define(args, more),
        { each: this.#each(more) },
      );
    Object.assign(Deno, {
      test: Object.assign(withEach({}), {
        ignore: withEach({ ignore: true }),
        only: withEach({ only: true }),
        beforeAll: hook("beforeAll"),
        beforeEach: hook("beforeEach"),
        afterEach: hook("afterEach"),
        afterAll: hook("afterAll"),
        sanitizer: (leaks: LeakChecks) => {
          this.#batch().leaks = bare({ ...leaks });
        },
      }),
      bench: Object.assign(this.#bench({}), {
        ignore: this.#bench({ ignore: true }),
        only: this.#bench({ only: true }),
      }),
    });
  }

  /**
   * Runs what an execution has defined.
   *
   * @param executionId The execution.
   * @returns How many there were, and what failed, in an object without a
   * prototype.
   */
  async run(
    executionId: string,
  ): Promise<{ count: number; report: ErrorReport | null }> {
    const failures: ErrorReport[] = [];
    const names: string[] = [];
    let count = 0;
    const fail = (name: string, reports: readonly ErrorReport[]) => {
      append(names, name);
      for (let i = 0; i < reports.length; i++) append(failures, reports[i]!);
    };
    // A test may import a module that defines more.
    for (let batch; (batch = this.#batches.get(executionId));) {
      this.#batches.delete(executionId);
      count += batch.tests.length + batch.benches.length;
      if (batch.tests.length > 0) {
        // What few cells need is loaded by those that do.
        const { runTests } = await own(import("./test_run.ts"));
        await own(runTests(batch.tests, {
          hooks: batch.hooks,
          leaks: batch.leaks,
          origin: this.#host.origin,
          write: this.#host.write,
          tell: (content) =>
            this.#host.emit({ ...TOLD, executionId, content: { ...content } }),
          fail,
          guardExit: (isOn) => this.#guarded = isOn ? executionId : null,
        }));
      }
      if (batch.benches.length > 0) {
        const { runBenches } = await own(import("./benches.ts"));
        await own(runBenches(batch.benches, {
          write: this.#host.write,
          fail,
          mute: (isOn) => this.#muted = isOn ? executionId : null,
        }));
      }
    }
    return bare({
      count,
      report: names.length === 0 ? null : {
        name: "TestsFailed",
        message: `${names.length} of ${count} failed: ${joinList(names, ", ")}`,
        stack: "",
        errors: failures,
      },
    });
  }

  /** Whether code that runs now is a test that may not end the session. */
  get isExitRefused(): boolean {
    return this.#guarded !== null && this.#guarded === currentExecution();
  }

  /** Forgets what an execution has defined: it has failed, or was interrupted. */
  forget(executionId: string): void {
    this.#batches.delete(executionId);
    if (this.#guarded === executionId) this.#guarded = null;
    if (this.#muted === executionId) this.#muted = null;
  }

  /** Whether what is printed now is the output of a repeated call. */
  get isMuted(): boolean {
    return this.#muted !== null && this.#muted === currentExecution();
  }

  #define(args: readonly unknown[], more: Options): void {
    const definition = readDefinition("Deno.test", args, more);
    if (this.isExitRefused) {
      throw new TheTypeError(
        "Cannot define a test inside a test: expected `t.step`",
      );
    }
    append(this.#batch().tests, definition);
  }

  #each(more: Options) {
    return (cases: readonly unknown[]) => (...args: unknown[]): void => {
      if (!isArray(cases)) {
        throw new TheTypeError(
          "Cannot define Deno.test.each: its cases are no array",
        );
      }
      const { name, fn, options } = readDefinition(
        "Deno.test.each",
        args,
        more,
      );
      for (let i = 0; i < cases.length; i++) {
        this.#define([
          fillName(name, cases[i], i),
          options,
          (t: unknown) => apply(fn, undefined, argumentsOf(cases[i], t)),
        ], {});
      }
    };
  }

  #bench(more: Options) {
    return (...args: unknown[]): void => {
      append(this.#batch().benches, readDefinition("Deno.bench", args, more));
    };
  }

  #batch(): Batch {
    const executionId = currentExecution();
    const known = this.#batches.get(executionId);
    if (known !== undefined) return known;
    const batch: Batch = {
      tests: [],
      benches: [],
      leaks: bare({}),
      hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
    };
    this.#batches.set(executionId, batch);
    if (!this.#host.isRunning(executionId)) void this.#runLate(executionId);
    return batch;
  }

  /** No cell is there any more that could wait for it. */
  async #runLate(executionId: string): Promise<void> {
    await null;
    const { report } = await own(this.run(executionId));
    if (report !== null) this.#host.reportLate(report);
  }
}

/** A message that front ends ignore, and programs find test by test. */
const TOLD = bare({
  type: "broadcast" as const,
  messageType: "skein_test",
  metadata: {},
  buffers: [],
});
