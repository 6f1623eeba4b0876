/**
 * How a session ends. Pure: types only.
 * @module
 */

/** Why a session is no more. */
export interface SessionExit {
  /**
   * - `closed`: the kernel closed it.
   * - `exited`: a cell ended it, `Deno.exit` for one.
   * - `out-of-memory`: the heap was full.
   * - `limit`: it took more of the machine than it may.
   * - `killed`: a signal from outside or from a cell.
   * - `crashed`: anything else.
   */
  readonly type:
    | "closed"
    | "exited"
    | "out-of-memory"
    | "limit"
    | "killed"
    | "crashed";
  /** Exit code of the process. */
  readonly code: number;
  /** Signal that ended it, such as `SIGKILL`, when one did. */
  readonly signal: string | null;
  /** What happened, in plain words. */
  readonly message: string;
}
