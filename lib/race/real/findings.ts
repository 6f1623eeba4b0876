/**
 * What real threads did, in sentences.
 *
 * Pure. What did not come up is "not seen in so many rounds", and never called
 * impossible, unless all schedules were tried and the language promises that
 * there is one order of all steps.
 * @module
 */
import {
  countOf,
  formatCount,
  formatDuration,
  formatPercent,
} from "../../base/mod.ts";
import type { RaceResult } from "../result.ts";
import { writeMemory } from "../values.ts";
import type {
  LitmusOutcome,
  LitmusResult,
  RealRun,
  StressResult,
} from "./result.ts";

type Wordless<R> = Omit<R, "findings">;

/** Says how rounds of a litmus test ended. */
export function describeLitmus(
  found: Wordless<LitmusResult>,
  hasForbidden: boolean,
): readonly string[] {
  const { outcomes } = found;
  const special = outcomes.filter(({ verdict, isOrdered, count }) =>
    count > 0 && (verdict === "forbidden" || verdict === "interesting" ||
      isOrdered === false)
  );
  return [
    ...describeFault(found),
    ...special.map((outcome) => describeOutcome(outcome, found)),
    ...hasForbidden ? describeForbidden(found) : [],
    ...outcomes.filter(({ count }) => count === 0).slice(0, MAX_UNSEEN)
      .map((outcome) => describeUnseen(outcome, found)),
    "How often each comes up depends on the machine and on what else it does.",
  ];
}

/** Says what repeating a program came to, and what the search found if it could. */
export function describeStress(
  found: Wordless<StressResult>,
  searched: RaceResult | null,
): readonly string[] {
  const { rounds, first, fault, failures, check, durationMs } = found;
  const took = formatDuration(durationMs);
  const answer = first === null && fault !== null
    ? `The ${countOf(rounds, "round")} before it ended with ${check}.`
    : first === null
    ? `Not seen in ${
      countOf(rounds, "round")
    } (${took}): every one ended with ${check}.`
    : `Round ${formatCount(first.round)} ended with ${
      writeMemory(first.final)
    }, expected ${check}; ${
      failures === 1
        ? "it is the only one that failed"
        : `${formatCount(failures)} failed`
    } of ${countOf(rounds, "round")} (${took}).`;
  return [
    ...describeFault(found),
    answer,
    ...searched === null ? [] : [describeSchedules(found, searched)],
  ];
}

function describeFault({ fault }: Wordless<RealRun>): readonly string[] {
  if (fault === null) return [];
  const { thread, kind, reason, round } = fault;
  const what = kind === "error" ? `threw ${reason}` : reason;
  return [
    `In round ${formatCount(round)}, ${thread} ${what}: the rounds end there.`,
  ];
}

function describeOutcome(
  { values, count, verdict, schedule, isOrdered }: LitmusOutcome,
  { rounds, schedules, racy }: Wordless<LitmusResult>,
): string {
  const share = `${formatCount(count)} of ${countOf(rounds, "round")} (${
    formatPercent(count / rounds)
  })`;
  const word = verdict === "forbidden" ? ", which the program forbids" : "";
  const tried = `no order of the steps ends so (all ${
    formatCount(schedules ?? 0)
  } schedules were tried)`;
  const why = isOrdered === false
    ? racy.length === 0
      ? `: ${tried}, although all accesses are atomic, so do not rely on this result`
      : `: ${tried}, so the compiler or the processor changed the order of plain accesses to ${
        racy.join(", ")
      }`
    : schedule === null
    ? ""
    : `; ${replayCall(schedule)} shows it for sure`;
  return `${writeMemory(values)} came up in ${share}${word}${why}.`;
}

/** What is said of forbidden outcomes that did not come up. */
function describeForbidden(found: Wordless<LitmusResult>): readonly string[] {
  const { outcomes, rounds, racy, schedules } = found;
  const forbidden = outcomes.filter(({ verdict }) => verdict === "forbidden");
  if (forbidden.length > 0) return [];
  const seen = `Nothing that the program forbids was seen in ${
    countOf(rounds, "round")
  }`;
  if (schedules === null) return [`${seen}. That proves nothing.`];
  const tried = `none of all ${formatCount(schedules)} schedules ends so`;
  return [
    racy.length === 0
      ? `${seen}, and ${tried}. All accesses to what threads share are atomic, ` +
        `and for those JavaScript promises one order of all steps.`
      : `${seen}, and ${tried}. ${describeRacy(racy)}`,
  ];
}

function describeUnseen(
  { values, schedule, verdict }: LitmusOutcome,
  { rounds }: Wordless<LitmusResult>,
): string {
  const word = verdict === "forbidden" ? ", which the program forbids," : "";
  return `${writeMemory(values)}${word} was not seen in ${
    countOf(rounds, "round")
  }, but can happen: ${replayCall(schedule ?? "")} shows it for sure.`;
}

function describeSchedules(
  { first, fault, schedule, racy }: Wordless<StressResult>,
  { total, schedules, failingSchedules }: RaceResult,
): string {
  const of = total === null
    ? `${formatCount(schedules)} schedules drawn at random`
    : `all ${formatCount(total)} schedules`;
  if (schedule !== null) {
    const share = total === null ? of : `${formatCount(total)} schedules`;
    const isSeen = first !== null || fault !== null;
    return `${isSeen ? "To see it for sure" : "It can fail"}: ${
      replayCall(schedule)
    }; ${formatCount(failingSchedules)} of ${share} fail.`;
  }
  if (first === null) {
    return total === null
      ? `None of ${of} fails either. That proves nothing.`
      : `None of ${of} fails, where all threads see all steps in one order.` +
        (racy.length === 0 ? "" : ` ${describeRacy(racy)}`);
  }
  return total === null
    ? `None of ${of} fails; there are more.`
    : `None of ${of} fails: the compiler or the processor changed the order of plain accesses to ${
      racy.join(", ")
    }. Use m.atomics or a lock.`;
}

function describeRacy(racy: readonly string[]): string {
  return `Accesses to ${
    racy.join(", ")
  } are plain: where no lock and no atomic access ` +
    `orders them, compilers and processors may.`;
}

/** What to run to see it. */
function replayCall(schedule: string): string {
  return schedule.length > MAX_SCHEDULE
    ? "race.replay(program, schedule) with the schedule of this result"
    : `race.replay(program, "${schedule}")`;
}

const MAX_UNSEEN = 3;
const MAX_SCHEDULE = 60;
