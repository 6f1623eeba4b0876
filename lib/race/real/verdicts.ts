/**
 * `litmus` and `stress`: what ways to end mean in which rounds on real threads
 * came, and which of them a schedule explains.
 *
 * What they are called with is described in `lib/stress.ts`.
 * @module
 */
import { judge } from "../judge.ts";
import { type RaceProgram, readRule } from "../program.ts";
import { isFailure, type RaceResult } from "../result.ts";
import { writeMemory } from "../values.ts";
import { describeLitmus, describeStress } from "./findings.ts";
import type {
  LitmusOutcome,
  LitmusProgram,
  LitmusResult,
  StressResult,
} from "./result.ts";
import { type RunLimits, runReal } from "./run.ts";

/** Runs a litmus test: which ways to end come up, and which no order of the steps explains. */
export async function runLitmus<S extends object>(
  { observe = [], outcomes = {}, ...program }: LitmusProgram<S>,
  limits: RunLimits,
): Promise<LitmusResult> {
  const { run, endings, found } = await runReal(program, limits, {
    what: "Outcomes",
    isEnough: () => false,
  });
  const pick = (memory: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(observe.map((name) => [name, memory[name]]));
  const isWhole = found !== null && found.total !== null &&
    found.endings.length === found.endingCount;
  const schedules = new Map(
    found?.endings.toReversed().map(({ final, schedule }) => [
      writeMemory(pick(final)),
      schedule,
    ]),
  );
  const rows = new Map<string, LitmusOutcome>();
  const unseen = found?.endings.map(({ final }) => ({ final, count: 0 })) ?? [];
  for (const { final, count } of [...endings, ...unseen]) {
    const values = pick(final);
    const name = writeMemory(values);
    const schedule = schedules.get(name) ?? null;
    const row = rows.get(name) ?? {
      values,
      count: 0,
      verdict: VERDICTS.find((one) => outcomes[one]?.(final as S) === true) ??
        null,
      schedule,
      isOrdered: schedule !== null ? true : isWhole ? false : null,
    };
    rows.set(name, { ...row, count: row.count + count });
  }
  const result = {
    ...run,
    type: "litmus" as const,
    outcomes: [...rows.values()].sort((a, b) => b.count - a.count),
  };
  const hasForbidden = outcomes.forbidden !== undefined;
  return { ...result, findings: describeLitmus(result, hasForbidden) };
}

/** Repeats a program until its check fails or time is over; then the search says which schedule fails. */
export async function runStress<S extends object>(
  program: RaceProgram<S>,
  limits: RunLimits,
): Promise<StressResult> {
  const { title = "program", invariant } = program;
  const check = readRule(program.check);
  if (check === null) {
    throw new TypeError(
      `Cannot stress program: it has no check, expected what must hold at the end, ` +
        `such as check: (m) => m.x === 2`,
    );
  }
  const rules = { title, check, invariant: null };
  const fails = (final: Record<string, unknown>) =>
    isFailure(judge.end(rules, final, { fault: null, waiting: [] }));
  const { run, endings, found } = await runReal(program, limits, {
    what: "Stress",
    isEnough: fails,
  });
  const rows = endings.map((one) => ({ ...one, fails: fails(one.final) }));
  const failed = rows.filter((row) => row.fails);
  const [earliest] = failed.toSorted((a, b) => a.round - b.round);
  const first = earliest
    ? { round: earliest.round, final: earliest.final }
    : null;
  const result = {
    ...run,
    type: "stress" as const,
    failures: failed.reduce((sum, { count }) => sum + count, 0),
    first,
    endings: rows.toSorted((a, b) => b.count - a.count).slice(0, MAX_ROWS)
      .map(({ final, count, fails }) => ({ final, count, fails })),
    check: check.text,
    schedule: found && chooseSchedule(found, first, run.fault),
    failingSchedules: found?.failingSchedules ?? null,
    missing: invariant === undefined
      ? run.missing
      : [...run.missing, NO_INVARIANT],
  };
  return { ...result, findings: describeStress(result, found) };
}

/** One that ends like the round that failed, else the shortest that fails. */
function chooseSchedule(
  { endings, shortest }: RaceResult,
  first: StressResult["first"],
  fault: StressResult["fault"],
): string | null {
  const same = endings.find((ending) =>
    first === null
      ? KINDS[fault?.kind ?? "error"].includes(ending.kind)
      : isFailure(ending) &&
        writeMemory(ending.final) === writeMemory(first.final)
  );
  return (same ?? shortest)?.schedule ?? null;
}

const NO_INVARIANT =
  "The invariant is missing: nobody can look between two steps of real threads";
/** What the search calls a round that did not end. */
const KINDS: Readonly<Record<"error" | "stuck", readonly string[]>> = {
  error: ["error"],
  stuck: ["deadlock", "livelock"],
};
/** The strictest first. */
const VERDICTS = ["forbidden", "interesting", "allowed"] as const;
const MAX_ROWS = 60;
