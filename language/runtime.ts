/**
 * What the language asks of the running program.
 *
 * Who carries the question there is the kernel. What its answers are joined
 * with is in `merge.ts`.
 * @module
 */
import type { LookupCommand, SessionEvent } from "../protocol/mod.ts";
import { within } from "./lsp/ask.ts";
import { type Diagnosis, missingName } from "./lsp/problems.ts";

/** A question to the running program. */
export type RuntimeQuestion = Omit<LookupCommand, "type" | "lookupId">;

/** What the running program answers; `null` when it is busy, or not there. */
export type RuntimeAnswer =
  | Extract<SessionEvent, { type: "completions" | "description" }>
  | null;

/** Asks the running program. */
export type AskRuntime = (question: RuntimeQuestion) => Promise<RuntimeAnswer>;

/**
 * Waits for the running program while types are asked for.
 *
 * A running cell is not waited for once the types are known.
 *
 * @param typed What types say; `null` when they say nothing.
 * @param answer What the running program says; `undefined` when nobody asks it.
 */
export async function programWhile(
  typed: Promise<unknown>,
  answer: Promise<RuntimeAnswer> = Promise.resolve(null),
): Promise<RuntimeAnswer> {
  const enough = typed.then((found) =>
    found === null ? answer : within(PATIENCE_MS, answer)
  );
  return await Promise.race([answer, enough]);
}

/**
 * Leaves out problems about names that no cell declares and the program has.
 *
 * @param problems The problems, if they are known.
 * @param ask Asks the running program.
 * @returns Those that are left.
 */
export async function dropKnown(
  problems: Diagnosis,
  ask: AskRuntime,
): Promise<Diagnosis> {
  if (typeof problems === "string") return problems;
  const kept = await Promise.all(problems.map(async (problem) => {
    const name = missingName(problem);
    if (name === null) return true;
    const answer = await ask({
      what: "inspect",
      code: name,
      cursor: name.length,
    });
    // A busy program will say by itself that it does not know the name.
    return answer?.type === "description" && answer.text === null;
  }));
  return problems.filter((_, i) => kept[i]);
}

const PATIENCE_MS = 5;
