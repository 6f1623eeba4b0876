/**
 * Who keeps what can not be copied from one session to the other. Types only.
 * @module
 */

/** Who keeps what can not be copied. */
export interface Keeper {
  /** Names what is kept here. */
  keep(value: object): number;
  /** Names a promise, and tells the other side when it settles. */
  promise(value: Promise<unknown>): number;
  /** What stands here for something of the other side's, if it does. */
  foreign(value: object): number | undefined;
  /** What was kept here. */
  kept(id: number): unknown;
  /** Makes what stands here for something of the other side's. */
  stand(id: number, facts: Facts): object;
  /** Makes a promise that settles when the other side's does. */
  pending(id: number): Promise<unknown>;
}

/** What is told of something that is not copied. */
export interface Facts {
  readonly isFunction: boolean;
  readonly name: string;
  readonly length: number;
}
