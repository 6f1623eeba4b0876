/**
 * What a session can be asked to do. Pure: types only.
 * @module
 */
import type { SessionCommand } from "../protocol/mod.ts";

/** A cell, ready to be evaluated. */
export type Executable = Omit<
  Extract<SessionCommand, { type: "execute" }>,
  "type"
>;

/** What the person answered; `null` when nobody can be asked. */
export interface InputAnswer {
  /** The text. */
  readonly value: string | null;
}
