/**
 * What is said of copies of a session: processes with exactly its rights, which
 * the kernel starts on its behalf. Pure: types only.
 * @module
 */

/** What became of a copy of the session that it has asked for. */
export type CopyCommand =
  | {
    /** It runs. */
    readonly type: "copy-started";
    /** Which. */
    readonly copyId: number;
    /** Its process id. */
    readonly pid: number;
  }
  | {
    /** It has ended, and all it printed was shown. */
    readonly type: "copy-ended";
    /** Which. */
    readonly copyId: number;
    /** Its exit code. */
    readonly code: number;
    /** Signal that ended it; `null` when none did. */
    readonly signal: string | null;
  }
  | {
    /** It was not started. */
    readonly type: "copy-refused";
    /** Which. */
    readonly copyId: number;
    /** Why not. */
    readonly reason: string;
  };

/** What a copy of a session is told over stdin. */
export interface CopySetup {
  /** Loopback port where the session waits for it. */
  readonly port: number;
  /** One-time secret that it sends first, to prove who it is. */
  readonly token: string;
  /** Secret that marks its pipes, as hexadecimal text. */
  readonly nonce: string;
  /** Largest write that the system keeps in one piece, in bytes. */
  readonly atomicBytes: number;
}
