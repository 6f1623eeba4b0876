/**
 * What a check comes to: it fails closed. Pure.
 *
 * Only a check that ran to its end in the teacher's session, and asked nothing
 * that could not be answered, gives points.
 * @module
 */
import type { CellOutcome } from "./desk.ts";

/** How a check has ended. */
export type CheckState =
  | "passed"
  | "partial"
  | "failed"
  | "error"
  | "timeout"
  | "memory"
  | "not-run"
  | "needs-person";

/** The result of a check, or of a cell that a person grades. */
export interface CheckResult {
  /** Id of the cell. */
  readonly id: string;
  /** How it has ended. */
  readonly state: CheckState;
  /** Points that it gives. */
  readonly score: number;
  /** Points that it could give. */
  readonly maxScore: number;
  /** Why it did not pass; empty if it did. */
  readonly reason: string;
  /** The tests that it declares. */
  readonly tests: CellOutcome["tests"];
}

/** What has happened while a check ran. */
export interface CheckFacts {
  readonly id: string;
  readonly points: number;
  /** How its cell has ended. */
  readonly outcome: CellOutcome;
  /** What went wrong in the submission's session meanwhile, if something did. */
  readonly trouble: Trouble | null;
  /** Names that the submission does not have. */
  readonly missing: readonly string[];
  /** What the submission has given that is no value, if it did. */
  readonly unreadable: string | null;
  /** What ended an earlier session of the submission: its variables are lost. */
  readonly lost: Trouble | null;
}

/** Something that ends more than a check. */
export interface Trouble {
  readonly state: "error" | "timeout" | "memory";
  readonly reason: string;
}

/**
 * Judges a check.
 *
 * @param facts What has happened.
 */
export function judge(facts: CheckFacts): CheckResult {
  const { id, points, outcome } = facts;
  const { state, reason, share } = decide(facts);
  return {
    id,
    state,
    score: state === "passed"
      ? points
      : state === "partial"
      ? Math.floor(points * share * 100) / 100
      : 0,
    maxScore: points,
    reason,
    tests: outcome.tests,
  };
}

function decide(
  { outcome, trouble, missing, unreadable, lost }: CheckFacts,
): { state: CheckState; reason: string; share: number } {
  const end = (state: CheckState, reason: string, share = 0) => ({
    state,
    reason,
    share,
  });
  if (trouble !== null) return end(trouble.state, trouble.reason);
  if (outcome.type === "timeout") {
    return end("timeout", "the check took too long");
  }
  if (outcome.isSessionLost) {
    return end("error", `the check could not go on: ${outcome.evalue}`);
  }
  if (unreadable !== null) return end("error", unreadable);
  if (missing.length > 0) {
    const names = [...new Set(missing)].join(", ");
    const text = `the submission does not define ${names}`;
    return lost === null
      ? end("failed", text)
      : end(lost.state, `${text}: ${lost.reason}`);
  }
  const failed = outcome.tests.filter(({ outcome }) => outcome === "failed");
  if (outcome.type === "ok" && failed.length === 0) return end("passed", "");
  const top = outcome.tests.filter(({ name }) => !name.includes(" > "));
  const passed = top.filter(({ outcome }) => outcome === "ok").length;
  const ran = top.filter(({ outcome }) => outcome !== "ignored").length;
  // A cell that also threw by itself has not passed in part.
  if (outcome.ename === "TestsFailed" && passed > 0 && passed < ran) {
    const reason = `${passed} of ${ran} tests passed; ${failed[0]!.name}: ${
      failed[0]!.message
    }`;
    return end("partial", reason, passed / ran);
  }
  const text = failed[0] === undefined
    ? `${outcome.ename}: ${outcome.evalue}`
    : `${failed[0].name}: ${failed[0].message}`;
  return end("failed", text);
}

/**
 * Tells what has ended a session.
 *
 * @param outcome How the cell has ended that ran then.
 * @param where Which cell that was.
 * @returns `null` if the session lives on and the cell did not take too long.
 */
export function troubleOf(
  { type, isSessionLost, evalue }: CellOutcome,
  where: string,
): Trouble | null {
  if (type === "timeout") {
    return {
      state: "timeout",
      reason: `${where} took too long${
        isSessionLost ? ", and its session had to be ended" : ""
      }`,
    };
  }
  return isSessionLost ? endedWith(evalue, where) : null;
}

/**
 * Tells what a session that has ended means.
 *
 * @param why The session's own words.
 * @param where Which cell ran then, or what else was done.
 */
export function endedWith(why: string, where: string): Trouble {
  return {
    state: MEMORY.test(why) ? "memory" : "error",
    reason: `${where}: ${why}`,
  };
}

/** The session's own words: see `session/exit.ts` and `session/limits.ts`. */
const MEMORY = /ran out of memory|took a memory of/;
