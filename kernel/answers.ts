/**
 * Finds answers that need more than the kernel knows: the running program, the
 * language, the history, the machine.
 * @module
 */
import type { CellLanguage } from "./cell_language.ts";
import type { HistoryStore } from "./history.ts";
import { completeReply, inspectReply } from "./lookup_replies.ts";
import { toUtf16 } from "./offsets.ts";
import type { Action } from "./state.ts";
import type { UsageMeter } from "./usage.ts";

/** An action that asks for an answer. */
export type Question = Extract<
  Action,
  { type: "lookup" | "judge-completeness" | "find-history" | "measure-usage" }
>;

/** Who knows. */
export interface Sources {
  /** Knows types, and asks the running program. */
  readonly language: CellLanguage;
  /** What was run. */
  readonly history: HistoryStore;
  /** Measures what the kernel uses. */
  readonly usage: UsageMeter;
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
  { language, history, usage, pids }: Sources,
): Promise<Reply> {
  switch (question.type) {
    case "lookup": {
      const { what, code, cursorPos } = question;
      const cursor = toUtf16(code, cursorPos);
      if (what === "complete") {
        const found = await language.service.complete(code, cursor);
        return {
          messageType: "complete_reply",
          content: completeReply(found, code),
        };
      }
      const isDetailed = what === "inspect-detailed";
      const found = await language.service.inspect(code, cursor, isDetailed);
      return { messageType: "inspect_reply", content: inspectReply(found) };
    }
    case "judge-completeness":
      return {
        messageType: "is_complete_reply",
        content: { ...await language.judge(question.code) ?? UNKNOWN },
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
      const figures = await usage.measure([Deno.pid, ...pids]);
      return {
        messageType: "usage_reply",
        content: { status: "ok", ...figures },
      };
    }
  }
}

/** What can not be read in time may be either; a front end then asks its user. */
const UNKNOWN = { status: "unknown" };
