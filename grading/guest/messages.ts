/**
 * What the two ends of the bridge say to each other. Types only.
 * @module
 */

/** What is asked of the other side. */
export type Request =
  | { readonly op: "get"; readonly name: string }
  | { readonly op: "set"; readonly name: string; readonly value: unknown }
  | {
    readonly op: "call" | "construct";
    readonly target: object;
    readonly self?: unknown;
    readonly args: readonly unknown[];
  }
  | {
    readonly op: "read" | "has" | "owns";
    readonly target: object;
    readonly key: PropertyKey;
  }
  | {
    readonly op: "write";
    readonly target: object;
    readonly key: PropertyKey;
    readonly value: unknown;
  }
  | { readonly op: "keys"; readonly target: object };

/** What comes back. */
export interface Answer {
  readonly value?: unknown;
  /** What was thrown. */
  readonly thrown?: unknown;
  /** Whether there is no such name. */
  readonly isMissing?: boolean;
  /** Whether it is what all objects or functions have. */
  readonly isInherited?: boolean;
  /** What the arguments have become. */
  readonly args?: unknown;
}

/** A promise of this side that the other side waits for. */
export interface Settlement {
  readonly promise: number;
  readonly value?: unknown;
  readonly thrown?: unknown;
  /** What the arguments of the call that gave it have become. */
  readonly args?: unknown;
}

/** What the grading process says while a side is blocked. */
export interface Reply {
  /** A request of the other side. */
  readonly serve?: string;
  /** The answer that was waited for. */
  readonly answer?: string;
  /** Promises that have settled. */
  readonly told?: readonly string[];
  /** Why there is no answer. */
  readonly failure?: string;
}
