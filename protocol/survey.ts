/**
 * What a kernel asks a session about what lives in it, and how it ends one of
 * those things. Pure: types and parsers only.
 * @module
 */
import * as z from "zod/mini";

/** Say what lives that was not announced: timers and locks. */
interface SurveyCommand {
  /** Tells the commands apart. */
  readonly type: "survey";
  /** Pairs the answer with the request. */
  readonly surveyId: number;
}

/** End one thing that a cell has started. */
interface StopCommand {
  /** Tells the commands apart. */
  readonly type: "stop";
  /** What it is. */
  readonly what: "child" | "timer";
  /** Its number among its kind. */
  readonly id: number;
}

/** What a session is told by whoever watches it. */
export type WatchCommand = SurveyCommand | StopCommand;

/** Nobody reads longer lists, and a cell may forge one. */
const MAX_LISTED = 100;

/** The timers that live, and who is at which lock of the library. */
export const surveySchema = z.object({
  type: z.literal("survey"),
  surveyId: z.int(),
  timers: z.array(z.object({
    timerId: z.int(),
    executionId: z.string(),
    repeats: z.boolean(),
    delayMs: z.number(),
  })).check(z.maxLength(MAX_LISTED)),
  locks: z.array(z.object({
    lock: z.string(),
    holders: z.array(z.string()),
    waiters: z.array(z.string()),
  })).check(z.maxLength(MAX_LISTED)),
});
