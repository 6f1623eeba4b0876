/**
 * Finds answers that need more than the kernel knows: the running program, the
 * language, the history, the machine.
 * @module
 */
import type { isComplete } from "../language/mod.ts";
import type { Session } from "../session/mod.ts";
import type { HistoryStore } from "./history.ts";
import { completeReply, inspectReply } from "./lookup_replies.ts";
import { toUtf16 } from "./offsets.ts";
import type { Action } from "./state.ts";
import { measureUsage } from "./usage.ts";

/** An action that asks for an answer. */
export type Question = Extract<
  Action,
  { type: "lookup" | "judge-completeness" | "find-history" | "measure-usage" }
>;

/** Who knows. */
export interface Sources {
  /** The running program; `null` while there is none. */
  readonly session: Session | null;
  /** What was run. */
  readonly history: HistoryStore;
  /** Judges whether code could be run as it is. */
  readonly isComplete: typeof isComplete;
}

/** What to reply. */
export interface Reply {
  /** Type of the message. */
  readonly messageType: string;
  /** What it says. */
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Finds the answer to a question.
 *
 * @param question What is asked.
 * @param sources Who knows.
 */
export async function findAnswer(
  question: Question,
  sources: Sources,
): Promise<Reply> {
  switch (question.type) {
    case "lookup": {
      const { what, code, cursorPos } = question;
      const cursor = toUtf16(code, cursorPos);
      const found = await sources.session?.lookup({ what, code, cursor }) ??
        null;
      return what === "complete"
        ? {
          messageType: "complete_reply",
          content: completeReply(found, { code, cursorPos }),
        }
        : { messageType: "inspect_reply", content: inspectReply(found) };
    }
    case "judge-completeness":
      return {
        messageType: "is_complete_reply",
        content: { ...sources.isComplete(question.code) },
      };
    case "find-history": {
      const history = sources.history.find(question.query).map((
        { session, line, source, output },
      ) => [session, line, question.withOutput ? [source, output] : source]);
      return {
        messageType: "history_reply",
        content: { status: "ok", history },
      };
    }
    case "measure-usage": {
      const usage = await measureUsage([
        Deno.pid,
        ...sources.session === null ? [] : [sources.session.pid],
      ]);
      return {
        messageType: "usage_reply",
        content: { status: "ok", ...usage },
      };
    }
  }
}
