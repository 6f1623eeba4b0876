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
  type RaceEndingRow,
  type RaceResult,
  type RaceStep,
} from "./result.ts";
import { describeConfirmed } from "./words.ts";
import { sketchCheck, writeMemory } from "./values.ts";

/** What the sentences are made from: a result without them. */
export type Found = Omit<RaceResult, "findings" | "missing"> & {
  /** Whether a thread rested in a loop that came to nothing, see `loops.ts`. */
  readonly rests: boolean;
};

/** Puts a result into words. */
export function describeRace(found: Found): readonly string[] {
  const { failing, shortest } = found;
  return [
    describeAnswer(found),
    ...failing.slice(0, MAX_ENDINGS).map((ending) =>
      describeEnding(found, ending)
    ),
    ...failing.length > MAX_ENDINGS ? [describeMore(found)] : [],
    ...shortest === null
      ? []
      : [describeShortest(shortest, found.total !== null)],
    ...found.isChecked ? [] : describeTable(found),
    ...describeEffort(found),
    describeAssumption(found),
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

function describeMore(found: Found): string {
  const { endings, endingCount } = found;
  const count = endings.filter(isFailure).length - MAX_ENDINGS;
  // The table holds the first sixty of all ways to end only.
  if (endings.length < endingCount) {
    return `There are ${count} more ways to fail, or even more.`;
  }
  return count === 1
    ? "There is 1 more way to fail."
    : `There are ${count} more ways to fail.`;
}

/** The table of endings of a program that does not say what must hold. */
function describeTable(found: Found): readonly string[] {
  const { endings, endingCount, schedules, failingSchedules } = found;
  if (failingSchedules === schedules) return [];
  const ends = endings.filter((ending) => !isFailure(ending));
  const rows = ends.slice(0, MAX_ROWS).map((row) =>
    describeRow(row, schedules)
  );
  const others = endingCount - (endings.length - ends.length) - rows.length;
  return [
    ...rows,
    ...others > 0 ? [`They end in ${others} more ways.`] : [],
    "Nothing says which of these is right: give a check, such as " +
    `check: (m) => ${sketchCheck(ends[0]?.final ?? {})}.`,
  ];
}

function describeRow(row: RaceEndingRow, schedules: number): string {
  const memory = writeMemory(row.final);
  const name = row.schedule.length > MAX_SCHEDULE
    ? `${row.schedule.slice(0, MAX_SCHEDULE)}…`
    : row.schedule;
  return `${formatCount(row.schedules)} of ${formatCount(schedules)} end with ${
    memory === "" ? "no cell" : memory
  }, such as ${name === "" ? "the one without a step" : name}.`;
}

function describeUnchecked(found: Found): string {
  const { total, schedules, endingCount } = found;
  const ways = endingCount === 1
    ? "in the same way"
    : `in ${endingCount} different ways`;
  if (total === null) {
    return `${
      formatCount(schedules)
    } schedules drawn at random end ${ways}; there are more.`;
  }
  return total === 1
    ? "There is one schedule, and nothing says how it must end."
    : `${formatCount(total)} schedules end ${ways}.`;
}

function describeAnswer(found: Found): string {
  const { total, schedules, failingSchedules } = found;
  if (!found.isChecked && failingSchedules === 0) {
    return describeUnchecked(found);
  }
  if (total === null) {
    const drawn = `${formatCount(schedules)} schedules drawn at random`;
    return failingSchedules === 0
      ? `None of ${drawn} fails; there are more, so this proves nothing.`
      : `${formatCount(failingSchedules)} of ${drawn} ${
        failingSchedules === 1 ? "fails" : "fail"
      }; there are more.`;
  }
  if (failingSchedules === 0) {
    return total === 1
      ? "The only schedule passes."
      : `All ${formatCount(total)} schedules pass.`;
  }
  return `${formatCount(failingSchedules)} of ${formatCount(total)} ${
    total === 1 ? "schedule" : "schedules"
  } ${failingSchedules === 1 ? "fails" : "fail"}.`;
}

function describeEnding(found: Found, ending: RaceEnding): string {
  const share = `${formatCount(ending.schedules)} of ${
    formatCount(found.schedules)
  }`;
  const { reason } = ending;
  switch (ending.kind) {
    case "check":
      return `${share} end with ${reason}.`;
    case "invariant":
      return `${share} come to ${reason}.`;
    case "deadlock":
    case "livelock":
      return `${share} end in a ${KINDS[ending.kind]}: ${reason}.`;
    case "error":
      return `${share} end with an error: ${reason}.`;
    case "passed":
    case "ended":
      return `${share} pass.`;
  }
}

function describeShortest(shortest: RaceEnding, isSure: boolean): string {
  const { schedule, switches, threads, steps } = shortest;
  if (steps.length === 0) return "It fails before the first step.";
  const name = schedule.length > MAX_SCHEDULE
    ? `${schedule.slice(0, MAX_SCHEDULE)}…`
    : schedule;
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
  return `${
    isSure ? "The shortest" : "A short one"
  } that fails is ${name}, which switches threads ${times}: ` +
    `${before}${story}.${why}`;
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
  const sentences: string[] = [];
  if (total !== null && explored < total) {
    sentences.push(
      `${formatCount(explored)} runs through ${
        formatCount(states ?? 0)
      } states were enough: ` +
        `schedules that come to the same state go on alike, and that was run once.`,
    );
  }
  if (rests) {
    sentences.push(
      "A thread whose loop changes nothing rests until something that it looked at is " +
        "different: turns in between would be the same again, and are not counted.",
    );
  }
  if (confirmed !== null) sentences.push(describeConfirmed(confirmed));
  if (kind === "async") {
    sentences.push(
      "These are asynchronous functions on one thread: others come between at an await only.",
    );
  }
  return sentences;
}

function describeAssumption({ kind }: Found): string {
  return kind === "async"
    ? "Timers are over at once here: a schedule says who goes on, not when."
    : "All threads see all steps in one order here. Processors and compilers promise that for " +
      "atomic accesses only: plain ones may be reordered, which no schedule here shows.";
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
