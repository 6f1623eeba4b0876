/**
 * Numbers for lanes: the smallest that no living thread has.
 *
 * So a pool of two has threads 1 and 2, and the one that stands in for a
 * stopped one goes on in its lane.
 * @module
 */

/** Takes a number, from 1. */
export function takeLane(): number {
  let number = 1;
  while (taken.has(number)) number++;
  taken.add(number);
  return number;
}

/** Gives a number back. */
export function freeLane(number: number): void {
  taken.delete(number);
}

/** Gives the name of a thread's lane. */
export function toLane(number: number): string {
  return `worker ${number}`;
}

const taken = new Set<number>();
