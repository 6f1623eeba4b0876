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
  const { first, fault, failures, check, durationMs } = found;
  const rounds = countOf(found.rounds, "round");
  const took = formatDuration(durationMs);
  const failed = failures === 1
    ? "it is the only one that failed"
    : `${formatCount(failures)} failed`;
  return [
    ...describeFault(found),
    first !== null
      ? `Round ${formatCount(first.round)} ended with ${
        writeMemory(first.final)
      }, expected ${check}; ${failed} of ${rounds} (${took}).`
      : fault !== null
      ? `The ${rounds} before it ended with ${check}.`
      : `Not seen in ${rounds} (${took}): every one ended with ${check}.`,
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
  const sure = schedule === null
    ? ""
    : `; ${replayCall(schedule)} shows it for sure`;
  const why = isOrdered !== false
    ? sure
    : `: no order of the steps ends so (all ${
      formatCount(schedules ?? 0)
    } schedules were tried), ` + (racy.length === 0
      ? "although all accesses are atomic, so do not rely on this result"
      : `so ${describeReordered(racy)}`);
  return `${writeMemory(values)} came up in ${share}${word}${why}.`;
}

/** What is said of forbidden outcomes that did not come up. */
function describeForbidden(found: Wordless<LitmusResult>): readonly string[] {
  const { outcomes, rounds, racy, schedules } = found;
  if (outcomes.some(({ verdict }) => verdict === "forbidden")) return [];
  const seen = `Nothing that the program forbids was seen in ${
    countOf(rounds, "round")
  }`;
  if (schedules === null) return [`${seen}. That proves nothing.`];
  const why = racy.length > 0
    ? describeRacy(racy)
    : "All accesses to what threads share are atomic, " +
      "and for those JavaScript promises one order of all steps.";
  return [
    `${seen}, and none of all ${
      formatCount(schedules)
    } schedules ends so. ${why}`,
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
  const drawn = `${formatCount(schedules)} schedules drawn at random`;
  if (schedule !== null) {
    const share = total === null ? drawn : `${formatCount(total)} schedules`;
    const isSeen = first !== null || fault !== null;
    return `${isSeen ? "To see it for sure" : "It can fail"}: ${
      replayCall(schedule)
    }; ${formatCount(failingSchedules)} of ${share} fail.`;
  }
  if (total === null) {
    return first === null
      ? `None of ${drawn} fails either. That proves nothing.`
      : `None of ${drawn} fails; there are more.`;
  }
  const none = `None of all ${formatCount(total)} schedules fails`;
  if (first !== null) {
    return `${none}: ${describeReordered(racy)}. Use m.atomics or a lock.`;
  }
  const why = racy.length === 0 ? "" : ` ${describeRacy(racy)}`;
  return `${none}, where all threads see all steps in one order.${why}`;
}

function describeRacy(racy: readonly string[]): string {
  return `Accesses to ${racy.join(", ")} are plain: where no lock and ` +
    `no atomic access orders them, compilers and processors may.`;
}

function describeReordered(racy: readonly string[]): string {
  return `the compiler or the processor changed the order of plain accesses to ${
    racy.join(", ")
  }`;
}

/** What to run to see it. */
function replayCall(schedule: string): string {
  return schedule.length > MAX_SCHEDULE
    ? "race.replay(program, schedule) with the schedule of this result"
    : `race.replay(program, "${schedule}")`;
}

const MAX_UNSEEN = 3;
const MAX_SCHEDULE = 60;
