/**
 * Judges states of a program: do its conditions hold, and how did it end.
 *
 * Pure, as far as the program's own conditions are.
 * @module
 */
import type { Plan } from "./program.ts";
import type { RaceOutcome } from "./result.ts";
import { sketchCheck, writeMemory, writeValue } from "./values.ts";

/** A thread that is not done, and what it waits for. */
export interface Waiting {
  readonly name: string;
  /** What it waits for, such as `lock "l", which b holds`. */
  readonly obstacle: string;
  /** Whether it goes round in a loop meanwhile. */
  readonly spins: boolean;
}

/** What is known when nobody can go on. */
export interface EndState {
  readonly fault: { readonly name: string; readonly error: unknown } | null;
  readonly waiting: readonly Waiting[];
}

type Memory = Readonly<Record<string, unknown>>;

/** What a program says of itself. */
export type Rules = Pick<Plan, "title" | "check" | "invariant">;

/** Judges states and ends. */
export const judge = { invariant, end } as const;

/** Says what is wrong with a state by the program's invariant; `null` if nothing is. */
function invariant(plan: Rules, takeMemory: () => Memory): string | null {
  if (plan.invariant === null) return null;
  const memory = takeMemory();
  const answer = ask(plan, "invariant", memory);
  if (answer === true) return null;
  return answer === false
    ? `${writeMemory(memory)}, expected ${plan.invariant.text} at all times`
    : `the invariant throws ${answer.thrown}`;
}

/** Says how an execution ended. */
function end(plan: Rules, final: Memory, state: EndState): RaceOutcome {
  const { fault, waiting } = state;
  if (fault !== null) {
    const reason = `${fault.name} throws ${describe(fault.error)}`;
    return { kind: "error", reason, final };
  }
  if (waiting.length > 0) {
    const reason = waiting.map(({ name, obstacle, spins }) =>
      `${name} ${spins ? "loops for ever and" : ""} waits for ${obstacle}`
        .replace(/ +/g, " ")
    ).join("; ");
    const isLivelock = waiting.some(({ spins }) => spins);
    return { kind: isLivelock ? "livelock" : "deadlock", reason, final };
  }
  const isChecked = plan.check !== null || plan.invariant !== null;
  const kind = isChecked ? "passed" : "ended";
  if (plan.check === null) return { kind, reason: "", final };
  const answer = ask(plan, "check", final);
  if (answer === true) return { kind: "passed", reason: "", final };
  const reason = answer === false
    ? `${writeMemory(final)}, expected ${plan.check.text}`
    : `the check throws ${answer.thrown}`;
  return { kind: "check", reason, final };
}

/** Asks a condition. */
function ask(
  plan: Rules,
  name: "check" | "invariant",
  memory: Memory,
): boolean | { readonly thrown: string } {
  let answer: unknown;
  try {
    answer = plan[name]!.holds(memory);
  } catch (error) {
    return { thrown: describe(error) };
  }
  if (typeof answer === "boolean") return answer;
  const found = answer instanceof Promise
    ? "a promise"
    : answer === undefined
    ? "nothing"
    : writeValue(answer);
  throw new TypeError(
    `Cannot judge "${plan.title}": its ${name} returns ${found}, ` +
      `expected true or false, as in ${name}: (m) => ${sketchCheck(memory)}`,
  );
}

function describe(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message}`
    : String(error);
}
