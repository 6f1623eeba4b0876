/**
 * Finds answers that need more than the kernel knows: the running program, the
 * language, the history, the machine.
 * @module
 */
import type { LanguageService } from "../language/mod.ts";
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
  /** Knows types, and asks the running program. */
  readonly language: LanguageService;
  /** What was run. */
  readonly history: HistoryStore;
  /** The processes that belong to the kernel. */
  readonly pids: readonly number[];
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
  { language, history, pids }: Sources,
): Promise<Reply> {
  switch (question.type) {
    case "lookup": {
      const { what, code, cursorPos } = question;
      const cursor = toUtf16(code, cursorPos);
      if (what === "complete") {
        const found = await language.complete(code, cursor);
        return {
          messageType: "complete_reply",
          content: completeReply(found, code),
        };
      }
      const isDetailed = what === "inspect-detailed";
      const found = await language.inspect(code, cursor, isDetailed);
      return { messageType: "inspect_reply", content: inspectReply(found) };
    }
    case "judge-completeness":
      return {
        messageType: "is_complete_reply",
        content: { ...language.isComplete(question.code) },
      };
    case "find-history": {
      const found = history.find(question.query).map((
        { session, line, source, output },
      ) => [session, line, question.withOutput ? [source, output] : source]);
      return {
        messageType: "history_reply",
        content: { status: "ok", history: found },
      };
    }
    case "measure-usage": {
      const usage = await measureUsage([Deno.pid, ...pids]);
      return {
        messageType: "usage_reply",
        content: { status: "ok", ...usage },
      };
    }
  }
}
