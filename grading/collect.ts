/**
 * What an examination comes to: every cell with points has a result. Pure.
 * @module
 */
import type { Exercise } from "./exercise.ts";
import type { CheckResult } from "./verdict.ts";

/**
 * Gives every expected result, also of what never ran.
 *
 * @param exercise The notebook of the assignment.
 * @param results What the checks came to, by id.
 * @param answers Which answers were written.
 */
export function collect(
  { cells }: Exercise,
  results: ReadonlyMap<string, CheckResult>,
  answers: ReadonlyMap<string, "changed" | "unchanged">,
): CheckResult[] {
  return cells.flatMap(({ marks, role }): CheckResult[] => {
    if (marks === null || !["check", "essay", "task"].includes(role)) return [];
    const { gradeId: id, points: maxScore } = marks;
    const blank = { id, score: 0, maxScore, tests: [] };
    if (role === "check") {
      const notRun = "the examination ended before it";
      return [
        results.get(id) ?? { ...blank, state: "not-run", reason: notRun },
      ];
    }
    if (role === "essay" && answers.get(id) !== "changed") {
      const reason = answers.has(id) ? "nothing was written" : "it is missing";
      return [{ ...blank, state: "failed", reason }];
    }
    return [{ ...blank, state: "needs-person", reason: "a person grades it" }];
  });
}

/**
 * Keeps lists short: reports are for people, and a submission must not fill them.
 *
 * @param lines The list.
 */
export function shorten(lines: readonly string[]): readonly string[] {
  const more = lines.length - MAX_LINES;
  return more <= 0
    ? lines
    : [...lines.slice(0, MAX_LINES), `and ${more} more of the kind`];
}

const MAX_LINES = 50;
