/**
 * Runs cases in a kernel.
 * @module
 */
import type { Case, Group } from "./case.ts";
import { judge, requestOf } from "./judge.ts";
import type { CompatKernel } from "./kernel.ts";

/** What became of a case. */
export interface Result {
  /** The case. */
  readonly one: Case;
  /** Whether all of it is as expected. */
  readonly isRight: boolean;
  /** What came of its last step, or of the first that is not as expected. */
  readonly found: string;
}

/**
 * Runs the cases of a group, one after another.
 *
 * @param group The group.
 * @param kernel The kernel.
 */
export async function runGroup(
  { cases }: Group,
  kernel: CompatKernel,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const one of cases) results.push(await runCase(one, kernel));
  return results;
}

async function runCase(one: Case, kernel: CompatKernel): Promise<Result> {
  let found = "";
  for (const step of one.steps) {
    let verdict = judge(step, await kernel.ask(requestOf(step)));
    // Whoever types asks with every key: what types say may come a key later.
    const isQuestion = "complete" in step || "inspect" in step;
    for (
      let tries = 1;
      isQuestion && !verdict.isRight && tries < TRIES;
      tries++
    ) {
      verdict = judge(step, await kernel.ask(requestOf(step)));
    }
    found = verdict.found;
    if (!verdict.isRight) return { one, isRight: false, found };
  }
  return { one, isRight: true, found };
}

const TRIES = 5;
