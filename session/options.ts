/**
 * How a session is started. Pure: types only.
 * @module
 */
import type { SessionEvent, SessionExit } from "../protocol/mod.ts";
import type { Launched, LaunchOptions } from "./launch.ts";
import type { Limits } from "./limits.ts";

/** How to start a session, and who is told what happens in it. */
export interface SessionOptions extends LaunchOptions {
  /**
   * How much it may take of the machine, with all that its cells start.
   * @default what leaves the machine usable; no limits when all is permitted
   */
  readonly limits?: Limits;
  /** The process, if it was started with these options before. @default it is started */
  readonly launched?: Launched | undefined;
  /** Takes events in order, several at once when several have arrived. */
  readonly onEvents: (events: readonly SessionEvent[]) => void;
  /** Called once, after the last event. */
  readonly onExit: (exit: SessionExit) => void;
}
