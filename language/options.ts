/**
 * What a language service is for, and how patient it is.
 * @module
 */
import type { KeeperOptions } from "./lsp/keeper.ts";
import type { ReadOutline } from "./reading.ts";
import type { AskRuntime } from "./runtime.ts";

/** What a language service is for. */
export interface ServiceOptions extends KeeperOptions {
  /**
   * How long types may keep a completion or a description waiting, in
   * milliseconds; then the running program answers alone.
   * @default 1000
   */
  readonly answerMs?: number;
  /**
   * How long a server that starts may keep a question waiting that nobody else
   * can answer, in milliseconds.
   * @default 5000
   */
  readonly startMs?: number;
  /**
   * How long signatures may keep a completion waiting, in milliseconds.
   * @default 25
   */
  readonly detailMs?: number;
  /**
   * How long a server may be silent, in milliseconds; then it is replaced.
   * @default 20000
   */
  readonly silentMs?: number;
  /** Asks the running program. @default there is none */
  readonly runtime?: AskRuntime;
  /** Reads cells. @default in this process, however long it takes */
  readonly outline?: ReadOutline;
}
