/**
 * What a room is given, and who looks at it.
 * @module
 */
import type { EngineOptions } from "./engine_options.ts";
import type { ServerMessage, ShownRights } from "./protocol.ts";

/** What a room is given. */
export interface RoomOptions {
  /** The notebook, an absolute path without links. */
  readonly path: string;
  /** Starts kernels for it. */
  readonly startKernel: EngineOptions["startKernel"];
  /** Says what the notebook may do. */
  readonly rights: RightsDesk;
}

/** Knows what a notebook may do, and takes what the user says of it. */
export interface RightsDesk {
  readonly show: () => ShownRights;
  readonly grant: (choice: "once" | "always" | "no") => Promise<void>;
}

/** A page that looks at the notebook. */
export interface Page {
  readonly client: string;
  readonly send: (message: ServerMessage) => void;
}
