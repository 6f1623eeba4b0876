/**
 * Examines one submission: its cells run in one session, the checks in another,
 * which asks the first for values.
 *
 * Neither has the network, nor any program, nor more than a folder of its own;
 * what the submission's metadata asks for is not read. What is decided is decided
 * in `restore.ts`, `switchboard.ts` and `verdict.ts`; this is the loop.
 * @module
 */
import { join } from "node:path";
import type { Notebook } from "../nbformat/mod.ts";
import { fromFileUrl, type Limits, toFileUrl } from "../session/mod.ts";
import { collect, shorten } from "./collect.ts";
import { Desk, type DeskOptions } from "./desk.ts";
import type { Exercise } from "./exercise.ts";
import { type Lane, Lanes } from "./lanes.ts";
import { Liaison } from "./liaison.ts";
import { withPlainMarks } from "./regions.ts";
import { restore } from "./restore.ts";
import {
  type CheckResult,
  endedWith,
  judge,
  type Trouble,
  troubleOf,
} from "./verdict.ts";

/** How submissions are examined. */
export interface ExamOptions {
  /** Makes a folder with the files of the assignment, at a given path. */
  readonly fill: (folder: string) => Promise<void>;
  /** Longest time for a cell or a check, in milliseconds. */
  readonly timeoutMs: number;
  /** Longest time for the whole submission, in milliseconds. */
  readonly totalMs: number;
  /** What the submission's session and all that it starts may take. */
  readonly limits: Limits;
  /** Limit of its heap, in MiB. */
  readonly maxHeapMb: number;
  /** Whether packages that were never loaded may be loaded. @default false */
  readonly mayLoad?: boolean;
  /** Path of the assignment's `deno.json`. @default none */
  readonly configPath?: string | undefined;
  /** Where submissions are examined. @default a place of its own, made anew */
  readonly lanes?: Lanes | undefined;
  /** Stops the examination; what has not run is `not-run`. */
  readonly signal?: AbortSignal | undefined;
}

/** What an examination has found. */
export interface Examination {
  /** One result a cell with points, in the order of the teacher's notebook. */
  readonly results: readonly CheckResult[];
  /** What was changed, missing or doubled in the submission. */
  readonly findings: readonly string[];
  /** Cells of the submission that failed. */
  readonly cellErrors: readonly string[];
}

/**
 * Examines a submission.
 *
 * @param submission The notebook as it was handed in.
 * @param exercise What it is a submission of.
 * @param options How.
 */
export async function examine(
  submission: Notebook,
  exercise: Exercise,
  options: ExamOptions,
): Promise<Examination> {
  const restored = restore(submission, exercise.cells, exercise.release);
  await using own = new Lanes();
  return await (options.lanes ?? own).use(async (lane) => {
    await using exam = await Exam.open(lane, exercise, options);
    for (const step of restored.steps) {
      if (exam.isOver) break;
      if (step.type === "run") await exam.runCell(step.source, step.label);
      else await exam.check(step.index);
    }
    return {
      results: collect(exercise, exam.results, restored.answers),
      findings: shorten(restored.findings),
      cellErrors: shorten(exam.cellErrors),
    };
  });
}

class Exam implements AsyncDisposable {
  readonly results = new Map<string, CheckResult>();
  readonly cellErrors: string[] = [];
  readonly #exercise: Exercise;
  readonly #options: ExamOptions;
  readonly #submission: Desk;
  readonly #checks: Desk;
  readonly #liaison: Liaison;
  readonly #endMs: number;
  /** Names in the session of the checks: whose they are. */
  readonly #owners = new Map<string, number | "submission">();
  /** Why variables of the submission were lost. */
  #lost: Trouble | null = null;
  /** What ended the submission's session, also when no cell ran. */
  #ended: Trouble | null = null;

  private constructor(
    lane: Lane,
    exercise: Exercise,
    options: ExamOptions,
  ) {
    this.#exercise = exercise;
    this.#options = options;
    this.#endMs = performance.now() + options.totalMs;
    this.#liaison = new Liaison({
      submission: () => this.#submission,
      checks: () => this.#checks,
    });
    const liaison = this.#liaison;
    this.#submission = new Desk({
      ...deskOptions(lane, "submission", options),
      limits: options.limits,
      maxHeapMb: options.maxHeapMb,
      onQuestion: (text) => liaison.submissionAsks(text),
      onMessage: (type, content) => liaison.submissionSays(type, content),
      onSessionEnded: (why) => {
        this.#ended ??= endedWith(why, "between two cells");
        liaison.submissionEnded(why);
      },
    });
    this.#checks = new Desk({
      ...deskOptions(lane, "checks", options),
      // What checks are given takes memory in their session, too.
      limits: options.limits,
      maxHeapMb: options.maxHeapMb,
      onQuestion: (text) => liaison.checksAsk(text),
    });
  }

  static async open(
    lane: Lane,
    exercise: Exercise,
    options: ExamOptions,
  ): Promise<Exam> {
    for (const name of ["submission", "checks"]) {
      await Deno.mkdir(join(lane.folder, name));
      await options.fill(join(lane.folder, name));
    }
    const exam = new Exam(lane, exercise, options);
    await Promise.all([
      exam.#furnish(exam.#submission, "submission"),
      exam.#furnish(exam.#checks, "checks"),
    ]);
    return exam;
  }

  /** Whether there is no time left, or the user stopped it. */
  get isOver(): boolean {
    return this.#options.signal?.aborted === true || this.#leftMs <= 0;
  }

  get #leftMs(): number {
    return Math.min(
      this.#options.timeoutMs,
      this.#endMs - performance.now(),
    );
  }

  /** Runs a cell of the submission. */
  async runCell(source: string, label: string): Promise<void> {
    if (source.trim() === "") return;
    const outcome = await this.#submission.run(withPlainMarks(source), {
      timeoutMs: this.#leftMs,
    });
    if (outcome.type === "ok") return;
    this.cellErrors.push(`${label}: ${outcome.ename}: ${outcome.evalue}`);
    this.#lost ??= troubleOf(outcome, label);
  }

  /** Runs a check. */
  async check(index: number): Promise<void> {
    const { cell, marks } = this.#exercise.cells[index]!;
    const { gradeId: id, points } = marks!;
    // It may have ended at any time, also when nothing was asked of it.
    this.#lost ??= this.#ended;
    await this.#furnish(this.#submission, "submission");
    const limitMs = this.#leftMs;
    using call = this.#liaison.open(limitMs);
    const prepared = await this.#prepare(index, limitMs);
    const outcome = prepared ?? await this.#checks.run(
      withPlainMarks(cell.source),
      // What the submission does ends first, so that it is blamed.
      { timeoutMs: limitMs + GRACE_MS },
    );
    for (const name of this.#exercise.names[index]!.declared) {
      this.#owners.set(name, index);
    }
    await call.close();
    this.results.set(
      id,
      judge({ id, points, outcome, lost: this.#lost, ...call.facts }),
    );
    if (outcome.isSessionLost) {
      this.#owners.clear();
      await this.#furnish(this.#checks, "checks");
    }
    this.#lost ??= call.facts.trouble;
  }

  /** Makes the names that a check needs; gives what went wrong. */
  async #prepare(index: number, limitMs: number) {
    const { borrowed, setup } = this.#exercise.needs.get(index)!;
    const borrow = async () => {
      const names = borrowed.filter((name) =>
        this.#owners.get(name) !== "submission"
      );
      if (names.length === 0) return;
      await this.#checks.run(`${DOOR}.borrow(${JSON.stringify(names)})`);
      for (const name of names) this.#owners.set(name, "submission");
    };
    await borrow();
    for (const earlier of setup) {
      const { cell, role } = this.#exercise.cells[earlier]!;
      const { declared } = this.#exercise.names[earlier]!;
      const isThere = declared.every((name) =>
        this.#owners.get(name) === earlier
      );
      // An earlier check has run, and what it does may count.
      if (isThere || role === "check") continue;
      const outcome = await this.#checks.run(withPlainMarks(cell.source), {
        timeoutMs: limitMs + GRACE_MS,
      });
      // What has not run to its end is tried again by the next check.
      if (outcome.type !== "ok") return outcome;
      for (const name of declared) this.#owners.set(name, earlier);
    }
    await borrow();
    return null;
  }

  async #furnish(desk: Desk, role: "submission" | "checks"): Promise<void> {
    const url = import.meta.resolve("./guest/bridge.ts");
    await desk.run(
      `if (!(Symbol.for("Skein.grading") in globalThis)) (await import(${
        JSON.stringify(url)
      })).open(${JSON.stringify(role)})`,
      { timeoutMs: FURNISH_MS },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#liaison[Symbol.dispose]();
    await Promise.all([
      this.#submission[Symbol.asyncDispose](),
      this.#checks[Symbol.asyncDispose](),
    ]);
  }
}

function deskOptions(
  lane: Lane,
  name: "submission" | "checks",
  { configPath, mayLoad = false }: ExamOptions,
): DeskOptions {
  const folder = join(lane.folder, name);
  return {
    sharedTranslator: lane.translator,
    notebookUrl: toFileUrl(join(folder, "notebook.ipynb")),
    isOffline: !mayLoad,
    permissions: {
      type: "listed",
      read: [folder, GUEST],
      write: [folder],
      net: [],
      run: [],
      env: [],
      sys: [],
      import: [],
      folder,
    },
    ...configPath === undefined ? {} : { configPath },
  };
}

const DOOR = 'globalThis[Symbol.for("Skein.grading")]';
const GUEST = fromFileUrl(import.meta.resolve("./guest/"));
const GRACE_MS = 2_000;
const FURNISH_MS = 20_000;
