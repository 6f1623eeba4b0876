/**
 * A thrown value as a session reports it. Pure: a type and its parser.
 * @module
 */
import * as z from "zod/mini";

/** A thrown value, taken apart where it was thrown. */
export interface ErrorReport {
  /** Name of its class, or of its type when it is no `Error`. */
  readonly name: string;
  /** Its message, or the value as text. */
  readonly message: string;
  /** The engine's stack text, frames only; empty when there is none. */
  readonly stack: string;
  /** What else the error carries, as text, such as `{ code: "ENOENT" }`. */
  readonly properties?: string | undefined;
  /** Why it was thrown. */
  readonly cause?: ErrorReport | undefined;
  /** The errors of an `AggregateError`. */
  readonly errors?: readonly ErrorReport[] | undefined;
  /** How many more of them there are. */
  readonly omitted?: number | undefined;
}

/** Reads a report. */
export const errorReportSchema: z.ZodMiniType<ErrorReport> = z.object({
  name: z.string(),
  message: z.string(),
  stack: z.string(),
  properties: z.optional(z.string()),
  cause: z.optional(z.lazy(() => errorReportSchema)),
  errors: z.optional(z.array(z.lazy(() => errorReportSchema))),
  omitted: z.optional(z.number()),
});
