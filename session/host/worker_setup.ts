/**
 * What a Worker of a cell is told before its script runs.
 * @module
 */
import type { FrameSettings } from "./frames.ts";

/** What a Worker's first module finds on its global scope, and removes. */
export interface WorkerSetup {
  /** How to write frames from this Worker. */
  readonly frames: FrameSettings;
  /** The execution that it belongs to. */
  readonly executionId: string;
  /** Its number among all children of the session. */
  readonly childId: number;
  /** The name that its script gave it. */
  readonly name: string;
  /** URL that relative scripts of its own Workers start from. */
  readonly baseUrl: string;
}

/** Where {@link WorkerSetup} stands on the Worker's global scope. */
export const WORKER_SETUP = "__skeinWorkerSetup";
