/**
 * What is known while a check asks a submission, what can happen then, and what can
 * be done. Pure; `switchboard.ts` decides.
 * @module
 */

/** What can happen. */
export type LineEvent =
  /** The checks want something done there, and wait. */
  | { readonly type: "checks-ask"; readonly body: string }
  /** The checks have done what they were asked, and wait for what they wait for. */
  | { readonly type: "checks-answer"; readonly body: string }
  /** The checks want to know what has settled. */
  | { readonly type: "checks-poll" }
  /** A promise of the checks has settled. */
  | { readonly type: "checks-tell"; readonly body: string }
  /** The submission wants something done here, and waits. */
  | { readonly type: "submission-ask"; readonly body: string }
  /** The submission has done what it was asked while it waited itself. */
  | { readonly type: "submission-answer"; readonly body: string }
  /** An execution in the submission's session has brought an answer. */
  | {
    readonly type: "submission-done";
    readonly id: string;
    readonly body: string;
  }
  /** An execution there has ended; if it brought no answer, there is none. */
  | {
    readonly type: "submission-ended";
    readonly id: string;
    readonly failure: string;
  }
  /** A promise of the submission has settled. */
  | { readonly type: "submission-tell"; readonly body: string }
  /** Its session has ended by itself: what waits for it, waits for nothing. */
  | { readonly type: "submission-gone"; readonly failure: string }
  /** Nothing has settled for a while. */
  | { readonly type: "poll-over" }
  /** The check is over, or has to be. */
  | { readonly type: "hang-up"; readonly failure: string };

/** What is to be done. */
export type LineAction =
  | { readonly type: "reply-checks"; readonly reply: LineReply }
  | { readonly type: "reply-submission"; readonly reply: LineReply }
  /** Has the submission's session serve a request, or hear of a promise. */
  | {
    readonly type: "execute";
    readonly id: string;
    readonly call: "serve" | "hear";
    readonly body: string;
  };

/** What a side that is blocked is told: see `guest/bridge.ts`. */
export interface LineReply {
  readonly serve?: string;
  readonly answer?: string;
  readonly told?: readonly string[];
  readonly failure?: string;
}

/** Who waits for whom. */
export interface Line {
  /** Whether a check runs: else nobody is answered. */
  readonly isOpen: boolean;
  /** Whether the checks are blocked. */
  readonly checksBlocked: boolean;
  /** What the checks wait for, the latest last: an execution, or else. */
  readonly waits: readonly (
    | { readonly for: "execution"; readonly id: string }
    | { readonly for: "submission" | "news" }
  )[];
  /** What the blocked submission asks, until the checks are told. */
  readonly asked: string | null;
  /** How many questions of the blocked submission the checks work on. */
  readonly serving: number;
  /** What has settled and was not told yet. */
  readonly news: readonly string[];
  /** Why the submission's session is not there any more; null if it is. */
  readonly gone: string | null;
  /** How many executions were ever asked for. */
  readonly executions: number;
}

/** A decision: how it is from now on, and what to do. */
export interface LineDecision {
  readonly line: Line;
  readonly actions: readonly LineAction[];
}

/**
 * A line before the first check, or between two.
 *
 * @param executions How many executions were ever asked for.
 * @param isOpen Whether a check begins.
 */
export function newLine(executions = 0, isOpen = false): Line {
  return {
    isOpen,
    checksBlocked: false,
    waits: [],
    asked: null,
    serving: 0,
    news: [],
    gone: null,
    executions,
  };
}
