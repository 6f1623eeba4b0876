/**
 * What an engine is given, and who listens to it.
 * @module
 */
import type { Kernel } from "../kernel/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import type { ServerMessage } from "./protocol.ts";
import type { Run } from "./runs.ts";
import type { Show } from "./shown.ts";

/** What an engine is given. */
export interface EngineOptions {
  /** Starts a kernel that sends its messages here. */
  readonly startKernel: (
    send: (message: OutgoingMessage) => void,
  ) => Promise<Kernel>;
  /** Tells all pages. */
  readonly send: (message: ServerMessage) => void;
  /** Puts what a cell shows into the document. */
  readonly show: Show;
}

/** Who hears all that the kernel says, such as a Jupyter client. */
export interface Listener {
  readonly onMessage: (message: OutgoingMessage) => void;
  /** The kernel has ended, or another one takes its place. */
  readonly onEnd: (isRestart: boolean) => void;
}

/** A cell that is to run. */
export type Wanted = Pick<
  Run,
  "cellId" | "source" | "metadata" | "textVersion"
>;
