/**
 * Litmus tests: which ways to end come up when real threads run a few accesses
 * over and over, and which of them no order of the steps explains.
 *
 * What it is called with is described in `lib/stress.ts`.
 * @module
 */
import type { RaceProgram } from "../program.ts";
import type { RaceResult } from "../result.ts";
import { writeMemory } from "../values.ts";
import { describeLitmus } from "./findings.ts";
import { repeatRounds } from "./repeat.ts";
import type { LitmusOutcome, LitmusResult, Verdict } from "./result.ts";
import { openRealThreads } from "./rounds.ts";
import { describeUnsearched, search } from "./search.ts";

/** What is asked of a litmus test. */
export interface LitmusPlan<S>
  extends Omit<RaceProgram<S>, "check" | "invariant"> {
  /** The cells whose values tell ways to end apart. */
  readonly observe: readonly string[];
  /** What the program says of ways to end. */
  readonly outcomes: Readonly<
    Partial<Record<Verdict, (memory: Readonly<S>) => boolean>>
  >;
  readonly maxRounds: number;
  readonly maxMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Runs a litmus test. */
export async function runLitmus<S extends object>(
  plan: LitmusPlan<S>,
): Promise<LitmusResult> {
  const { observe, outcomes, maxRounds, maxMs, signal, ...program } = plan;
  const seen = new Map<string, Seen>();
  const add = (memory: Record<string, unknown>, count: number) => {
    const values = pick(memory, observe);
    const name = writeMemory(values);
    const known = seen.get(name);
    if (known !== undefined) known.count += count;
    else seen.set(name, { values, memory, count });
  };
  await using team = await openRealThreads(program, signal);
  const repeated = await repeatRounds(team, { maxRounds, maxMs }, (batch) => {
    for (let round = 0; round < batch.rounds; round++) {
      add(batch.final(round), 1);
    }
    return false;
  });
  const found = await search(program, { maxMs: SEARCH_MS, signal });
  const known = typeof found === "string" ? null : listKnown(found, observe);
  for (const { memory } of known?.values() ?? []) add(memory, 0);
  const isWhole = typeof found !== "string" && found.total !== null &&
    found.endings.length === found.endingCount;
  const rows: LitmusOutcome[] = [...seen].map(([name, one]) => ({
    values: one.values,
    count: one.count,
    verdict: judge(outcomes, one.memory as S),
    schedule: known?.get(name)?.schedule ?? null,
    isOrdered: known?.has(name) ? true : isWhole ? false : null,
  }));
  const result = {
    type: "litmus" as const,
    ...repeated,
    title: program.title ?? `Outcomes of ${repeated.threads.join(", ")}`,
    schedules: typeof found === "string" ? null : found.total,
    outcomes: rows.toSorted((a, b) => b.count - a.count),
    missing: [
      ...repeated.missing,
      ...typeof found === "string" ? [describeUnsearched(found)] : [],
    ],
  };
  const hasForbidden = outcomes.forbidden !== undefined;
  return { ...result, findings: describeLitmus(result, hasForbidden) };
}

interface Seen {
  readonly values: Record<string, unknown>;
  /** All cells of the first round that ended so. */
  readonly memory: Record<string, unknown>;
  count: number;
}

function pick(
  memory: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, memory[name]]));
}

/** The ways to end that the search knows, by their name. */
function listKnown(found: RaceResult, observe: readonly string[]) {
  return new Map(
    found.endings.toReversed().map(({ final, schedule }) => [
      writeMemory(pick(final, observe)),
      { memory: final, schedule },
    ]),
  );
}

function judge<S>(rules: LitmusPlan<S>["outcomes"], memory: S): Verdict | null {
  return VERDICTS.find((verdict) => rules[verdict]?.(memory) === true) ?? null;
}

/** The strictest first. */
export const VERDICTS: readonly Verdict[] = [
  "forbidden",
  "interesting",
  "allowed",
];
const SEARCH_MS = 1000;
