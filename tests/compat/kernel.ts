/**
 * What the cases need of a kernel, ours or another one.
 * @module
 */

/** A request on the shell channel. */
export interface Asked {
  /** Its type. */
  readonly type: string;
  /** What it asks. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** A message that came of a request. */
export interface Said {
  /** Its type. */
  readonly type: string;
  /** What it says. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Hints beside it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Bytes beside it. */
  readonly buffers: readonly Uint8Array[];
}

/** A kernel under comparison. */
export interface CompatKernel extends AsyncDisposable {
  /** Sends a request, and gives all that came of it, in order. */
  ask(request: Asked): Promise<readonly Said[]>;
}
