/**
 * What a Worker of a cell is told before its script runs.
 *
 * Apart from `workers.ts`, which a Worker must not load: it replaces the
 * global `Worker` of the main thread.
 * @module
 */
import type { FrameSettings } from "./frames.ts";

/** What a Worker's first module finds on its global scope, and removes. */
export interface WorkerSetup {
  /** How to write frames from this Worker. */
  readonly frames: FrameSettings;
  /** The execution that started it. */
  readonly executionId: string;
}

/** Where {@link WorkerSetup} stands on the Worker's global scope. */
export const WORKER_SETUP = "__skeinWorkerSetup";
