/**
 * What `measure()` does, loaded when it is first called.
 *
 * What it is called with is described in `measure.ts`; calls are made and timed in
 * `run.ts`, commands are in `command.ts`.
 * @module
 */
import {
  checkFunction,
  checkList,
  checkName,
  checkObject,
  checkSome,
  checkText,
  type Place,
  refuse,
  systemClock,
  TIMER_MS,
} from "../../base/mod.ts";
import {
  finishStamp,
  readOtherShare,
  startStamp,
} from "../../base/stamp/mod.ts";
import {
  checkCall,
  type Checks,
  maxMs,
  MOST_SAMPLES,
  name,
  number,
  seed,
  signal,
  text,
  whole,
} from "../options.ts";
import { startDeadline } from "../rounds.ts";
import {
  checkPermission,
  type Command,
  EMPTY_LINE,
  isCommand,
  makeRun,
  nameCommand,
  SHELL,
  subtractShell,
  toArguments,
} from "./command.ts";
import { describeMeasurement } from "./findings.ts";
import type {
  MeasuredWork,
  Measurement,
  MeasureOptions,
  SingleMeasurement,
} from "./measure.ts";
import { runMeasurement } from "./run.ts";
import {
  compareWithEarlier,
  readMeasurement,
  saveMeasurement,
} from "./saved.ts";

export async function measureWork(
  work: MeasuredWork,
  options: MeasureOptions,
): Promise<Measurement> {
  checkCall(CALL, options, OPTIONS, () => checkMeasured(work));
  options.signal?.throwIfAborted();
  const works = listWorks(work);
  const commands = new Map(
    works.flatMap(([name, one]) => isCommand(one) ? [[name, one]] : []),
  );
  const lines = new Set(
    [...commands].flatMap(([name, one]) =>
      typeof one === "string" ? [name] : []
    ),
  );
  for (const command of commands.values()) await checkPermission(command);
  const { against } = options;
  const before = typeof against === "string"
    ? await readMeasurement(against)
    : against;
  const request = {
    title: options.title ?? works.map(([name]) => name).join(", "),
    samples: options.samples ?? null,
    precision: options.precision ?? 0.01,
    maxMs: options.maxMs ?? 10_000,
    seed: options.seed ?? 1,
    budgetMs: BUDGET_MS * works.length,
  };
  // Rings for a promise that does not settle; calls that return are stopped by the clock, before.
  using deadline = startDeadline(
    // The last call within the time may end a little after it.
    Math.min(request.maxMs + GRACE_MS, TIMER_MS.most),
    `Cannot measure "${request.title}": one call did not end within ` +
      `${request.maxMs} ms, expected a shorter call or more time`,
    options.signal,
  );
  const { signal } = deadline;
  let shellMs: number | null = null;
  const measured = await runMeasurement({
    ...request,
    signal,
    isOver: () => deadline.isOver(),
    functions: [
      ...works.map(([name, one]) =>
        [name, isCommand(one) ? makeRun(one, signal) : one] as const
      ),
      ...(lines.size === 0
        ? []
        : [[SHELL, makeRun(EMPTY_LINE, signal)] as const]),
    ],
    adjust(raw) {
      const subtracted = subtractShell(raw, lines);
      shellMs = subtracted.shellMs;
      return subtracted.raw;
    },
  }, {
    clock: systemClock,
    startStamp,
    readOtherShare,
    finishStamp,
    yieldThread,
  });
  const results = measured.results.map((result) => {
    const command = commands.get(result.name);
    if (command === undefined) return result;
    const own = { ...result, command: toArguments(command) };
    return lines.has(result.name) ? { ...own, isLine: true } : own;
  });
  const found = {
    ...measured,
    results,
    ...(shellMs === null ? {} : { shellMs: shellMs as number }),
    ...(before === undefined ? {} : {
      earlier: compareWithEarlier(
        results,
        measured.stamp,
        before,
        request.seed,
      ),
    }),
  };
  const measurement = { ...found, findings: describeMeasurement(found) };
  if (options.save !== undefined) {
    await saveMeasurement(options.save, measurement);
  }
  const isSingle = typeof work === "function" || isCommand(work);
  return isSingle ? addSummary(measurement) : measurement;
}

function listWorks(
  work: MeasuredWork,
): readonly (readonly [string, (() => unknown) | Command])[] {
  if (typeof work === "function") return [[work.name || nameCall(work), work]];
  return isCommand(work) ? [[nameCommand(work), work]] : Object.entries(work);
}

/** Names a function that has no name by what it calls, if that is all it does. */
function nameCall(work: () => unknown): string {
  const [, call] = ONE_CALL.exec(String(work)) ?? [];
  return call !== undefined && call.length <= MAX_NAME ? call : "function";
}

/** What a single function took, where nobody has to look for it. */
function addSummary(measurement: Measurement): SingleMeasurement {
  return { ...measurement, summary: measurement.results[0]!.summary };
}

function checkMeasured(work: MeasuredWork): void {
  if (typeof work === "function") return;
  if (isCommand(work)) return checkCommand([WHAT, "work"], work);
  const expected = "a function, a command, or an object of them";
  if (typeof work !== "object" || work === null) {
    throw new TypeError(refuse([WHAT, "work"], work, expected));
  }
  const works = Object.entries(work);
  if (works.length === 0) {
    throw new RangeError(
      `Cannot ${WHAT}: work has no functions, expected one or more`,
    );
  }
  for (const [name, one] of works) {
    if (isCommand(one)) checkCommand([WHAT, `"${name}"`], one);
    else checkFunction([WHAT, `"${name}"`], one);
  }
  if (SHELL in work) {
    throw new RangeError(
      `Cannot ${WHAT}: a work is called "${SHELL}", expected another name`,
    );
  }
}

function checkCommand([what, field]: Place, command: Command): void {
  if (typeof command === "string") return checkName([what, field], command);
  checkSome([what, field], command, "a program and its arguments");
  command.forEach((part, i) => checkText([what, `${field}[${i}]`], part));
}

function yieldThread(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const BUDGET_MS = 2000;
const GRACE_MS = 500;
const ONE_CALL = /^(?:async )?\(\) *=> *(?:await )?([\w.]+\([^(){}]*\))$/;
const MAX_NAME = 40;
const WHAT = "measure";
const CALL = {
  purpose: WHAT,
  example: `measure(() => work()), or measure("sort data.txt")`,
};
const OPTIONS: Checks<MeasureOptions> = {
  samples: whole({ least: 1, most: MOST_SAMPLES }),
  precision: number({ least: 0 }),
  maxMs,
  signal,
  title: text,
  seed,
  save: name,
  against([what, field], against) {
    if (typeof against === "string") return checkName([what, field], against);
    if (against === undefined) return;
    checkObject([what, field], against, "an earlier measurement");
    const { results } = against as Partial<Measurement>;
    checkList([what, `${field}.results`], results, "results");
  },
};
