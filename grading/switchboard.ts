/**
 * Connects the session of the checks with that of a submission: who waits for
 * whom, and what is said next. Pure.
 *
 * What passes is text that is not looked into. The checks are the teacher's and
 * are believed; a submission may say anything, at any time, and all that it can
 * change so is what its own functions seem to return.
 * @module
 */

import {
  type Line,
  type LineDecision,
  type LineEvent,
  type LineReply,
  newLine,
} from "./line.ts";

/**
 * Decides what happens next.
 *
 * @param line How it is.
 * @param event What has happened.
 */
export function connect(line: Line, event: LineEvent): LineDecision {
  const stay: LineDecision = { line, actions: [] };
  if (!line.isOpen) return whenClosed(line, event);
  switch (event.type) {
    case "checks-ask":
      return askSubmission(line, event.body);
    case "checks-answer":
      // Its own wait goes on.
      return settle({
        line: {
          ...line,
          checksBlocked: true,
          serving: Math.max(0, line.serving - 1),
        },
        actions: line.serving > 0
          ? [{ type: "reply-submission", reply: { answer: event.body } }]
          : [],
      });
    case "checks-poll":
      return settle({
        line: {
          ...line,
          checksBlocked: true,
          waits: [...line.waits, { for: "news" }],
        },
        actions: [],
      });
    case "checks-tell": {
      const id = `grading-${line.executions}`;
      return {
        line: { ...line, executions: line.executions + 1 },
        actions: [
          { type: "execute", id, call: "hear", body: event.body },
          { type: "reply-checks", reply: {} },
        ],
      };
    }
    case "submission-ask":
      return settle({ line: { ...line, asked: event.body }, actions: [] });
    case "submission-answer":
      return answerChecks(line, { for: "submission" }, { answer: event.body });
    case "submission-done":
      return answerChecks(line, { for: "execution", id: event.id }, {
        answer: event.body,
      });
    case "submission-ended":
      return answerChecks(line, { for: "execution", id: event.id }, {
        failure: event.failure,
      });
    case "submission-tell": {
      const news = [...line.news, event.body];
      const sizes = news.reduce((sum, { length }) => sum + length, 0);
      if (news.length > MAX_NEWS || sizes > MAX_NEWS_TEXT) return stay;
      return settle({ line: { ...line, news }, actions: [] });
    }
    case "submission-gone":
      return settle({
        line: { ...line, gone: event.failure, asked: null, serving: 0 },
        actions: [],
      });
    case "poll-over":
      return line.checksBlocked && line.waits.at(-1)?.for === "news"
        ? tellNews(line)
        : stay;
    case "hang-up":
      return hangUp(line, event.failure);
    default:
      return event satisfies never;
  }
}

function askSubmission(line: Line, body: string): LineDecision {
  // A new session would know nothing of what the check has asked before.
  if (line.gone !== null) {
    return {
      line,
      actions: [{ type: "reply-checks", reply: { failure: line.gone } }],
    };
  }
  // It is blocked, waiting for us: nothing else reaches it.
  if (line.serving > 0) {
    return {
      line: {
        ...line,
        checksBlocked: true,
        waits: [...line.waits, { for: "submission" }],
      },
      actions: [{ type: "reply-submission", reply: { serve: body } }],
    };
  }
  const id = `grading-${line.executions}`;
  return settle({
    line: {
      ...line,
      checksBlocked: true,
      executions: line.executions + 1,
      waits: [...line.waits, { for: "execution", id }],
    },
    actions: [{ type: "execute", id, call: "serve", body }],
  });
}

/** Gives the checks the answer that they wait for, and no other. */
function answerChecks(
  line: Line,
  from: Line["waits"][number],
  reply: LineReply,
): LineDecision {
  const wait = line.waits.at(-1);
  const isWanted = line.checksBlocked && wait?.for === from.for &&
    (from.for !== "execution" || wait.for !== "execution" ||
      wait.id === from.id);
  if (!isWanted) return { line, actions: [] };
  return {
    line: {
      ...line,
      checksBlocked: false,
      waits: line.waits.slice(0, -1),
    },
    actions: [{ type: "reply-checks", reply }],
  };
}

/** Tells the checks what they can be told now. */
function settle({ line, actions }: LineDecision): LineDecision {
  if (!line.checksBlocked) return { line, actions };
  if (line.asked !== null) {
    return {
      line: {
        ...line,
        asked: null,
        serving: line.serving + 1,
        checksBlocked: false,
      },
      actions: [...actions, {
        type: "reply-checks",
        reply: { serve: line.asked },
      }],
    };
  }
  const wait = line.waits.at(-1)?.for;
  // What has settled before is told first; an execution's own end is told of.
  const isInVain = line.gone !== null && wait !== "execution" &&
    (wait !== "news" || line.news.length === 0);
  if (isInVain && wait !== undefined) {
    const reply = { failure: line.gone };
    return {
      line: { ...line, checksBlocked: false, waits: line.waits.slice(0, -1) },
      actions: [...actions, { type: "reply-checks", reply }],
    };
  }
  if (wait === "news" && line.news.length > 0) {
    const told = tellNews(line);
    return { line: told.line, actions: [...actions, ...told.actions] };
  }
  return { line, actions };
}

function tellNews(line: Line): LineDecision {
  return {
    line: {
      ...line,
      news: [],
      checksBlocked: false,
      waits: line.waits.slice(0, -1),
    },
    actions: [{ type: "reply-checks", reply: { told: line.news } }],
  };
}

function hangUp(line: Line, failure: string): LineDecision {
  const isAsking = line.asked !== null || line.serving > 0 ||
    line.waits.some((wait) => wait.for === "submission");
  return {
    line: newLine(line.executions),
    actions: [
      ...line.checksBlocked
        ? [{ type: "reply-checks", reply: { failure } } as const]
        : [],
      ...isAsking
        ? [{ type: "reply-submission", reply: { failure } } as const]
        : [],
    ],
  };
}

/** Nobody may be left waiting: a cell that asks now would wait for ever. */
function whenClosed(line: Line, { type }: LineEvent): LineDecision {
  const reply = { failure: "no check runs now" };
  switch (type) {
    case "checks-ask":
    case "checks-answer":
    case "checks-poll":
    case "checks-tell":
      return { line, actions: [{ type: "reply-checks", reply }] };
    case "submission-ask":
    case "submission-answer":
      return { line, actions: [{ type: "reply-submission", reply }] };
    default:
      return { line, actions: [] };
  }
}

/** More promises than any check waits for. */
const MAX_NEWS = 10_000;
/** In characters: they are kept in the grading process until they are told. */
const MAX_NEWS_TEXT = 16 * 1024 * 1024;
