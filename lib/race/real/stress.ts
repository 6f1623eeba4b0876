/**
 * Stress: real threads run a program over and over until its check fails or time
 * is over; then the search says which schedule fails for sure.
 *
 * What it is called with is described in `lib/stress.ts`.
 * @module
 */
import { judge } from "../judge.ts";
import { type RaceProgram, readRule } from "../program.ts";
import { isFailure, type RaceResult } from "../result.ts";
import { writeMemory } from "../values.ts";
import { describeStress } from "./findings.ts";
import { repeatRounds } from "./repeat.ts";
import type { StressResult } from "./result.ts";
import { openRealThreads } from "./rounds.ts";
import { describeUnsearched, search } from "./search.ts";

/** When to end. */
export interface StressPlan {
  readonly maxRounds: number;
  readonly maxMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Repeats a program. */
export async function runStress<S extends object>(
  program: RaceProgram<S>,
  { maxRounds, maxMs, signal }: StressPlan,
): Promise<StressResult> {
  const rule = makeRule(program);
  const endings = new Map<string, StressResult["endings"][number]>();
  let failures = 0;
  let first: StressResult["first"] = null;
  await using team = await openRealThreads(program, signal);
  const repeated = await repeatRounds(
    team,
    { maxRounds, maxMs },
    (batch, before) => {
      for (let round = 0; round < batch.rounds; round++) {
        const final = batch.final(round);
        const name = writeMemory(final);
        const known = endings.get(name);
        const fails = known?.fails ?? rule.fails(final);
        endings.set(name, { final, count: (known?.count ?? 0) + 1, fails });
        if (!fails) continue;
        failures++;
        first ??= { round: before + round + 1, final };
      }
      return failures > 0;
    },
  );
  const found = await search(program, { maxMs: SEARCH_MS, signal });
  const result = {
    type: "stress" as const,
    ...repeated,
    title: program.title ?? `Stress of ${repeated.threads.join(", ")}`,
    schedules: typeof found === "string" ? null : found.total,
    failures,
    first,
    endings: [...endings.values()].sort((a, b) => b.count - a.count)
      .slice(0, MAX_ROWS),
    check: rule.text,
    schedule: typeof found === "string"
      ? null
      : chooseSchedule(found, first, repeated.fault),
    failingSchedules: typeof found === "string" ? null : found.failingSchedules,
    missing: [
      ...repeated.missing,
      ...typeof found === "string" ? [describeUnsearched(found)] : [],
      ...program.invariant === undefined ? [] : [NO_INVARIANT],
    ],
  };
  return { ...result, findings: describeStress(result, found) };
}

function makeRule<S extends object>(
  { check, title = "program" }: RaceProgram<S>,
) {
  const rule = readRule(check);
  if (rule === null) {
    throw new TypeError(
      `Cannot stress program: it has no check, expected what must hold at the end, ` +
        `such as check: (m) => m.x === 2`,
    );
  }
  const plan = { title, check: rule, invariant: null };
  return {
    text: rule.text,
    fails: (final: Record<string, unknown>) =>
      isFailure(judge.end(plan, final, { fault: null, waiting: [] })),
  };
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
const SEARCH_MS = 1500;
const MAX_ROWS = 60;
