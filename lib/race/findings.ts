/**
 * What exploring found, in sentences.
 *
 * Pure.
 * @module
 */
import { formatCount } from "../base/mod.ts";
import {
  isFailure,
  type RaceEnding,
  type RaceResult,
  type RaceStep,
} from "./result.ts";
import { describeConfirmed } from "./words.ts";
import { sketchCheck, writeMemory } from "./values.ts";

/** What the sentences are made from: a result without them. */
export type Found = Omit<RaceResult, "findings" | "missing"> & {
  /** Whether a thread rested in a loop that came to nothing, see `thread.ts`. */
  readonly rests: boolean;
};

/** Puts a result into words. */
export function describeRace(found: Found): readonly string[] {
  const { failing, shortest, schedules } = found;
  return [
    describeAnswer(found),
    ...failing.slice(0, MAX_ENDINGS).map((ending) =>
      `${ofAll(ending.schedules, schedules)} ${describeEnding(ending)}.`
    ),
    ...failing.length > MAX_ENDINGS ? [describeMore(found)] : [],
    ...shortest === null
      ? []
      : [describeShortest(shortest, found.total !== null)],
    ...found.isChecked ? [] : describeTable(found),
    ...describeEffort(found),
    found.kind === "async"
      ? "Timers are over at once here: a schedule says who goes on, not when."
      : "All threads see all steps in one order here. Processors and compilers promise that for " +
        "atomic accesses only: plain ones may be reordered, which no schedule here shows.",
  ];
}

/**
 * Finds an update that is lost: a thread writes what it worked out from a value
 * that another has replaced meanwhile.
 */
export function findLostUpdate(
  steps: readonly RaceStep[],
): readonly [RaceStep, RaceStep, RaceStep] | null {
  for (const [index, write] of steps.entries()) {
    if (write.operation !== "write") continue;
    const before = steps.slice(0, index).filter(({ target }) =>
      target === write.target
    );
    const own = before.findLastIndex(({ thread }) => thread === write.thread);
    if (before[own]?.operation !== "read") continue;
    const other = before.slice(own + 1).findLast(({ operation }) =>
      operation !== "read" && operation !== "load"
    );
    if (other) return [before[own], other, write];
  }
  return null;
}

/** Writes the name of a kind of failure. */
export function nameKind(kind: RaceEnding["kind"]): string {
  return KINDS[kind];
}

function ofAll(count: number, all: number): string {
  return `${formatCount(count)} of ${formatCount(all)}`;
}

function shorten(schedule: string): string {
  return schedule.length > MAX_SCHEDULE
    ? `${schedule.slice(0, MAX_SCHEDULE)}…`
    : schedule;
}

function describeMore({ endings, endingCount }: Found): string {
  const count = endings.filter(isFailure).length - MAX_ENDINGS;
  // The table holds the first sixty of all ways to end only.
  const most = endings.length < endingCount ? ", or even more" : "";
  return count === 1 && most === ""
    ? "There is 1 more way to fail."
    : `There are ${count} more ways to fail${most}.`;
}

/** The table of endings of a program that does not say what must hold. */
function describeTable(found: Found): readonly string[] {
  const { endings, endingCount, schedules, failingSchedules } = found;
  if (failingSchedules === schedules) return [];
  const ends = endings.filter((ending) => !isFailure(ending));
  const rows = ends.slice(0, MAX_ROWS).map((row) => {
    const memory = writeMemory(row.final) || "no cell";
    const name = shorten(row.schedule) || "the one without a step";
    return `${
      ofAll(row.schedules, schedules)
    } end with ${memory}, such as ${name}.`;
  });
  const others = endingCount - (endings.length - ends.length) - rows.length;
  return [
    ...rows,
    ...others > 0 ? [`They end in ${others} more ways.`] : [],
    "Nothing says which of these is right: give a check, such as " +
    `check: (m) => ${sketchCheck(ends[0]?.final ?? {})}.`,
  ];
}

function describeAnswer(found: Found): string {
  const { total, schedules, failingSchedules, endingCount } = found;
  const drawn = `${formatCount(schedules)} schedules drawn at random`;
  const fails = failingSchedules === 1 ? "fails" : "fail";
  if (failingSchedules > 0) {
    return total === null
      ? `${formatCount(failingSchedules)} of ${drawn} ${fails}; there are more.`
      : `${ofAll(failingSchedules, total)} ${
        total === 1 ? "schedule" : "schedules"
      } ${fails}.`;
  }
  if (found.isChecked) {
    if (total === 1) return "The only schedule passes.";
    return total === null
      ? `None of ${drawn} fails; there are more, so this proves nothing.`
      : `All ${formatCount(total)} schedules pass.`;
  }
  if (total === 1) {
    return "There is one schedule, and nothing says how it must end.";
  }
  const ways = endingCount === 1
    ? "in the same way"
    : `in ${endingCount} different ways`;
  return total === null
    ? `${drawn} end ${ways}; there are more.`
    : `${formatCount(total)} schedules end ${ways}.`;
}

function describeEnding({ kind, reason }: RaceEnding): string {
  switch (kind) {
    case "check":
      return `end with ${reason}`;
    case "invariant":
      return `come to ${reason}`;
    case "deadlock":
    case "livelock":
      return `end in a ${KINDS[kind]}: ${reason}`;
    case "error":
      return `end with an error: ${reason}`;
    case "passed":
    case "ended":
      return "pass";
  }
}

function describeShortest(shortest: RaceEnding, isSure: boolean): string {
  const { schedule, switches, threads, steps } = shortest;
  if (steps.length === 0) return "It fails before the first step.";
  const times = switches === 1 ? "once" : `${switches} times`;
  const say = ({ thread, text }: RaceStep) => `${threads[thread]} ${text}`;
  // What comes after the invariant broke explains nothing.
  const told = steps.slice(0, shortest.brokenAfter ?? steps.length);
  const lost = findLostUpdate(told);
  const story = told.slice(-MAX_STEPS).map(say).join(", ");
  const before = told.length > MAX_STEPS
    ? `after ${told.length - MAX_STEPS} steps, `
    : "";
  const why = lost === null ? "" : ` ${explainLost(lost, threads)}`;
  return `${isSure ? "The shortest" : "A short one"} that fails is ${
    shorten(schedule)
  }, which switches threads ${times}: ${before}${story}.${why}`;
}

function explainLost(
  [read, other, write]: readonly [RaceStep, RaceStep, RaceStep],
  threads: readonly string[],
): string {
  const [own, them] = [threads[read.thread], threads[other.thread]];
  return read.line === write.line
    ? `An update is lost: ${own} ${write.text}, worked out from what it read before ${them} ${other.text}.`
    : `Between the two steps in which ${own} ${read.text} and ${write.text}, ${them} ${other.text}.`;
}

function describeEffort(found: Found): readonly string[] {
  const { total, explored, states, confirmed, kind, rests } = found;
  const runs = `${formatCount(explored)} runs through ${
    formatCount(states ?? 0)
  } states`;
  return [
    ...total !== null && explored < total
      ? [
        `${runs} were enough: ` +
        `schedules that come to the same state go on alike, and that was run once.`,
      ]
      : [],
    ...rests
      ? [
        "A thread whose loop changes nothing rests until something that it looked at is " +
        "different: turns in between would be the same again, and are not counted.",
      ]
      : [],
    ...confirmed === null ? [] : [describeConfirmed(confirmed)],
    ...kind === "async"
      ? [
        "These are asynchronous functions on one thread: others come between at an await only.",
      ]
      : [],
  ];
}

const KINDS: Readonly<Record<RaceEnding["kind"], string>> = {
  passed: "pass",
  ended: "end",
  check: "wrong result",
  invariant: "broken invariant",
  deadlock: "deadlock",
  livelock: "livelock",
  error: "error",
};
const MAX_ENDINGS = 4;
const MAX_ROWS = 12;
const MAX_STEPS = 8;
const MAX_SCHEDULE = 40;
