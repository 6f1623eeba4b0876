/**
 * Runs the tests of one cell, and writes a line about each.
 * @module
 */
import type { ErrorReport } from "../../protocol/session.ts";
import { reportError } from "./errors.ts";
import type { WriteStream } from "./frames.ts";
import {
  apply,
  bare,
  floor,
  isObject,
  max,
  now,
  own,
  TheError,
  toNumber,
} from "./intrinsics.ts";
import { withTimeout } from "./deadline.ts";
import {
  type Definition,
  readDefinition,
  type TestResult,
} from "./test_definitions.ts";

/** When a hook runs. */
export type Hooks = "beforeAll" | "beforeEach" | "afterEach" | "afterAll";

/** The hooks of a cell. */
export type TestHooks = Readonly<Record<Hooks, (() => unknown)[]>>;

/** What `Deno.test.sanitizer` takes. */
export interface LeakChecks {
  readonly ops?: unknown;
  readonly resources?: unknown;
}

/** What running tests needs. */
export interface TestRunOptions {
  /** URL of the notebook. */
  readonly origin: string;
  /** Which leaks all tests of the cell are to be looked through for. */
  readonly leaks: LeakChecks;
  /** The hooks of the cell. */
  readonly hooks: TestHooks;
  /** Where the report goes. */
  readonly write: WriteStream;
  /** Takes how each test and step went. */
  readonly tell: (result: TestResult) => void;
  /** Takes each test or hook that failed, and what went wrong in it. */
  readonly fail: (name: string, reports: readonly ErrorReport[]) => void;
  /** Refuses an exit, or allows it again. */
  readonly guardExit: (isOn: boolean) => void;
}

/**
 * Runs tests one after another.
 *
 * @param tests The tests, in the order in which they were defined.
 * @param options Where to tell what.
 */
export async function runTests(
  tests: readonly Definition[],
  options: TestRunOptions,
): Promise<void> {
  const run = new TestRun(options);
  await own(run.all(tests));
}

/** A test or a step that runs. */
interface Running {
  readonly name: string;
  readonly depth: number;
  /** Its name, with those that it is a step of. */
  path: string;
  /** Whether a line says that its steps follow. */
  hasSteps: boolean;
  failedSteps: number;
  context: unknown;
}

class TestRun {
  readonly #options: TestRunOptions;
  #passed = 0;
  #failed = 0;
  #ignored = 0;
  #asksForLeaks = false;

  constructor(options: TestRunOptions) {
    this.#options = options;
  }

  async all(tests: readonly Definition[]): Promise<void> {
    const startMs = now();
    const isOnly = hasOnly(tests);
    const count = tests.length;
    this.#say(`running ${count} ${count === 1 ? "test" : "tests"}\n`);
    const { beforeAll, afterAll } = this.#options.hooks;
    const isReady = await own(this.#hooks("beforeAll", beforeAll, false));
    for (let i = 0; isReady && i < count; i++) {
      const test = tests[i]!;
      if (test.options.ignore || isOnly && !test.options.only) {
        this.#ignored++;
        this.#tell(test.name, "ignored");
        this.#say(`${test.name} ... ignored\n`);
      } else await own(this.#test(test));
    }
    await own(this.#hooks("afterAll", afterAll, true));
    const verdict = this.#failed > 0 ? "FAILED" : "ok";
    const ignored = this.#ignored > 0 ? ` | ${this.#ignored} ignored` : "";
    this.#say(
      `\n${verdict} | ${this.#passed} passed | ${this.#failed} failed${ignored} (${
        duration(startMs)
      })\n`,
    );
    if (this.#asksForLeaks) this.#say(NO_LEAK_CHECKS);
  }

  async #test(test: Definition): Promise<void> {
    const { options } = test;
    const { ops, resources } = this.#options.leaks;
    this.#asksForLeaks ||= !!(options.sanitizeOps ?? ops) ||
      !!(options.sanitizeResources ?? resources);
    const retries = max(0, toNumber(options.retry ?? 0) || 0);
    const repeats = max(0, toNumber(options.repeats ?? 0) || 0);
    const startMs = now();
    const running = begin(test.name, 0);
    let reports: ErrorReport[] = [];
    for (let round = 0; round <= repeats; round++) {
      for (let attempt = 0; attempt <= retries; attempt++) {
        reports = (await own(this.#attempt(test, running))).reports;
        if (reports.length === 0) break;
      }
      if (reports.length > 0) break;
    }
    this.#endLine(running, reports.length === 0, startMs);
    const isOk = reports.length === 0;
    this.#tell(test.name, isOk ? "ok" : "failed", startMs, reports[0]);
    if (isOk) {
      this.#passed++;
      return;
    }
    this.#failed++;
    this.#options.fail(test.name, reports);
  }

  /** One attempt, hooks included; gives what went wrong. */
  async #attempt(
    test: Definition,
    running: Running,
  ): Promise<{ reports: ErrorReport[] }> {
    const { beforeEach, afterEach } = this.#options.hooks;
    const reports: ErrorReport[] = [];
    const note = (error: unknown) =>
      reports[reports.length] = named(test.name, error);
    const attempt = begin(running.name, 0);
    attempt.context = this.#context(
      attempt,
      (report) => reports[reports.length] = prefixed(test.name, report),
    );
    this.#options.guardExit(test.options.sanitizeExit !== false);
    try {
      for (let i = 0; i < beforeEach.length; i++) {
        await apply(beforeEach[i]!, undefined, []);
      }
      await own(withTimeout(
        () => apply(test.fn, undefined, [attempt.context]),
        toNumber(test.options.timeout ?? 0) || 0,
      ));
    } catch (error) {
      note(error);
    }
    try {
      for (let i = afterEach.length - 1; i >= 0; i--) {
        await apply(afterEach[i]!, undefined, []);
      }
    } catch (error) {
      note(error);
    }
    this.#options.guardExit(false);
    return bare({ reports });
  }

  #context(running: Running, fail: (report: ErrorReport) => void): unknown {
    const context = {
      name: running.name,
      origin: this.#options.origin,
      assertSnapshot: () => {
        throw new TheError(
          "Cannot compare with a snapshot: a cell is no test file with snapshots beside it, expected `deno test`",
        );
      },
      step: (...args: unknown[]) => this.#step(running, args, fail),
    };
    return context;
  }

  async #step(
    parent: Running,
    args: readonly unknown[],
    fail: (report: ErrorReport) => void,
  ): Promise<boolean> {
    const step = readDefinition("a step", args);
    if (!parent.hasSteps) {
      this.#say(`${indent(parent)}${parent.name} ...\n`);
      parent.hasSteps = true;
    }
    const running = begin(step.name, parent.depth + 1);
    if (step.options.ignore) {
      this.#say(`${indent(running)}${step.name} ... ignored\n`);
      this.#tell(`${parent.path} > ${step.name}`, "ignored");
      return true;
    }
    const startMs = now();
    running.path = `${parent.path} > ${step.name}`;
    let first: ErrorReport | undefined;
    const context = this.#context(running, (report) => {
      running.failedSteps++;
      first ??= report;
      fail(prefixed(step.name, report));
    }) as Record<string, unknown>;
    if (isObject(parent.context)) context.parent = parent.context;
    running.context = context;
    let isRight = true;
    try {
      await apply(step.fn, undefined, [context]);
    } catch (error) {
      isRight = false;
      first ??= reportError(error);
      fail(named(step.name, error));
    }
    isRight &&= running.failedSteps === 0;
    this.#endLine(running, isRight, startMs);
    this.#tell(running.path, isRight ? "ok" : "failed", startMs, first);
    return isRight;
  }

  async #hooks(
    kind: Hooks,
    hooks: readonly (() => unknown)[],
    isBackward: boolean,
  ): Promise<boolean> {
    try {
      for (let i = 0; i < hooks.length; i++) {
        const at = isBackward ? hooks.length - 1 - i : i;
        await apply(hooks[at]!, undefined, []);
      }
      return true;
    } catch (error) {
      this.#failed++;
      this.#say(`${kind} ... FAILED\n`);
      this.#tell(kind, "failed", undefined, reportError(error));
      this.#options.fail(kind, [named(kind, error)]);
      return false;
    }
  }

  /** After the output of the test, which so stands on lines of its own. */
  #endLine(running: Running, isRight: boolean, startMs: number): void {
    const verdict = isRight ? "ok" : "FAILED";
    this.#say(
      `${indent(running)}${running.name} ... ${verdict} (${
        duration(startMs)
      })\n`,
    );
  }

  #tell(
    name: string,
    outcome: TestResult["outcome"],
    startMs?: number,
    report?: ErrorReport,
  ): void {
    const endMs = now();
    this.#options.tell({
      name,
      outcome,
      elapsedMs: endMs - (startMs ?? endMs),
      message: report === undefined ? "" : `${report.name}: ${report.message}`,
    });
  }

  #say(text: string): void {
    this.#options.write("stdout", text);
  }
}

const NO_LEAK_CHECKS =
  "Leaks were not looked for (sanitizeOps, sanitizeResources): other cells may open things meanwhile. Run the test with `deno test` to find them.\n";

function begin(name: string, depth: number): Running {
  return {
    name,
    depth,
    path: name,
    hasSteps: false,
    failedSteps: 0,
    context: undefined,
  };
}

function hasOnly(tests: readonly Definition[]): boolean {
  for (let i = 0; i < tests.length; i++) {
    if (tests[i]!.options.only) return true;
  }
  return false;
}

function named(name: string, error: unknown): ErrorReport {
  const report = reportError(error);
  return { ...report, name: `${name}: ${report.name}` };
}

function prefixed(name: string, report: ErrorReport): ErrorReport {
  return { ...report, name: `${name} > ${report.name}` };
}

function indent({ depth }: Running): string {
  let text = "";
  for (let i = 0; i < depth; i++) text += "  ";
  return text;
}

function duration(startMs: number): string {
  const ms = now() - startMs;
  return ms < 1000 ? `${floor(ms)}ms` : `${floor(ms / 100) / 10}s`;
}
